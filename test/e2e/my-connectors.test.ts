import type { Locator } from 'playwright-core';
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

describe('the page of own connectors', () => {
  let studio: Studio;
  let weather: Weather;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  const make = (name: string): Promise<string> => createWeatherConnector(studio.installation.client, weather, { name });
  const makeReady = async (name: string): Promise<string> => {
    const id = await make(name);
    await studio.installation.client.call('readyConnector', { params: { id }, body: {} });
    return id;
  };
  const connect = async (connector: string, name: string): Promise<string> => {
    const body = { connector, name, authType: 'api_key', credentials: { api_key: 'k-1' } };
    return (await studio.installation.client.call('createConnection', { body }))._id;
  };
  const card = (name: string): Locator => studio.page.getByRole('article', { name, exact: true });
  const openCards = async (search = ''): Promise<void> => {
    await studio.open(`/connectors${search}`);
    await studio.page.getByRole('article').first().waitFor();
  };
  const menuOf = async (name: string): Promise<string[]> => {
    await card(name)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await card(name).getByRole('menuitem').first().waitFor();
    const words = await card(name).getByRole('menuitem').allInnerTexts();
    return words.map((text) => text.split('\n')[0] ?? '');
  };
  const choose = async (name: string, entry: string): Promise<void> => {
    await menuOf(name);
    await card(name).getByRole('menuitem', { name: entry }).click();
  };
  const dialogButton = (name: string): Locator =>
    studio.page.locator('pb-dialog').getByRole('button', { name, exact: true });

  it('ZO-08 ZO-09 DI-08 shows one card each with description, stage and authentication type; built-ins are not among them', async () => {
    const { page } = studio;
    await make('First Draft');
    await makeReady('First Ready');
    await openCards();
    expect(await page.getByRole('article').count()).toBe(2);
    const words = await card('First Draft').innerText();
    for (const word of ['first-draft', 'Weather for any place.', 'Draft', 'API key']) expect(words).toContain(word);
    expect(await card('First Ready').innerText()).toContain('Ready');
    await page.getByRole('searchbox', { name: 'Find a connector' }).fill('t-draft');
    await card('First Ready').waitFor({ state: 'detached' });
    await card('First Draft').waitFor();
    await page.getByRole('searchbox', { name: 'Find a connector' }).fill('');
    await card('First Ready').waitFor();
    await page.getByRole('radio', { name: /^Ready/ }).click();
    await card('First Draft').waitFor({ state: 'detached' });
    await card('First Ready').waitFor();
    expect(await page.getByRole('article').count()).toBe(1);
  });

  it('ZO-13 ZO-14 ZO-28 Create New opens the builder, and a click on a draft or ready card opens it there', async () => {
    const { page } = studio;
    const draft = await make('Second Draft');
    const ready = await makeReady('Second Ready');
    await openCards();
    const create = page.getByRole('link', { name: 'Create New' });
    const { x, y } = (await create.boundingBox()) ?? { x: 0, y: 900 };
    expect([x > 1_000, y < 150]).toEqual([true, true]);
    await create.click();
    await page.waitForURL(/\/connectors\/new$/);
    for (const [name, id] of [
      ['Second Draft', draft],
      ['Second Ready', ready],
    ] as const) {
      await openCards();
      await card(name).click({ position: { x: 120, y: 90 } });
      await page.waitForURL((url) => url.pathname === `/app/connectors/${id}/overview`);
      await page.getByRole('textbox', { name: 'Name', exact: true }).first().waitFor();
    }
  });

  it('ZO-12 ZO-15 ZO-39 ZO-43 ZO-46 ZO-53 the menu of a card offers what the stage allows', async () => {
    const { page } = studio;
    await make('Menu Draft');
    const id = await makeReady('Menu Ready');
    await openCards();
    expect(await menuOf('Menu Draft')).toEqual(['Edit Connector', 'Lifecycle', 'Disable…', 'Delete']);
    await page.keyboard.press('Escape');
    const uses = ['Add Connection', 'References', 'Lifecycle', 'New version'];
    expect(await menuOf('Menu Ready')).toEqual(['Edit Connector', ...uses, 'Disable…', 'Delete']);
    await card('Menu Ready').getByRole('menuitem', { name: 'Add Connection' }).click();
    await page.waitForURL(/\/connections\/new\?connector=menu-ready$/);
    await page.getByRole('textbox', { name: 'API Key' }).waitFor();

    await openCards();
    await choose('Menu Ready', 'Edit Connector');
    await page.waitForURL((url) => url.pathname === `/app/connectors/${id}/overview`);
    await connect('menu-ready', 'Menu account');
    await openCards();
    await choose('Menu Ready', 'References');
    await page.getByRole('dialog', { name: 'Where Menu Ready is used' }).waitFor();
    const dialog = page.locator('pb-references-dialog');
    await dialog.getByRole('link', { name: 'Menu account' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await dialogButton('Done').click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('ZO-40 deletes an unused connector after Yes, and keeps it after No', async () => {
    const { page } = studio;
    const id = await make('Short Lived');
    await openCards();
    await choose('Short Lived', 'Delete');
    await page.getByRole('alertdialog', { name: 'Delete “Short Lived”?' }).waitFor();
    await dialogButton('No').click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect((await readConnector(studio.installation.client, id)).name).toBe('Short Lived');
    await choose('Short Lived', 'Delete');
    await dialogButton('Yes').click();
    await card('Short Lived').waitFor({ state: 'detached' });
    await expect(readConnector(studio.installation.client, id)).rejects.toMatchObject({ code: 'connector_not_found' });
  });

  it('ZO-41 ZO-42 lists all places of a used one; it can be deleted when the last of them is gone', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await makeReady('Well Used');
    const [one, other] = [await connect('well-used', 'Place one'), await connect('well-used', 'Place two')];
    await openCards();
    await choose('Well Used', 'Delete');
    await page.getByRole('dialog', { name: /cannot be deleted yet/ }).waitFor();
    const dialog = page.locator('pb-in-use-dialog');
    await dialog.getByRole('link', { name: 'Place one' }).waitFor();
    await dialog.getByRole('link', { name: 'Place two' }).waitFor();
    await client.call('deleteConnection', { params: { id: one } });
    await dialogButton('Look again').click();
    await dialog.getByRole('link', { name: 'Place one' }).waitFor({ state: 'detached' });
    expect(await dialogButton('Delete').isDisabled()).toBe(true);
    await client.call('deleteConnection', { params: { id: other } });
    await dialogButton('Look again').click();
    await dialog.getByText('Nothing uses it any more.').waitFor();
    await dialogButton('Delete').click();
    await card('Well Used').waitFor({ state: 'detached' });
    await expect(readConnector(client, id)).rejects.toMatchObject({ code: 'connector_not_found' });
  });

  it('ZO-10 ZO-54 ZO-55 lists what uses it before it is disabled; goes on when all toggles are off; its card is grey', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await makeReady('To Disable');
    await connect('to-disable', 'Toggle one');
    await connect('to-disable', 'Toggle two');
    await openCards();
    await choose('To Disable', 'Disable');
    const toggle = (name: string): Locator => page.getByRole('switch', { name: `Enabled: ${name}` });
    await toggle('Toggle two').waitFor();
    expect(await dialogButton('Proceed to Disable').isDisabled()).toBe(true);
    await toggle('Toggle one').click();
    expect(await dialogButton('Proceed to Disable').isDisabled()).toBe(true);
    await toggle('Toggle two').click();
    expect(await findViolations(page)).toEqual([]);
    // Nothing has changed yet.
    const connections = (await client.call('getConnectorReferences', { params: { id }, query: {} })).connections;
    expect(connections.map(({ enabled }) => enabled)).toEqual([true, true]);
    await dialogButton('Proceed to Disable').click();
    await card('To Disable').getByText('Disabled', { exact: true }).waitFor();
    expect(await card('To Disable').getAttribute('class')).toContain('is-off');
    expect((await readConnector(client, id)).enabled).toBe(false);
    const after = (await client.call('getConnectorReferences', { params: { id }, query: {} })).connections;
    expect(after.map(({ enabled, authorization }) => [enabled, authorization])).toEqual([
      [false, 'authorized'],
      [false, 'authorized'],
    ]);

    expect(await menuOf('To Disable')).toContain('Enable');
    await card('To Disable').getByRole('menuitem', { name: 'Enable' }).click();
    await page.getByText('To Disable is enabled').waitFor();
    await card('To Disable').getByText('Disabled', { exact: true }).waitFor({ state: 'detached' });
    expect(await card('To Disable').getAttribute('class')).not.toContain('is-off');
  });

  it('works by keyboard: E on a card edits, the menu opens and goes by arrows', async () => {
    const { page } = studio;
    const id = await make('By Hand');
    await openCards('?q=by-hand');
    await tabTo(page, /^By Hand$/);
    await page.keyboard.press('e');
    await page.waitForURL((url) => url.pathname === `/app/connectors/${id}/overview`);
    await openCards('?q=by-hand');
    await tabTo(page, /^Actions for By Hand$/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog', { name: 'Delete “By Hand”?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await findViolations(page)).toEqual([]);
  });

  it('ZO-03 a card tells that its version is deprecated, until when, and where to learn more', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await make('Outgoing');
    await passWeatherTest(client, id);
    await client.call('publishConnector', { params: { id }, body: { visibility: 'enterprise', confirm: true } });
    const body = { sunset_at: '2030-05-04T00:00:00.000Z', link: 'https://docs.example.com/outgoing' };
    await client.call('deprecateVersion', { params: { id, version: '1.0.0' }, body });
    await openCards('?q=outgoing');
    const words = await card('Outgoing').innerText();
    expect(words).toMatch(/1\.0\.0 is deprecated and ends on \w+ \w+ 2030\./);
    const link = card('Outgoing').getByRole('link', { name: 'Learn more' });
    expect(await link.getAttribute('href')).toBe('https://docs.example.com/outgoing');
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.reload();
    await card('Outgoing').waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('DI-03 ZO-01 Create is there for those who may make connectors; the others read why not, or nothing', async () => {
    const { page } = studio;
    const { client, url } = studio.installation;
    const { tenant } = await client.call('getSession');
    const create = page.getByRole('link', { name: 'Create New' });
    const setFeatures = (features: Partial<typeof tenant.features>) =>
      client.call('updateTenant', { params: { id: tenant.id }, body: { features } });
    const signInAs = async (role: 'developer' | 'viewer' | 'platform_admin'): Promise<void> => {
      const isPlatform = role === 'platform_admin';
      const body = { email: `${role}@example.com`, name: role, role, ...(isPlatform && { tenant: 'platform' }) };
      const { signInLink } = await client.call('createUser', { body });
      await page.context().clearCookies();
      await page.goto(signInLink.startsWith('http') ? signInLink : `${url}${signInLink}`);
      await page.waitForURL((address) => !address.search.includes('token='));
      await studio.open('/connectors');
      await page.getByRole('heading', { level: 1, name: 'Connectors' }).waitFor();
    };

    await openCards();
    await create.waitFor();
    await setFeatures({ sdk_access: false });
    await openCards();
    await page.getByText('Making connectors is switched off').waitFor();
    expect(await create.count()).toBe(0);
    await setFeatures({ sdk_access: true, custom_connectors: false });
    await openCards();
    await page.getByText('Custom connectors are not part of this edition.').waitFor();
    expect(await create.count()).toBe(0);
    await setFeatures({ custom_connectors: true });
    for (const role of ['developer', 'viewer'] as const) {
      await signInAs(role);
      await page.getByRole('article').first().waitFor();
      expect(await create.count()).toBe(0);
    }
    await signInAs('platform_admin');
    await create.first().waitFor();
    expect(studio.complaints).toEqual([]);
  });
});
