import type { Role } from '@patchbay/api-contract/client';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasOf, dragBetween, middleOf, nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';
import { tabTo } from './support/keyboard.ts';
import { connectorOf, createComponent, createGreeter, greeter } from './support/component-flow.ts';

/** A flow becomes a connector by Deploy and Manage > Lifecycle, and is found and used like any other. */
describe('components as connectors', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 180_000);
  afterAll(() => studio.close());

  const client = (): Studio['installation']['client'] => studio.installation.client;
  const versionSelect = (page = studio.page) => page.getByRole('combobox', { name: 'API Version' });
  const act = (label: string, page = studio.page) =>
    page.locator('pb-component-lifecycle').locator('li').getByRole('button', { name: label, exact: true });

  /** A signed-in page of another person of the tenant. */
  async function pageAs(role: Role): Promise<Page> {
    const email = `${role}-${Date.now()}@example.com`;
    const user = await client().call('createUser', { body: { email, name: role, role } });
    const { signInLink } = await client().call('createSignInLink', { params: { id: user._id } });
    const page = await (await studio.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(signInLink);
    await page.waitForURL((url) => !url.search.includes('token='));
    return page;
  }

  /** Chooses '+ Create New' and fills in the form. */
  async function createVersion(version: string, branch = 'main', page = studio.page): Promise<void> {
    await versionSelect(page).selectOption({ label: '+ Create New' });
    const dialog = page.getByRole('dialog', { name: 'Create a new API version' });
    await dialog.waitFor();
    await page.getByRole('combobox', { name: 'Associated Branch' }).selectOption(branch);
    await page.getByRole('textbox', { name: 'New version' }).fill(version);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { name: `API version ${version}` }).waitFor();
  }

  async function deploy(version: string, page = studio.page): Promise<void> {
    await page.getByRole('button', { name: 'Deploy', exact: true }).click();
    await page.getByText(`${version} is deployed as v`).waitFor();
    await page.getByText('The branch as it is now is deployed.').waitFor();
  }

  async function toLifecycle(page = studio.page): Promise<void> {
    await page.getByRole('button', { name: 'Manage', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Lifecycle' }).click();
    await page.getByRole('heading', { name: /^What to do with/ }).waitFor();
  }

  async function publish(version: string, scope: RegExp, page = studio.page): Promise<void> {
    await act('Publish', page).click();
    await page.getByRole('dialog', { name: new RegExp(`${version}\\?$`) }).waitFor();
    await page.getByRole('radio', { name: scope }).check();
    await page.locator('pb-component-publish').getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText(`${version} is published as a connector.`).waitFor();
  }

  const labelsOf = (page = studio.page): Promise<string[]> =>
    versionSelect(page)
      .locator('option')
      .evaluateAll((options) => options.map((option) => option.textContent.trim()));

  it('CH-20 CH-22 CH-24 an administrator creates, deploys and publishes versions; undeployed ones are refused', async () => {
    const id = await createGreeter(client(), 'Published greeter');
    const page = await pageAs('enterprise_admin');
    await page.goto(`${studio.installation.url}/app/flows/${id}/deploy`);
    await versionSelect(page).waitFor();
    expect(await labelsOf(page)).toEqual(['No version yet', '+ Create New']);
    await createVersion('1.0.0', 'main', page);
    expect(await labelsOf(page)).toEqual(['1.0.0 · not deployed', '+ Create New']);

    // CH-22: the page says why, and the API refuses it as well.
    await toLifecycle(page);
    await page.getByText('The version is not deployed. Deploy it first.').waitFor();
    expect(await act('Publish', page).isDisabled()).toBe(true);
    const params = { id, version: '1.0.0' };
    const body = { as: 'connector', visibility: 'enterprise', confirm: true, notes: '' } as const;
    await expect(client().call('publishApiVersion', { params, body })).rejects.toMatchObject({ code: 'not_deployed' });

    await page.getByRole('link', { name: 'Deploy', exact: true }).click();
    await deploy('1.0.0', page);
    await toLifecycle(page);
    await publish('1.0.0', /^Enterprise/, page);
    await page.getByRole('definition').getByText('your enterprise').waitFor();

    await page.getByRole('link', { name: 'Deploy', exact: true }).click();
    await createVersion('1.0.1', 'main', page);
    await deploy('1.0.1', page);
    expect(await labelsOf(page)).toEqual(['1.0.1 · deployed', '1.0.0 · published', '+ Create New']);
    await page.getByRole('link', { name: 'Go to Lifecycle' }).click();
    await publish('1.0.1', /^Enterprise/, page);
    const connector = await connectorOf(client(), id, '1.0.1');
    const { versions } = (await client().call('getConnector', { params: { id: connector?.id ?? '' } }))._source;
    expect(versions.map(({ version, stage }) => [version, stage])).toEqual([
      ['1.0.1', 'published'],
      ['1.0.0', 'published'],
    ]);
    await page.context().close();
  });

  it('the form of a new version says at the field what is wrong', async () => {
    const { page } = studio;
    const id = await createGreeter(client(), 'Refused greeter');
    await client().call('createApiVersion', { params: { id }, body: { version: '1.0.0', source_ref: 'main' } });
    await studio.open(`/flows/${id}/deploy`);
    await versionSelect().selectOption({ label: '+ Create New' });
    const version = page.getByRole('textbox', { name: 'New version' });
    expect(await version.inputValue()).toBe('1.0.1');
    const create = page.getByRole('button', { name: 'Create', exact: true });
    await create.click();
    await page.getByText('Choose the branch to build from.').waitFor();
    await page.getByRole('combobox', { name: 'Associated Branch' }).selectOption('main');
    await version.fill('1.0.0');
    await create.click();
    await page
      .getByRole('textbox', { name: 'New version', exact: true })
      .and(page.locator('[aria-invalid=true]'))
      .waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await versionSelect().inputValue()).toBe('1.0.0');
    expect(studio.complaints).toEqual([]);
  });

  it('CH-15 Component, Manage, Lifecycle shows Republish Connector for a private version, not for a public one', async () => {
    const { page } = studio;
    const { id } = await createComponent(client(), 'Republished greeter');
    await client().call('updateFlow', {
      ...{ params: { id }, body: { document: greeter('Republished greeter', 'Hi') } },
      revision: (await client().call('getFlow', { params: { id } }))._source.revision,
    });
    await client().call('deployApiVersion', { params: { id, version: '1.0.0' }, body: { note: '' } });
    await studio.open('/flows');
    await page.getByRole('button', { name: 'Actions for Republished greeter' }).click();
    await page.getByRole('menuitem', { name: 'Manage' }).click();
    await toLifecycle();
    await page.getByText('What is deployed is newer than what the connector runs').waitFor();
    await act('Republish Connector').click();
    await page.locator('pb-dialog').getByRole('button', { name: 'Republish', exact: true }).click();
    await page.getByText('Version 1.0.0 is republished.').waitFor();
    await page.getByText('The connector runs what is deployed now.').waitFor();
    expect(await connectorOf(client(), id)).toMatchObject({ version: '1.0.0', revision: 2, is_outdated: false });

    // The same person is a platform administrator too and widens it: from then on it cannot change.
    await act('Publish to the catalogue').click();
    await page.locator('pb-component-publish').getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByRole('definition').getByText('all enterprises').waitFor();
    expect(await act('Deprecate').isEnabled()).toBe(true);
    expect(await act('Republish Connector').count()).toBe(0);
    expect(studio.complaints).toEqual([]);
  });

  it('CH-19 Overview has Edit Code; a branch made there is offered for a new version', async () => {
    const { page } = studio;
    const id = await createGreeter(client(), 'Branched greeter');
    await studio.open(`/flows/${id}/overview`);
    await page.getByRole('button', { name: 'Edit Code of main' }).click();
    await nodeOf(page, 'Greet').waitFor();
    await page.getByRole('button', { name: /^Branch\s+main$/ }).click();
    await page.getByRole('menuitem', { name: 'New branch' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('fix-1');
    await page.getByRole('button', { name: 'Make branch' }).click();
    await page.getByText('You edit the branch fix-1 now.').waitFor();
    await page.getByRole('button', { name: /^Branch\s+fix-1$/ }).waitFor();
    await nodeOf(page, 'Greet').waitFor();

    // What is edited now stays in the branch.
    await page.locator('pb-palette').getByRole('button', { name: 'Transform' }).last().click();
    await nodeOf(page, 'Transform').waitFor();
    await untilSaved(page);
    await page.getByRole('button', { name: 'More', exact: true }).first().click();
    await page.getByRole('menuitem', { name: 'Component overview' }).click();
    await page.getByRole('button', { name: 'Edit Code of main' }).click();
    await nodeOf(page, 'Greet').waitFor();
    expect(await nodeOf(page, 'Transform').count()).toBe(0);

    await studio.open(`/flows/${id}/deploy`);
    await createVersion('1.0.1', 'fix-1');
    const { hits } = await client().call('searchApiVersions', { params: { id }, query: { size: 10 } });
    expect(hits.hits.map((hit) => hit._source.source_ref)).toEqual(['fix-1']);
    expect(studio.complaints).toEqual([]);
  });

  it('CH-23 the drop-down chooses what Deprecate acts on: only that version changes', async () => {
    const { page } = studio;
    const { id } = await createComponent(client(), 'Deprecated greeter');
    await studio.open(`/flows/${id}/deploy`);
    await createVersion('1.0.1');
    await deploy('1.0.1');
    await toLifecycle();
    await publish('1.0.1', /^Enterprise/);
    await expect.poll(() => labelsOf()).toEqual(['1.0.1 · published', '1.0.0 · published']);

    await versionSelect().selectOption('1.0.0');
    await page.getByRole('heading', { name: 'What to do with 1.0.0' }).waitFor();
    // What is not possible yet is there, with the reason.
    expect(await act('Retire').isDisabled()).toBe(true);
    expect(await page.locator('li[data-action=retire] p').count()).toBe(2);
    await act('Deprecate').click();
    await page.locator('pb-dialog').getByRole('button', { name: 'Deprecate', exact: true }).click();
    await page.getByText(/1\.0\.0 is deprecated/).waitFor();
    await expect.poll(() => labelsOf()).toEqual(['1.0.1 · published', '1.0.0 · deprecated']);
    expect((await connectorOf(client(), id, '1.0.0'))?.stage).toBe('deprecated');
    expect((await connectorOf(client(), id, '1.0.1'))?.stage).toBe('published');
    expect(studio.complaints).toEqual([]);
  });

  it('CH-28 the page of the connector leads to the Marketplace, and so does Lifecycle', async () => {
    const { page } = studio;
    const { id, slug } = await createComponent(client(), 'Listed greeter');
    await studio.open(`/flows/${id}/lifecycle`);
    await page.getByRole('link', { name: 'Open the connector' }).click();
    await page.waitForURL(new RegExp(`/marketplace/${slug}$`));
    await page.getByRole('heading', { level: 1, name: 'Listed greeter' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Marketplace', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Marketplace' }).waitFor();
    await studio.open(`/flows/${id}/lifecycle`);
    await page.getByRole('link', { name: 'Go to Marketplace' }).click();
    await page.waitForURL(/\/app\/marketplace$/);
    await page.getByText('Listed greeter').first().waitFor();
    expect(studio.complaints).toEqual([]);
  });

  it('CH-06 a developer drags a connector made from a flow onto the canvas: a step bound to version and operation', async () => {
    const { slug } = await createComponent(client(), 'Dragged greeter');
    const page = await pageAs('developer');
    const { _id: id } = await client().call('createFlow', { body: {} });
    await page.goto(`${studio.installation.url}/app/flows/${id}`);
    await page.locator('pb-palette').getByText('Dragged greeter', { exact: true }).first().waitFor();
    const entry = page.locator(`pb-palette [data-entry="${slug}.call"]`);
    await entry.scrollIntoViewIfNeeded();
    const trigger = await middleOf(canvasOf(page).locator('pb-flow-node[data-key=trigger]'));
    await dragBetween(page, await middleOf(entry), { x: trigger.x + 40, y: trigger.y + 220 });
    await expect.poll(() => canvasOf(page).locator('pb-flow-node').count()).toBe(2);
    await untilSaved(page);
    const { document } = (await client().call('getFlow', { params: { id } }))._source;
    expect(Object.values(document.steps)).toMatchObject([{ connector: slug, version: '1.0.0', operation: 'call' }]);
    await page.context().close();
  });

  it('CH-08 text in the palette asks the marketplace: the same connectors as its page shows the same person', async () => {
    await createComponent(client(), 'Searched greeter');
    const page = await pageAs('developer');
    const { _id: id } = await client().call('createFlow', { body: {} });
    for (const query of ['world', 'greeter', 'request', 'zzzz']) {
      await page.goto(`${studio.installation.url}/app/marketplace?q=${query}`);
      await page.locator('pb-marketplace-screen').locator('.cards, pb-empty').first().waitFor();
      const listed = await page.locator('.cards li a[href^="/app/marketplace/"]').evaluateAll(slugsOf);
      await page.goto(`${studio.installation.url}/app/flows/${id}`);
      const asked = page.waitForResponse((response) => response.url().includes(`/marketplace/_search?query=${query}`));
      await page.getByRole('searchbox', { name: 'Find a step' }).fill(query);
      expect((await asked).status()).toBe(200);
      await page
        .locator('pb-palette')
        .locator('ul[data-state=found], p[role=status]:has-text("Nothing is called")')
        .first()
        .waitFor();
      const found = await page
        .locator('pb-palette li[data-connector]')
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-connector')));
      expect(found).toEqual([...new Set(listed)]);
      if (query === 'greeter') expect(found.length).toBeGreaterThan(0);
    }
    await page.context().close();
  });

  it('CH-09 CH-10 a click on World Bank in the results adds one step to the open flow, and it is stored', async () => {
    const { page } = studio;
    const id = await studio.openFlow({ name: 'Uses the World Bank' });
    await page.getByRole('searchbox', { name: 'Find a step' }).fill('World Bank');
    const result = page.locator('pb-palette li[data-connector=worldbank]').getByRole('button');
    await result.waitFor();
    // The component stays open beside the results.
    expect(await canvasOf(page).locator('pb-flow-node').count()).toBe(1);
    await result.click();
    await canvasOf(page).locator('pb-flow-node').nth(1).waitFor();
    expect(await canvasOf(page).locator('pb-flow-node').count()).toBe(2);
    expect(new URL(page.url()).pathname).toBe(`/app/flows/${id}`);
    await untilSaved(page);
    await page.reload();
    await canvasOf(page).locator('pb-flow-node').nth(1).waitFor();
    const { document } = (await client().call('getFlow', { params: { id } }))._source;
    const [listed] = (await client().call('searchMarketplace', { query: { query: 'World Bank' } })).hits.hits;
    expect(Object.values(document.steps)).toMatchObject([
      { connector: 'worldbank', version: listed?._source.version ?? 'none' },
    ]);
    expect(studio.complaints).toEqual([]);
  });

  it('the small window beside a plus finds connectors of the marketplace too', async () => {
    const { page } = studio;
    await createComponent(client(), 'Plus greeter');
    await studio.openFlow({ name: 'Uses the plus' });
    await canvasOf(page).locator('.add').first().click();
    await page.getByRole('combobox', { name: 'Find a step to add' }).fill('Plus greeter');
    await page.getByRole('option', { name: /Plus greeter.*Marketplace/ }).click();
    await expect.poll(() => canvasOf(page).locator('pb-flow-node').count()).toBe(2);
    expect(studio.complaints).toEqual([]);
  });

  it('goes from Deploy to a published connector with the keyboard alone', async () => {
    const { page } = studio;
    const id = await createGreeter(client(), 'Typed greeter');
    await client().call('createApiVersion', { params: { id }, body: { version: '1.0.0', source_ref: 'main' } });
    await studio.open(`/flows/${id}/deploy`);
    await page.getByRole('heading', { name: 'API version 1.0.0' }).waitFor();
    const press = async (name: RegExp): Promise<void> => {
      await tabTo(page, name);
      await page.keyboard.press('Enter');
    };
    const main = page.getByRole('main');
    await main.focus();
    await press(/^Deploy$/); // the tab of this page
    await main.focus();
    await tabTo(page, /^Edit Code$/);
    await tabTo(page, /^API Version$/); // the drop-down
    await press(/^Deploy$/);
    await page.getByText('1.0.0 is deployed as v1.').waitFor();
    await main.focus();
    await press(/^Manage$/);
    await page.keyboard.press('Enter'); // Lifecycle, the first entry
    await page.getByRole('heading', { name: 'What to do with 1.0.0' }).waitFor();
    await main.focus();
    await press(/^Publish$/);
    await page.getByRole('dialog').waitFor();
    await tabTo(page, /^Slug/);
    await page.keyboard.press('Tab'); // the notes
    await page.keyboard.type('First.');
    await press(/^Publish$/);
    await page.getByText('1.0.0 is published as a connector.').waitFor();
    const { id: connector = '' } = (await connectorOf(client(), id)) ?? {};
    const { versions } = (await client().call('getConnector', { params: { id: connector } }))._source;
    expect(versions).toMatchObject([{ stage: 'published', notes: 'First.' }]);
    expect(studio.complaints).toEqual([]);
  });

  it('the pages of a component have no accessibility violation, light and dark, and fit 1024x768', async () => {
    const { page } = studio;
    const { id } = await createComponent(client(), 'Accessible greeter');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(colorScheme === 'light' ? { width: 1440, height: 900 } : { width: 1024, height: 768 });
      for (const path of ['overview', 'deploy', 'lifecycle']) {
        await studio.open(`/flows/${id}/${path}`);
        await page.getByRole('heading', { level: 1, name: 'Accessible greeter' }).waitFor();
        expect(await findViolations(page), `${path} ${colorScheme}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      }
      await act('Block').waitFor();
    }
    await studio.open(`/flows/${id}/deploy`);
    await createVersion('1.0.1');
    await deploy('1.0.1');
    await versionSelect().selectOption({ label: '+ Create New' });
    await page.getByRole('dialog').waitFor();
    expect(await findViolations(page), 'new version').toEqual([]);
    await page.keyboard.press('Escape');
    await toLifecycle();
    await act('Publish').click();
    await page.getByRole('dialog').waitFor();
    expect(await findViolations(page), 'publish').toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});

/** Slugs that the cards of the marketplace lead to. */
function slugsOf(links: readonly (Element | HTMLElement | SVGElement)[]): string[] {
  return links.flatMap((link) => /\/marketplace\/([^?/]+)/.exec(link.getAttribute('href') ?? '')?.[1] ?? []);
}
