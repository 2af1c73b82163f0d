/** Who may do what with connectors beside their lifecycle: creation by role, tenant features, what a platform administrator may not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type RouteDefinition, type RouteId } from '@patchbay/api-contract';
import {
  greetingDocument,
  startServerHarness,
  type Answer,
  type ServerHarness,
  type TestTenant,
} from '../server/server-harness.ts';
import { seedBody } from './connector-bodies.ts';

let server: ServerHarness;
/** EA+, DEV and VW. */
let open: TestTenant;
/** EA-. */
let closed: TestTenant;
let platform: string;

beforeAll(async () => {
  server = await startServerHarness();
  open = await server.makeTenant('Open');
  closed = await server.makeTenant('Closed', { features: { sdk_access: false } });
  platform = await server.makePlatformAdmin();
});
afterAll(() => server.stop());

const outcome = ({ status, body }: Answer) => [status, (body as Partial<Answer['body']>).error?.code];
const create = (token: string | undefined, name: string): Promise<Answer> =>
  server.call('createConnector', { token, body: { ...seedBody, name } });

describe('creating a connector', () => {
  it('DI-01 is for platform administrators and enterprise administrators with SDK access', async () => {
    expect(outcome(await create(platform, 'By PA'))).toEqual([200, undefined]);
    expect(outcome(await create(open.tokens.enterprise_admin, 'By EA+'))).toEqual([200, undefined]);
    expect(outcome(await create(closed.tokens.enterprise_admin, 'By EA-'))).toEqual([403, 'sdk_access_disabled']);
    expect(outcome(await create(open.tokens.developer, 'By DEV'))).toEqual([403, 'forbidden_role']);
    expect(outcome(await create(open.tokens.viewer, 'By VW'))).toEqual([403, 'forbidden_role']);
    expect(outcome(await create(closed.tokens.developer, 'By DEV'))).toEqual([403, 'forbidden_role']);
  });

  it('DI-01 follows the switches of the tenant from the next request on', async () => {
    const tenant = await server.makeTenant('Switched');
    const token = tenant.tokens.enterprise_admin;
    const set = async (features: object): Promise<void> => {
      const answer = await server.call('updateTenant', {
        token: platform,
        params: { id: tenant.id },
        body: { features },
      });
      expect(answer.status).toBe(200);
    };
    await set({ sdk_access: false });
    expect(outcome(await create(token, 'One'))).toEqual([403, 'sdk_access_disabled']);
    await set({ sdk_access: true, custom_connectors: false });
    expect(outcome(await create(token, 'One'))).toEqual([403, 'feature_not_available']);
    await set({ custom_connectors: true });
    expect(outcome(await create(token, 'One'))).toEqual([200, undefined]);
    expect((await server.call('getTenant', { token, params: { id: tenant.id } })).body._source).toMatchObject({
      connector_count: 1,
      user_count: 3,
    });
  });

  it('ZO-77x stops at the limit of the tenant', async () => {
    const tenant = await server.makeTenant('Limited');
    const body = { limits: { custom_connectors: 1 } };
    await server.call('updateTenant', { token: platform, params: { id: tenant.id }, body });
    expect(outcome(await create(tenant.tokens.enterprise_admin, 'One'))).toEqual([200, undefined]);
    expect(outcome(await create(tenant.tokens.enterprise_admin, 'Two'))).toEqual([409, 'limit_reached']);
  });

  it('DI-01 one who is both creates in the own tenant, a platform administrator alone for the platform', async () => {
    const both = await server.makeTenant('Both', { platformAdmin: true });
    const mine = await create(both.tokens.enterprise_admin, 'Of my own');
    const seen = (token: string): Promise<Answer> =>
      server.call('getConnector', { token, params: { id: mine.body._id } });
    expect((await seen(both.tokens.enterprise_admin)).status).toBe(200);
    expect((await seen(open.tokens.enterprise_admin)).status).toBe(404);
    const theirs = await create(platform, 'Of the platform');
    const read = await server.call('getConnector', { token: platform, params: { id: theirs.body._id } });
    expect(read.body._source).toMatchObject({ slug: 'of-the-platform' });
  });
});

