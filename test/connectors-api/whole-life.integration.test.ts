/** One connector from its first line to its second version, with nothing but the API and a real system to call. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Call } from '../server/server-harness.ts';
import { startAuthoring, type Authoring } from './authoring.ts';
import { startExt, type ExtServer } from './ext-server.ts';
import { must } from './lifecycle-fixture.ts';

let on: Authoring;
let ext: ExtServer;

beforeAll(async () => {
  ext = await startExt();
  on = await startAuthoring();
});
afterAll(async () => {
  await on.stop();
  await ext.close();
});
beforeEach(() => ext.reset());

const operation = { name: 'get_it', display_name: 'Get it', method: 'GET', path: '/it' };
const test = async (id: string, more: object): Promise<Answer['body']> => {
  const call: Call = { token: on.author, params: { id }, body: { operation: operation.name, ...more } };
  const { status, body } = await on.server.call('testConnector', call);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

describe('a connector', () => {
  it('CH-07 is created, edited, tested, published and made anew by one administrator', async () => {
    const auth_scheme = {
      ...{ type: 'bearer', credential_schema: [{ name: 'token', label: 'Token', type: 'password' }] },
    };
    const id = await on.make({ name: 'Whole Life', base_url: `${ext.url}/v1`, auth_scheme, operations: [operation] });
    expect((await on.put(id, { description: 'Lives.', operations: [{ ...operation, path: '/that' }] })).status).toBe(
      200,
    );
    expect(await test(id, { credentials: { token: 'T' } })).toMatchObject({ ok: true, status: 200 });
    expect(ext.seen).toMatchObject([{ method: 'GET', path: '/v1/that', headers: { authorization: 'Bearer T' } }]);
    const publication = { visibility: 'enterprise', confirm: true };
    await must(on.server, on.author, { route: 'publishConnector', id, body: publication });
    expect(await on.view(id)).toMatchObject({ version: '1.0.0', stage: 'published', visibility: 'enterprise' });
    await must(on.server, on.author, { route: 'createConnectorVersion', id, body: { version: '1.1.0' } });
    expect((await on.put(id, { operations: [{ ...operation, path: '/newer' }] })).status).toBe(200);
    expect(await on.view(id)).toMatchObject({ version: '1.0.0', has_draft: true, operations: [{ path: '/that' }] });
    expect(await test(id, { credentials: { token: 'T' } })).toMatchObject({ ok: true });
    expect(ext.seen.at(-1)).toMatchObject({ path: '/v1/newer' });
    await must(on.server, on.author, { route: 'publishConnector', id, body: publication });
    const source = await on.view(id);
    expect(source).toMatchObject({ version: '1.1.0', has_draft: false, operations: [{ path: '/newer' }] });
    const versions = source['versions'] as { version: string; stage: string }[];
    expect(versions.map(({ version, stage }) => `${version} ${stage}`)).toEqual(['1.1.0 published', '1.0.0 published']);
  });

  it.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH'])(
    'DI-38 DI-39 ext gets the method %s at base and path',
    async (method) => {
      const operations = [{ ...operation, method, path: '/data/2.5/weather' }];
      const id = await on.make({ name: `By ${method}`, base_url: `${ext.url}/v1`, operations });
      await test(id, {});
      expect(ext.seen.map((call) => `${call.method} ${call.path}`)).toEqual([`${method} /v1/data/2.5/weather`]);
    },
  );

  it('ZO-68x several keys go each to its place, with one prefix', async () => {
    const auth_scheme = {
      type: 'api_key',
      key_prefix: 'K-',
      credential_schema: [
        { name: 'app', label: 'Application', type: 'string' },
        { name: 'key', label: 'Key', type: 'password' },
      ],
      parameters: [
        { key: 'X-App', location: 'header', field: 'app' },
        { key: 'key', location: 'query', field: 'key' },
      ],
    };
    const id = await on.make({ name: 'Two Keys', base_url: ext.url, auth_scheme, operations: [operation] });
    await test(id, { credentials: { app: 'a', key: 'k' } });
    expect(ext.seen).toMatchObject([{ headers: { 'x-app': 'K-a' }, query: { key: 'K-k' } }]);
  });

  it('DI-41 two parameters of one name in two places both arrive', async () => {
    const parameters = [
      { name: 'id', location: 'path', required: true },
      { name: 'id', location: 'query' },
    ];
    const operations = [{ ...operation, path: '/it/{id}', parameters }];
    const id = await on.make({ name: 'Same Name', base_url: ext.url, operations });
    await test(id, { input: { id: 'a/b', id_query: 'c' } });
    expect(ext.seen).toMatchObject([{ path: '/it/a%2Fb', query: { id: 'c' } }]);
  });
});
