import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, untilSaved, type Studio } from './harness.ts';
import {
  createWeatherConnector,
  passWeatherTest,
  readConnector,
  startWeather,
  type Weather,
} from './support/weather-connector.ts';

describe('Publish in the Connector Builder', () => {
  let studio: Studio;
  let weather: Weather;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  const openPublish = async (id: string): Promise<void> => {
    await studio.open(`/connectors/${id}/publish`);
    await studio.page.getByRole('heading', { name: 'Versions' }).waitFor();
  };
  const makeTested = async (name: string): Promise<string> => {
    const { client } = studio.installation;
    const id = await createWeatherConnector(client, weather, { name });
    await passWeatherTest(client, id);
    return id;
  };
  let people = 0;
  const pageAs = async (role: 'enterprise_admin' | 'developer'): Promise<Page> => {
    const { client } = studio.installation;
    const user = await client.call('createUser', {
      body: { email: `${role}-${++people}@example.com`, name: role, role },
    });
    const { signInLink } = await client.call('createSignInLink', { params: { id: user._id } });
    const page = await (await studio.browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
    await page.goto(signInLink);
    await page.waitForURL((url) => !url.search.includes('token='));
    return page;
  };
  const dialogButton = (name: string) => studio.page.locator('pb-dialog').getByRole('button', { name, exact: true });

  it('DI-77 what blocks stands beside the buttons and leads to its tab; both help links lead to pages', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await createWeatherConnector(client, weather, {
      ...{ name: 'Blocked', auth_scheme: { type: 'bearer', credential_schema: [] } },
    });
    await openPublish(id);
    expect(await page.getByRole('button', { name: 'Publish 1.0.0' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Mark as Ready' }).isDisabled()).toBe(true);
    await page.getByText('2 things block publishing').waitFor();
    await page
      .locator('pb-publish-card')
      .getByRole('link', { name: /^Open test.*Get weather.*no passing test/ })
      .waitFor();
    await page.getByRole('link', { name: /^Complete the authentication details/ }).click();
    await page.waitForURL(/\/auth$/);
    await page.goBack();
    await page.getByRole('link', { name: 'Help on building and testing' }).click();
    await page.getByRole('heading', { level: 1, name: 'Building a connector' }).waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Help on publishing' }).click();
    await page.getByRole('heading', { level: 1, name: 'Publishing a connector' }).waitFor();
    expect(studio.complaints).toEqual([]);
  });

  it('DI-76 asks for the scope and for confirmation; Cancel changes nothing; then everybody can use it', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await makeTested('Confirmed');
    await openPublish(id);
    expect(await page.getByRole('radio').count()).toBe(2);
    await page.getByLabel('Notes for those who use it').fill('The first one.');
    const before = await readConnector(client, id);
    await page.getByRole('button', { name: 'Publish 1.0.0' }).click();
    await page.getByRole('alertdialog', { name: 'Publish Confirmed 1.0.0?' }).waitFor();
    await dialogButton('Cancel').click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await readConnector(client, id)).toEqual(before);

    await page.getByRole('button', { name: 'Publish 1.0.0' }).click();
    await dialogButton('Publish').click();
    await page.getByText('Confirmed 1.0.0 is published.').waitFor();
    expect(await readConnector(client, id)).toMatchObject({
      ...{ stage: 'published', visibility: 'enterprise', slug_locked: true },
      versions: [{ version: '1.0.0', notes: 'The first one.' }],
    });
  });

  it('shows an audience that the person may not choose, with the reason; who may not author is told so', async () => {
    const id = await makeTested('Limited');
    const admin = await pageAs('enterprise_admin');
    await admin.goto(`${studio.installation.url}/app/connectors/${id}/publish`);
    const catalogue = admin.getByRole('radio', { name: /^Catalogue/ });
    await catalogue.waitFor();
    expect(await catalogue.isDisabled()).toBe(true);
    await admin.getByText('Only a platform administrator publishes to the catalogue.').waitFor();
    expect(await admin.getByRole('radio', { name: /^Enterprise/ }).isChecked()).toBe(true);

    const developer = await pageAs('developer');
    await developer.goto(`${studio.installation.url}/app/connectors/new`);
    await developer.getByText('Your role does not allow this.').waitFor();
    await Promise.all([admin.context().close(), developer.context().close()]);
  });

  it('ZO-44 ZO-47 ZO-49 a ready connector offers Add Connection as long as there is none, then References; never both', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await createWeatherConnector(client, weather, { name: 'Connected' });
    await client.call('readyConnector', { params: { id }, body: {} });
    await studio.open(`/connectors/${id}/overview`);
    const add = page.getByRole('link', { name: 'Add Connection' });
    const references = page.getByRole('button', { name: 'References' });
    await add.waitFor();
    expect(await references.count()).toBe(0);
    const { x, y } = (await add.boundingBox()) ?? { x: 0, y: 900 };
    expect([x > 1_000, y < 150]).toEqual([true, true]);

    const body = { connector: 'connected', name: 'Account', authType: 'api_key', credentials: { api_key: 'k' } };
    await client.call('createConnection', { body });
    await page.reload();
    await references.waitFor();
    expect(await add.count()).toBe(0);
    await references.click();
    await page.getByRole('dialog', { name: 'Where Connected is used' }).waitFor();
    await page.locator('pb-references-dialog').getByText('Account').waitFor();
  });

  it('switches a connector off and on from its menu, and deletes it', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await createWeatherConnector(client, weather, { name: 'Switched' });
    await studio.open(`/connectors/${id}/overview`);
    const choose = async (item: RegExp): Promise<void> => {
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await choose(/^Disable/);
    await page.locator('pb-disable-dialog').getByRole('button', { name: 'Proceed to Disable' }).click();
    await page.locator('pb-builder-head').getByText('Disabled', { exact: true }).waitFor();
    expect((await readConnector(client, id)).enabled).toBe(false);
    await choose(/^Enable/);
    await expect.poll(async () => (await readConnector(client, id)).enabled, { timeout: 15_000 }).toBe(true);
    await choose(/^Delete/);
    await dialogButton('Yes').click();
    await page.waitForURL(/\/connectors$/);
    await expect(readConnector(client, id)).rejects.toMatchObject({ code: 'connector_not_found' });
  });

  it('asks for a review where that is switched on; a platform administrator decides', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const { tenant } = await client.call('getSession');
    await client.call('updateTenant', { params: { id: tenant.id }, body: { features: { review_required: true } } });
    const id = await makeTested('Reviewed');
    await client.call('readyConnector', { params: { id }, body: {} });
    const author = await pageAs('enterprise_admin');
    await author.goto(`${studio.installation.url}/app/connectors/${id}/publish`);
    await author.getByRole('button', { name: 'Ask for review' }).click();
    await author.locator('pb-dialog').getByRole('button', { name: 'Ask for review' }).click();
    await author.getByText('Review asked for').waitFor();
    await author.context().close();

    await openPublish(id);
    await page.getByRole('button', { name: 'Approve' }).click();
    await dialogButton('Approve and publish').click();
    await page.getByText('Reviewed 1.0.0 is in the catalogue now.').waitFor();
    expect(await readConnector(client, id)).toMatchObject({ stage: 'published', visibility: 'catalogue' });
  });

  it('tells a new version by its differences, and what a published one may become', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await makeTested('Followed');
    const publish = { visibility: 'enterprise', confirm: true } as const;
    await client.call('publishConnector', { params: { id }, body: publish });
    await openPublish(id);
    await page.getByRole('button', { name: 'New version', exact: true }).click();
    await page.getByText('Version 1.0.1 is a draft now').waitFor();
    await page.getByText('Nothing that flows notice.').waitFor();

    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByRole('textbox', { name: 'Base URL' }).fill(`${weather.url}/v2`);
    await untilSaved(page);
    await page.getByRole('link', { name: 'Publish', exact: true }).click();
    await page.getByText('1 change, none may break a flow').waitFor();
    await page.getByText(`${weather.url} to ${weather.url}/v2`).waitFor();

    await page.getByRole('button', { name: 'Actions on version 1.0.0' }).click();
    await page.getByRole('menuitem', { name: 'Deprecate' }).click();
    await page.getByLabel('Reason').fill('Old.');
    await dialogButton('Deprecate').click();
    await page.getByText('Followed 1.0.0 is deprecated').waitFor();
    const { versions } = await readConnector(client, id);
    expect(versions.map(({ version, stage, deprecation }) => [version, stage, deprecation?.reason])).toEqual([
      ['1.0.1', 'draft', undefined],
      ['1.0.0', 'deprecated', 'Old.'],
    ]);
    expect(studio.complaints).toEqual([]);
  });

  it('changes of what the enterprise has wait until they are republished', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await makeTested('Again');
    await client.call('publishConnector', { params: { id }, body: { visibility: 'enterprise', confirm: true } });
    await studio.open(`/connectors/${id}/overview`);
    await page.getByRole('button', { name: 'Edit Addresses' }).click();
    await page.getByRole('textbox', { name: 'Base URL' }).fill(`${weather.url}/v3`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await untilSaved(page);
    await page.getByRole('link', { name: 'Publish', exact: true }).click();
    await page.getByText(`${weather.url} to ${weather.url}/v3`).waitFor();
    await page.getByRole('button', { name: 'Republish' }).click();
    await dialogButton('Republish').click();
    await page.getByText('Version 1.0.0 is republished.').waitFor();
    expect(await readConnector(client, id)).toMatchObject({
      has_pending_changes: false,
      base_url: `${weather.url}/v3`,
    });
  });
});
