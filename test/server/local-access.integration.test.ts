import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type RouteDefinition, type RouteId } from '@patchbay/api-contract';
import { startServerHarness, type Answer, type ServerHarness } from './server-harness.ts';

let server: ServerHarness;
let closed: ServerHarness;

beforeAll(async () => {
  server = await startServerHarness({ localAccess: true });
  closed = await startServerHarness();
}, 120_000);
afterAll(async () => {
  await server.stop();
  await closed.stop();
});

const search = (headers: Record<string, string> = {}, address = '127.0.0.1'): Promise<Answer> =>
  server.call('searchConnectors', { headers, address });
const outcome = ({ status, body }: Answer) => [status, (body as Partial<Answer['body']>).error?.code];

const opened = new Set(['connector', 'lifecycle']);
const guarded = (Object.entries(routes) as [RouteId, RouteDefinition][]).filter(
  ([, { access }]) => access !== 'public',
);

describe('CO-36 development mode', () => {
  it('takes a program of this machine for an administrator of the demo tenant', async () => {
    expect((await search()).status).toBe(200);
    expect((await search({ host: '127.0.0.1:9000' })).status).toBe(200);
    expect((await search({ host: '[::1]:9000', 'user-agent': 'curl/8' }, '::1')).status).toBe(200);
    expect((await search({}, '::ffff:127.0.0.1')).status).toBe(200);
  });

  it.each(guarded.filter(([, { tag }]) => !opened.has(tag)))('CH-27 leaves %s closed', async (id) => {
    const answer = await server.call(id, { params: { id: 'x', number: 1, version: '1.0.0' } });
    expect(outcome(answer)).toEqual([401, 'unauthenticated']);
  });

  it.each([
    ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['a page of a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['an origin that hides itself', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://localhost:1234' }],
    ['a name that was rebound', { host: 'evil.example' }],
  ])('refuses %s, also when it only reads', async (_, headers) => {
    expect(outcome(await search(headers))).toEqual([403, 'forbidden_origin']);
    const body = { name: 'X' };
    expect(outcome(await server.call('createConnector', { headers, body }))).toEqual([403, 'forbidden_origin']);
  });

  it.each([
    ['our own page without a session', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:80' }],
    ['a browser that was given the address', { 'sec-fetch-site': 'none' }],
    ['an old browser', { referer: 'http://localhost/app/' }],
    ['a proxy', { 'x-forwarded-for': '203.0.113.7' }],
    ['a proxy that says so', { via: '1.1 proxy' }],
    ['a bad token', { authorization: 'Bearer pb_000000000000_nonsense' }],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['a dead session', { cookie: 'patchbay=nothing' }],
  ])('asks %s for credentials', async (_, headers) => {
    expect(outcome(await search(headers))).toEqual([401, 'unauthenticated']);
  });

  it('asks another machine for credentials', async () => {
    expect(outcome(await search({}, '203.0.113.7'))).toEqual([401, 'unauthenticated']);
  });
});

it('CO-36 development mode on an address that others reach opens nothing', async () => {
  const reachable = await startServerHarness({ localAccess: true, host: '0.0.0.0' });
  try {
    expect(outcome(await reachable.call('searchConnectors'))).toEqual([401, 'unauthenticated']);
  } finally {
    await reachable.stop();
  }
});

describe('any other start', () => {
  it.each(guarded)('CH-27 %s needs credentials', async (id) => {
    const answer = await closed.call(id, { params: { id: 'x', number: 1, version: '1.0.0' } });
    expect(outcome(answer)).toEqual([401, 'unauthenticated']);
  });
});
