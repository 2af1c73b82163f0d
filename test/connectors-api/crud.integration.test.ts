/** Rows of seed 004 and of the Overview: create, view, update, delete, through the API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startServerHarness,
  type Answer,
  type Call,
  type ServerHarness,
  type TestTenant,
} from '../server/server-harness.ts';
import { seedBody, weatherBody } from './connector-bodies.ts';

let server: ServerHarness;
let tenant: TestTenant;

beforeAll(async () => {
  server = await startServerHarness();
  tenant = await server.makeTenant('Acme');
});
afterAll(() => server.stop());

const asAdmin = (call: Call = {}): Call => ({ token: tenant.tokens.enterprise_admin, ...call });
const create = async (body: object): Promise<Answer> => server.call('createConnector', asAdmin({ body }));
const make = async (body: object): Promise<string> => {
  const answer = await create(body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body._id;
};
const view = async (id: string): Promise<Record<string, unknown>> => {
  const { status, body } = await server.call('getConnector', asAdmin({ params: { id } }));
  expect(status, JSON.stringify(body)).toBe(200);
  return body._source;
};
const put = (id: string, body: unknown, query: Call['query'] = {}): Promise<Answer> =>
  server.call('updateConnector', asAdmin({ params: { id }, body, query }));

describe('create', () => {
  it('CO-17 CO-18 CO-19 takes the body of the seed and answers with exactly _id and result', async () => {
    const [one, other] = [await create(seedBody), await create(seedBody)];
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.body).toEqual({ _id: expect.any(String) as string, result: 'created' });
    expect(one.body._id).not.toBe(other.body._id);
  });

  it('DI-02 DI-66 CH-07 needs no credential, and stores a draft', async () => {
    const source = await view(await make({ name: 'No Credentials' }));
    expect(source).toMatchObject({ stage: 'draft', visibility: 'none', version: '1.0.0', enabled: true });
  });
});

describe('view', () => {
  it('CO-20 CO-21 CO-22 CO-23 shows it with its id, its times, and secrets masked', async () => {
    const id = await make(seedBody);
    const { status, body } = await server.call('getConnector', asAdmin({ params: { id } }));
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual(['_id', '_source', 'found']);
    expect(body).toMatchObject({ _id: id, found: true, _source: { id } });
    const source = body._source as Record<string, unknown>;
    expect(source).toMatchObject({ ...seedBody, config: { token: '******', repos: ['infinilabs/coco-server'] } });
    expect(source['created']).toMatch(/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/);
    expect(JSON.stringify(body)).not.toContain('ghp_xxxxxxxxxxxx');
  });
});

describe('update', () => {
  it('CO-24 CO-25 CO-26 merges by default and answers with exactly _id and result', async () => {
    const id = await make(seedBody);
    const before = await view(id);
    const answer = await put(id, { name: 'My GitHub Connector - Updated', description: 'Updated', enabled: true });
    expect([answer.status, answer.body]).toEqual([200, { _id: id, result: 'updated' }]);
    const after = await view(id);
    expect(after).toMatchObject({
      name: 'My GitHub Connector - Updated',
      category: 'version_control',
      tags: ['github', 'code'],
      config: { token: '******', repos: ['infinilabs/coco-server'] },
    });
    expect(Date.parse(after['updated'] as string)).toBeGreaterThan(Date.parse(before['updated'] as string));
    expect(after['created']).toBe(before['created']);
  });
});

describe('delete', () => {
  it('CO-28 CO-29 deletes what nothing uses', async () => {
    const id = await make(weatherBody);
    const answer = await server.call('deleteConnector', asAdmin({ params: { id } }));
    expect([answer.status, answer.body]).toEqual([200, { _id: id, result: 'deleted' }]);
    expect((await server.call('getConnector', asAdmin({ params: { id } }))).status).toBe(404);
  });
});
