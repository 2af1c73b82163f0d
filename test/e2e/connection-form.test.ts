import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RouteBody } from '@patchbay/api-contract';
import { startExt, type ExtServer } from '../connectors-api/ext-server.ts';
import { startOidc, type OidcServer } from '../connectors-api/oidc-server.ts';
import { openStudio, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';

/** A credential schema in an order that is neither that of the alphabet nor required first. */
const fields = [
  { name: 'zone', label: 'Time zone', type: 'string', required: false, help: 'As your contract names it.' },
  { name: 'secret_key', label: 'Secret key', type: 'password', required: true, help: 'You find it in your account.' },
  { name: 'account', label: 'Account number', type: 'string', required: true },
  { name: 'region', label: 'Region', type: 'string', required: true, default: 'eu' },
] as const;

let studio: Studio;
let ext: ExtServer;
let oidc: OidcServer;

beforeAll(async () => {
  [studio, ext] = await Promise.all([openStudio(), startExt()]);
  oidc = await startOidc(`${studio.installation.url}/oauth/callback`);
}, 180_000);
afterAll(async () => {
  await studio.close();
  await Promise.all([ext.close(), oidc.close()]);
});

/** Makes a connector that is ready for connections; gives its slug. */
async function makeConnector(name: string, auth_scheme: object): Promise<string> {
  const { client } = studio.installation;
  const operations = [{ name: 'ping', display_name: 'Ping', method: 'GET', path: '/ping' }];
  const body = { name, base_url: ext.url, auth_scheme, operations } as RouteBody<'createConnector'>;
  const { _id } = await client.call('createConnector', { body });
  await client.call('readyConnector', { params: { id: _id }, body: {} });
  return (await client.call('getConnector', { params: { id: _id } }))._source.slug;
}
const form = (): Locator => studio.page.locator('pb-connection-form');
async function openForm(slug: string): Promise<void> {
  await studio.open(`/connections/new?connector=${slug}`);
  await form().getByLabel('Name', { exact: true }).waitFor();
}
const connections = async (query: string) =>
  (await studio.installation.client.call('searchConnections', { query: { query } })).hits.hits.map(
    (hit) => hit._source,
  );

describe('the connection form', () => {
  it('DI-21 DI-23 DI-24 DI-27 DI-31 has exactly the fields of the schema, in its order, with label, help, mask and default', async () => {
    const slug = await makeConnector('Fielded', {
      type: 'api_key',
      credential_schema: fields,
      parameters: [{ key: 'X-Key', location: 'header', field: 'secret_key' }],
    });
    await openForm(slug);
    const labels = await form()
      .locator('pb-input')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLElement & { label: string }).label));
    expect(labels).toEqual(['Name', ...fields.map(({ label }) => label)]);
    const input = (label: string): Locator => form().getByLabel(label, { exact: true });
    expect(await input('Secret key').getAttribute('type')).toBe('password');
    expect(await input('Account number').getAttribute('type')).toBe('text');
    expect(await input('Region').inputValue()).toBe('eu');
    for (const help of ['As your contract names it.', 'You find it in your account.'])
      expect(await form().getByText(help).isVisible()).toBe(true);

    await form().getByRole('button', { name: 'Save' }).click();
    await form().getByText('Fielded needs this.').first().waitFor();
    expect(await connections('Fielded')).toEqual([]);

    await input('Secret key').fill('K-123456');
    await input('Account number').fill('4711');
    await input('Region').fill('');
    await form().getByRole('button', { name: 'Save' }).click();
    await studio.page.waitForURL(/\/app\/connections$/);
    const [stored] = await connections('Fielded');
    expect(stored).toMatchObject({
      authorization: 'authorized',
      credentials: { secret_key: '******', account: '4711', region: 'eu' },
    });
    expect(ext.seen.at(-1)?.headers['x-key']).toBe('K-123456');
    expect(studio.complaints).toEqual([]);
  });

  it('DI-16 a connector without authentication shows no credential field', async () => {
    await openForm(await makeConnector('Open', { type: 'none' }));
    expect(await form().locator('pb-input').count()).toBe(1);
    await form().getByText('Open needs no credentials.').waitFor();
  });

  it('DI-19 a person agrees in the window that opens; it closes, the connection is authorized, and can be revoked', async () => {
    const { page } = studio;
    const slug = await makeConnector('Consented', {
      type: 'oauth2',
      grant_type: 'authorization_code',
      authorize_url: `${oidc.url}/auth?prompt=consent`,
      token_url: `${oidc.url}/token`,
      oauth_scopes: ['read'],
      credential_schema: [
        { name: 'client_id', label: 'Client ID', type: 'string', required: true },
        { name: 'client_secret', label: 'Client Secret', type: 'password', required: true },
      ],
    });
    await openForm(slug);
    await form().getByLabel('Client ID', { exact: true }).fill(oidc.client.client_id);
    await form().getByLabel('Client Secret', { exact: true }).fill(oidc.client.client_secret);
    const opening = page.waitForEvent('popup');
    await form().getByRole('button', { name: 'Save and authorize' }).click();
    const popup = await opening;
    await popup.getByPlaceholder('Enter any login').fill('ada');
    await popup.getByPlaceholder('and password').fill('any');
    await popup.getByRole('button', { name: 'Sign-in' }).click();
    const closing = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Continue' }).click();
    await closing;
    await page.waitForURL(/\/app\/connections$/);
    const [stored] = await connections('Consented');
    expect(stored).toMatchObject({ authorization: 'authorized', oauth_scopes: ['read'] });
    expect(await oidc.knows(String(ext.seen.at(-1)?.headers.authorization).replace('Bearer ', ''))).toBe(true);

    await studio.open(`/connections/${stored?.id ?? ''}`);
    await page.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('button', { name: 'Revoke authorization' }).click();
    await expect.poll(async () => (await connections('Consented'))[0]?.authorization).toBe('revoked');
    await studio.open('/connections');
    await page.getByRole('link', { name: 'Reconnect' }).first().waitFor();
    expect(studio.complaints).toEqual([]);
  });

  it('ZO-64x asks for a part of the scopes, if the person wants so, and for one at least', async () => {
    const slug = await makeConnector('Narrowed', {
      ...{ type: 'oauth2', grant_type: 'client_credentials', token_url: `${oidc.url}/token` },
      oauth_scopes: ['read', 'write'],
      credential_schema: [
        { name: 'client_id', label: 'Client ID', type: 'string', required: true },
        { name: 'client_secret', label: 'Client Secret', type: 'password', required: true },
      ],
    });
    await openForm(slug);
    const scope = (name: string): Locator => form().getByRole('checkbox', { name, exact: true });
    expect([await scope('read').isChecked(), await scope('write').isChecked()]).toEqual([true, true]);
    expect(await findViolations(studio.page)).toEqual([]);
    await form().getByLabel('Client ID', { exact: true }).fill(oidc.client.client_id);
    await form().getByLabel('Client Secret', { exact: true }).fill(oidc.client.client_secret);
    await scope('read').uncheck();
    await scope('write').uncheck();
    await form().getByRole('button', { name: /^Save/ }).click();
    await form().getByText('Choose one at least.').waitFor();
    await scope('read').check();
    await form().getByRole('button', { name: /^Save/ }).click();
    await studio.page.waitForURL(/\/app\/connections$/);
    expect((await connections('Narrowed'))[0]).toMatchObject({ authorization: 'authorized', oauth_scopes: ['read'] });
  });

  it('says so when the window is closed before anybody agreed; the connection waits to be authorized', async () => {
    const { page } = studio;
    const [before] = await connections('Consented');
    await studio.open(`/connections/${before?.id ?? ''}`);
    await form().getByLabel('Client ID', { exact: true }).fill(oidc.client.client_id);
    await form().getByLabel('Client Secret', { exact: true }).fill(oidc.client.client_secret);
    const opening = page.waitForEvent('popup');
    await form().getByRole('button', { name: 'Save and authorize' }).click();
    await (await opening).close();
    await form().getByText('It is not authorized yet').waitFor();
    expect((await connections('Consented'))[0]).toMatchObject({ authorization: 'revoked' });
  });
});
