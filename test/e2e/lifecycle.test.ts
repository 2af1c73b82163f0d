import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';
import { tabTo } from './support/keyboard.ts';
import {
  createWeatherConnector,
  passWeatherTest,
  readConnector,
  startWeather,
  type Weather,
} from './support/weather-connector.ts';

describe('the lifecycle page of a connector', () => {
  let studio: Studio;
  let weather: Weather;
  let page: Page;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
    page = studio.page;
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  const makeTested = async (name: string): Promise<string> => {
    const id = await createWeatherConnector(studio.installation.client, weather, { name });
    await passWeatherTest(studio.installation.client, id);
    return id;
  };
  const publish = async (name: string): Promise<string> => {
    const id = await makeTested(name);
    const body = { visibility: 'enterprise', confirm: true, notes: 'The first one.' } as const;
    await studio.installation.client.call('publishConnector', { params: { id }, body });
    return id;
  };
  const openLife = async (id: string): Promise<void> => {
    await studio.open(`/connectors/${id}/lifecycle`);
    await page.getByRole('heading', { name: /^What can be done with/ }).waitFor();
  };
  const action = (name: string): Locator => page.locator(`pb-connector-lifecycle [data-action=${name}]`);
  const act = async (name: string): Promise<void> => {
    await action(name).getByRole('button').click();
  };
  const answer = async (name: string, reason?: string): Promise<void> => {
    const dialog = page.locator('pb-dialog');
    if (reason !== undefined) await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  /** The stage, seen on the line, in the list of versions and in the history of the page. */
  const standsAt = async (stage: string, version = '1.0.0'): Promise<void> => {
    await page.locator(`.station.is-here[data-stage=${stage}][aria-current=step]`).waitFor();
    await page.locator(`[data-version="${version}"][data-stage=${stage}]`).waitFor();
  };
  /** The card of the connector on the page of own connectors. */
  const cardSays = async (name: string, words: string): Promise<void> => {
    await studio.open('/connectors');
    await page.getByRole('article', { name, exact: true }).getByText(words, { exact: true }).first().waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: /^What can be done with/ }).waitFor();
  };

  it('is reached from the card, the page of the connector and the tab Publish', async () => {
    const id = await publish('Reached');
    const isThere = async (): Promise<void> => {
      await page.waitForURL((url) => url.pathname === `/app/connectors/${id}/lifecycle`);
      await page.getByRole('heading', { level: 1, name: 'Lifecycle of Reached' }).waitFor();
    };
    await studio.open('/connectors');
    const card = page.getByRole('article', { name: 'Reached', exact: true });
    await card.getByRole('button', { name: 'Actions for Reached' }).click();
    await card.getByRole('menuitem', { name: 'Lifecycle' }).click();
    await isThere();
    await studio.open('/marketplace/reached');
    await page.getByRole('link', { name: 'Lifecycle' }).click();
    await isThere();
    await studio.open(`/connectors/${id}/publish`);
    await page.locator('pb-builder-publish').getByRole('link', { name: 'Lifecycle' }).click();
    await isThere();
    await page.getByRole('link', { name: 'Open in builder' }).click();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Lifecycle' }).click();
    await isThere();
    expect(await findViolations(page)).toEqual([]);
  });

  it('tells where a version stands, who did what and why, and what stands against the rest', async () => {
    const id = await publish('Told');
    await openLife(id);
    await standsAt('published');
    const stations = await page
      .locator('.station')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-stage')));
    expect(stations).toEqual(['draft', 'ready', 'published', 'deprecated', 'retired']);
    expect(await page.locator('.station.is-here').innerText()).toMatch(/^Now:\s+Published\s+\d+ \w+ \d+, admin@/);
    await page
      .getByText(/^Published .* by admin@/)
      .first()
      .waitFor();
    await page.getByText('The first one.').first().waitFor();
    expect(await action('retire').innerText()).toContain('Possible once it is deprecated.');
    expect(await action('retire').getByRole('button').count()).toBe(0);
    const history = page.locator('pb-table[label=History]');
    await history.getByText('Publish', { exact: true }).waitFor();
    await history.getByText('version 1.0.0: draft to published').waitFor();
    const about = page.getByRole('complementary', { name: 'About 1.0.0' });
    await about.getByText('nothing uses it.').waitFor();
    const body = { connector: 'told', name: 'Account', authType: 'api_key', credentials: { api_key: 'k' } };
    await studio.installation.client.call('createConnection', { body });
    await page.reload();
    await about.getByText('1 connection.').waitFor();
    await about.getByRole('button', { name: 'References' }).click();
    await page.getByRole('dialog', { name: 'Where Told is used' }).waitFor();
    await page.locator('pb-references-dialog').getByRole('link', { name: 'Account' }).waitFor();
  });

  it('offers a pre-release and takes it back', async () => {
    const id = await makeTested('Tried');
    await openLife(id);
    await standsAt('draft');
    expect(await action('prerelease').innerText()).toContain('Possible once it is ready');
    await act('ready');
    await standsAt('ready');
    await act('prerelease');
    await page.getByText('Tried 1.0.0 is offered as a pre-release.').waitFor();
    await standsAt('pre_released');
    await cardSays('Tried', 'Pre-release');
    await act('withdraw_prerelease');
    await standsAt('ready');
    await cardSays('Tried', 'Ready');
    expect(await readConnector(studio.installation.client, id)).toMatchObject({ stage: 'ready', visibility: 'none' });
  });

  it('blocks and unblocks, with the reason in the history; only with a Yes', async () => {
    const id = await publish('Stopped');
    await openLife(id);
    await act('block');
    await page.getByRole('dialog', { name: 'Block Stopped 1.0.0?' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await answer('Cancel');
    await standsAt('published');
    await act('block');
    await answer('Block', 'A leak.');
    await standsAt('blocked');
    await page.locator('pb-table[label=History]').getByText('A leak.').waitFor();
    await cardSays('Stopped', 'Blocked');
    await act('unblock');
    await answer('Unblock', 'Closed.');
    await standsAt('published');
    await page.locator('pb-table[label=History]').getByText('Closed.').waitFor();
    await cardSays('Stopped', 'Published');
  });

  it('unpublishes: it leaves the marketplace and can be published again', async () => {
    const id = await publish('Taken back');
    await openLife(id);
    await act('unpublish');
    await answer('Unpublish', 'Too early.');
    await standsAt('ready');
    await page.locator('[data-version="1.0.0"]').getByText('Unpublished').waitFor();
    await cardSays('Taken back', 'Ready');
    await act('publish');
    await page.waitForURL((url) => url.pathname === `/app/connectors/${id}/publish`);
    await page.getByRole('button', { name: 'Publish 1.0.0' }).waitFor();
  });

  it('deprecates with an end, then retires', async () => {
    const id = await publish('Ended');
    await openLife(id);
    await act('deprecate');
    const dialog = page.locator('pb-dialog');
    await dialog.getByLabel('Ends on').fill('2031-05-04T12:00');
    await dialog.getByLabel('Link to learn more').fill('https://docs.example.com/move');
    await answer('Deprecate', 'Replaced by another service.');
    await standsAt('deprecated');
    await page
      .getByText(/1\.0\.0 is deprecated and ends on 4 May 2031\./)
      .first()
      .waitFor();
    expect(await page.locator('.station[data-stage=retired]').innerText()).toContain('on 4 May 2031');
    await cardSays('Ended', 'Deprecated');
    await act('retire');
    await answer('Retire', 'Nobody uses it.');
    await standsAt('retired');
    await cardSays('Ended', 'Retired');
    expect(await page.locator('pb-connector-lifecycle .refused [data-action]').count()).toBeGreaterThan(5);
    expect(await readConnector(studio.installation.client, id)).toMatchObject({ stage: 'retired' });
    expect(studio.complaints).toEqual([]);
  });

  it('chooses a version; what is done is done to that one alone', async () => {
    const id = await publish('Two versions');
    await openLife(id);
    await act('new_version');
    await page.getByText('Version 1.0.1 is a draft now').waitFor();
    await page.getByRole('combobox', { name: 'Version' }).selectOption('1.0.0');
    await page.waitForURL(/\?version=1\.0\.0$/);
    await page.getByRole('heading', { name: 'What can be done with 1.0.0' }).waitFor();
    expect(await action('new_version').innerText()).toContain('There is a draft already.');
    await act('deprecate');
    await answer('Deprecate', 'Old.');
    await standsAt('deprecated');
    await page.locator('[data-version="1.0.1"][data-stage=draft]').getByRole('link', { name: '1.0.1' }).click();
    await standsAt('draft', '1.0.1');
    const { versions } = await readConnector(studio.installation.client, id);
    expect(versions.map(({ version, stage }) => [version, stage])).toEqual([
      ['1.0.1', 'draft'],
      ['1.0.0', 'deprecated'],
    ]);
  });

  it('axe finds no violation, light and dark; nothing is lost at 320 px', async () => {
    const id = await publish('Looked at');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 900 });
        await openLife(id);
        expect(await findViolations(page), `${colorScheme} ${width}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
        await page.locator('.station.is-here').getByText('Published').waitFor();
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('with the keyboard only: block with a reason, and unblock', async () => {
    const id = await publish('Keyed');
    await openLife(id);
    await tabTo(page, /^Block$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Block Keyed 1.0.0?' }).waitFor();
    await tabTo(page, /^Reason/);
    await page.keyboard.type('By hand.');
    await tabTo(page, /^Block$/);
    await page.keyboard.press('Enter');
    await standsAt('blocked');
    await tabTo(page, /^Unblock$/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Unblock Keyed 1.0.0?' }).waitFor();
    await tabTo(page, /^Unblock$/);
    await page.keyboard.press('Enter');
    await standsAt('published');
  });
});

describe('reviews on the lifecycle page', () => {
  let studio: Studio;
  let weather: Weather;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
    const { client } = studio.installation;
    const { tenant } = await client.call('getSession');
    await client.call('updateTenant', { params: { id: tenant.id }, body: { features: { review_required: true } } });
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  const authorPage = async (): Promise<Page> => {
    const { client } = studio.installation;
    const body = { email: 'author@example.com', name: 'Author', role: 'enterprise_admin' } as const;
    const user = await client.call('createUser', { body });
    const { signInLink } = await client.call('createSignInLink', { params: { id: user._id } });
    const page = await (await studio.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await page.goto(signInLink);
    await page.waitForURL((url) => !url.search.includes('token='));
    return page;
  };
  const act = async (page: Page, [action, button]: readonly [string, string], reason?: string): Promise<void> => {
    await page.locator(`pb-connector-lifecycle [data-action=${action}]`).getByRole('button').click();
    const dialog = page.locator('pb-dialog');
    if (reason !== undefined) await dialog.getByLabel('Reason').fill(reason);
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  it('an author asks, a platform administrator rejects with a reason; asked again, it is approved and public', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await createWeatherConnector(client, weather, { name: 'Judged' });
    await passWeatherTest(client, id);
    await client.call('readyConnector', { params: { id }, body: {} });
    const author = await authorPage();
    const path = `/connectors/${id}/lifecycle`;
    await author.goto(`${studio.installation.url}/app${path}`);
    await act(author, ['ask_review', 'Ask for review'], 'Please.');
    await author.locator('[data-version="1.0.0"]').getByText('Review asked for').waitFor();
    expect(await author.locator('[data-action=approve_review]').getByRole('button').count()).toBe(0);

    await studio.open(path);
    await act(page, ['reject_review', 'Reject'], 'The name is taken.');
    await page.locator('[data-version="1.0.0"]').getByText('Review rejected').waitFor();
    await page.locator('pb-table[label=History]').getByText('The name is taken.').waitFor();
    await studio.open('/connectors');
    const card = page.getByRole('article', { name: 'Judged', exact: true });
    await card.getByText('Ready', { exact: true }).waitFor();

    await author.reload();
    await author.locator('[data-version="1.0.0"]').getByText('Review rejected').waitFor();
    await act(author, ['ask_review', 'Ask for review']);
    await author.locator('[data-version="1.0.0"]').getByText('Review asked for').waitFor();
    await author.context().close();

    await studio.open(path);
    await act(page, ['approve_review', 'Approve and publish'], 'Fine.');
    await page.locator('[data-version="1.0.0"][data-stage=published]').getByText('Catalogue').waitFor();
    await page.locator('pb-table[label=History]').getByText('Fine.').waitFor();
    await studio.open('/connectors');
    await card.getByText('Published', { exact: true }).waitFor();
    expect(await readConnector(client, id)).toMatchObject({ stage: 'published', visibility: 'catalogue' });
    expect(studio.complaints).toEqual([]);
  });
});