const writing = (Object.entries(routes) as [RouteId, RouteDefinition][]).filter(
  ([, { path, access }]) => path[0] !== 'GET' && access !== 'public',
);

it.each(writing)('CH-27 %s needs a signed-in user', async (id) => {
  const answer = await server.call(id, { params: { id: 'worldbank', number: 1, version: '1.0.0' } });
  expect(outcome(answer)).toEqual([401, 'unauthenticated']);
  expect(answer.headers['www-authenticate']).toBe('Bearer');
});

describe('a platform administrator without another role', () => {
  it('DI-88x may use no connection, flow or run, in any tenant', async () => {
    const flow = await server.call('createFlow', {
      token: open.tokens.developer,
      body: { document: greetingDocument('manual') },
    });
    const connection = await server.call('createConnection', {
      token: open.tokens.developer,
      body: { name: 'Bank', connector: 'worldbank', credentials: {} },
    });
    const refused: [RouteId, object][] = [
      ['createConnection', { body: { name: 'X', connector: 'worldbank', credentials: {} } }],
      ['createFlow', { body: {} }],
      ['startRun', { body: { flowId: flow.body._id, input: {} } }],
      ['publishFlow', { params: { id: flow.body._id }, body: {} }],
      ['updateConnection', { params: { id: connection.body._id }, body: { name: 'Y' }, headers: { 'if-match': '*' } }],
    ];
    for (const [id, call] of refused)
      expect([id, ...outcome(await server.call(id, { ...call, token: platform }))]).toEqual([
        id,
        403,
        'forbidden_role',
      ]);
    for (const [id, call] of [
      ['getConnection', { params: { id: connection.body._id } }],
      ['getFlow', { params: { id: flow.body._id } }],
    ] as [RouteId, object][]) {
      const { status } = await server.call(id, { ...call, token: platform });
      expect([id, status >= 400]).toEqual([id, true]);
    }
  });
});

describe('a viewer', () => {
  it('DI-86x finds published connectors and none of the drafts, and has no builder', async () => {
    const draft = await create(open.tokens.enterprise_admin, 'Hidden draft');
    const token = open.tokens.viewer;
    const list = await server.call('searchConnectors', { token, query: { size: 100 } });
    const ids = (list.body as unknown as { hits: { hits: { _id: string }[] } }).hits.hits.map(({ _id }) => _id);
    expect(ids).toContain('worldbank');
    expect(ids).not.toContain(draft.body._id);
    const params = { id: draft.body._id };
    expect(outcome(await server.call('getConnector', { token, params }))).toEqual([404, 'connector_not_found']);
    const shared = await server.call('getConnector', { token, params: { id: 'worldbank' } });
    expect(shared.status).toBe(200);
    expect(
      outcome(await server.call('updateConnector', { token, params: { id: 'worldbank' }, body: { name: 'X' } })),
    ).toEqual([403, 'forbidden_role']);
  });
});

it('CO-38x a connector that is not there is told in the words of the documented API', async () => {
  const token = open.tokens.enterprise_admin;
  const params = { id: 'nowhere' };
  const view = await server.call('getConnector', { token, params });
  expect([view.status, view.body]).toMatchObject([
    404,
    { _id: 'nowhere', found: false, error: { code: 'connector_not_found' } },
  ]);
  const update = await server.call('updateConnector', { token, params, body: { name: 'X' } });
  expect([update.status, update.body]).toMatchObject([404, { _id: 'nowhere', result: 'not_found' }]);
  const remove = await server.call('deleteConnector', { token, params });
  expect([remove.status, remove.body]).toMatchObject([404, { _id: 'nowhere', result: 'not_found' }]);
});
