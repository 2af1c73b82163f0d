import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dragBetween, middleOf, openStudio, untilSaved, type Studio } from './harness.ts';
import { createWeatherConnector, readConnector, startWeather, type Weather } from './support/weather-connector.ts';

describe('Auth & Credentials of the Connector Builder', () => {
  let studio: Studio;
  let weather: Weather;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  const openDraft = async (name: string): Promise<string> => {
    const id = await createWeatherConnector(studio.installation.client, weather, { name });
    await openAuth(id);
    return id;
  };
  const openAuth = async (id: string): Promise<void> => {
    await studio.open(`/connectors/${id}/auth`);
    await studio.page.getByRole('radiogroup', { name: 'Authentication type' }).waitFor();
  };
  const schemeOf = async (id: string) => (await readConnector(studio.installation.client, id)).auth_scheme;
  const preview = (label: string): Locator =>
    studio.page.locator('pb-connection-form').getByLabel(label, { exact: true });
  const type = (name: string): Locator => studio.page.getByRole('radio', { name, exact: true });

  it('DI-23 DI-24 DI-27 DI-31 the preview is the form that people will see, as it is edited', async () => {
    const { page } = studio;
    const id = await openDraft('Previewed');
    expect(await preview('API Key').getAttribute('type')).toBe('password');
    await page.getByLabel('Help text of API Key').fill('You find it in your account.');
    await page.locator('pb-connection-form').getByText('You find it in your account.').waitFor();

    await page.getByRole('button', { name: 'Add field' }).click();
    await page.keyboard.type('Region');
    await page.getByLabel('Default of Region').fill('eu');
    await preview('Region').waitFor();
    expect(await preview('Region').getAttribute('type')).toBe('text');
    await expect.poll(() => preview('Region').inputValue()).toBe('eu');
    await untilSaved(page);
    expect((await schemeOf(id))?.credential_schema).toEqual([
      ...[{ name: 'api_key', label: 'API Key', type: 'password', required: true, sensitive: true }].map((field) => ({
        ...field,
        help: 'You find it in your account.',
      })),
      { name: 'region', label: 'Region', type: 'string', required: true, sensitive: false, default: 'eu' },
    ]);
    expect(studio.complaints).toEqual([]);
  });

  it('a password stays sensitive; fields move by mouse and by keyboard, and are removed', async () => {
    const { page } = studio;
    const id = await openDraft('Ordered');
    expect(await page.getByRole('checkbox', { name: 'Sensitive, API Key' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Add field' }).click();
    await page.keyboard.type('Second');
    const names = async (): Promise<unknown> => (await schemeOf(id))?.credential_schema.map(({ name }) => name);
    await expect.poll(names, { timeout: 15_000 }).toEqual(['api_key', 'second']);

    await page.getByRole('button', { name: /^Move Second/ }).focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(names, { timeout: 15_000 }).toEqual(['second', 'api_key']);

    const [from, to] = [
      page.getByRole('button', { name: /^Move API Key/ }),
      page.getByRole('button', { name: /^Move Second/ }),
    ];
    await dragBetween(page, await middleOf(from), await middleOf(to));
    await expect.poll(names, { timeout: 15_000 }).toEqual(['api_key', 'second']);

    await page.getByRole('button', { name: 'Remove Second' }).click();
    await expect.poll(names, { timeout: 15_000 }).toEqual(['api_key']);
  });

  it('ZO-23 another type asks first and says what is lost; Cancel changes nothing', async () => {
    const { page } = studio;
    const id = await openDraft('Changed type');
    await type('Bearer Token').click();
    const dialog = page.locator('pb-dialog');
    await dialog
      .getByText(/loses all connector configurations: the authentication parameters, the credential fields/)
      .waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await type('API Key').getAttribute('aria-checked')).toBe('true');
    expect((await schemeOf(id))?.type).toBe('api_key');

    await type('Bearer Token').click();
    await dialog.getByRole('button', { name: 'Change and lose them' }).click();
    await untilSaved(page);
    await expect.poll(async () => (await schemeOf(id))?.type, { timeout: 15_000 }).toBe('bearer');
    expect((await schemeOf(id))?.credential_schema.map(({ name }) => name)).toEqual(['token']);
  });

  it('once ready the type is fixed', async () => {
    const { page } = studio;
    const id = await openDraft('Fixed type');
    await studio.installation.client.call('readyConnector', { params: { id }, body: {} });
    await page.reload();
    await page.getByRole('button', { name: /^Edit How/ }).click();
    await page.getByText('The authentication type is fixed since the connector is ready.').waitFor();
    expect(await type('Bearer Token').isDisabled()).toBe(true);
    expect(await page.getByLabel('Header name').isEnabled()).toBe(true);
  });

  it('shows the redirect URL of OAuth2 with a copy button, and takes scopes word by word', async () => {
    const { page } = studio;
    const { url } = studio.installation;
    const id = await openDraft('Signed in');
    await type('OAuth2').click();
    await page.locator('pb-dialog').getByRole('button', { name: 'Change and lose them' }).click();
    await page.getByLabel('Grant type').selectOption('authorization_code');
    await page.getByRole('button', { name: 'Copy redirect URL' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${url}/oauth/callback`);
    await page.getByLabel('Scopes', { exact: true }).fill('read write');
    await page.getByLabel('Authorize URL').fill('https://id.example.com/authorize');
    await page.getByLabel('Token URL').fill('https://id.example.com/token');
    await untilSaved(page);
    await expect
      .poll(() => schemeOf(id), { timeout: 15_000 })
      .toMatchObject({
        ...{ type: 'oauth2', grant_type: 'authorization_code', oauth_scopes: ['read', 'write'] },
        ...{ authorize_url: 'https://id.example.com/authorize', token_url: 'https://id.example.com/token' },
      });
  });

  it('lists the connections that would lose their authorization before anything is saved', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await openDraft('Impacted');
    await client.call('readyConnector', { params: { id }, body: {} });
    const body = { connector: 'impacted', name: 'Our account', authType: 'api_key', credentials: { api_key: 'k' } };
    const connection = (await client.call('createConnection', { body }))._id;
    const authorization = async (): Promise<string> =>
      (await client.call('getConnection', { params: { id: connection } }))._source.authorization;
    expect(await authorization()).toBe('authorized');

    await page.reload();
    await page.getByRole('button', { name: /^Edit How/ }).click();
    await page.getByLabel('Header name').fill('X-Other');
    const save = page.locator('#section-auth').getByRole('button', { name: 'Save', exact: true });
    await save.click();
    const dialog = page.locator('pb-save-dialogs pb-dialog');
    await dialog.getByRole('link', { name: 'Our account' }).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await schemeOf(id)).toMatchObject({ parameters: [{ key: 'X-API-Key' }] });
    expect(await authorization()).toBe('authorized');

    await page.getByRole('button', { name: /^Edit How/ }).click();
    await page.getByLabel('Header name').fill('X-Other');
    await save.click();
    await dialog.getByRole('button', { name: 'Save and let them reconnect' }).click();
    await untilSaved(page);
    expect(await schemeOf(id)).toMatchObject({ parameters: [{ key: 'X-Other' }] });
    expect(await authorization()).toBe('reauth_required');
    expect(studio.complaints).toEqual([]);
  });
});
