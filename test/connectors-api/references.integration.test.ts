/** What uses a connector, and what that forbids: delete and disable. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerHarness, type Answer, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { callingDocument, makeFlow } from './calling-flow.ts';
import { act, connect, ea, makeDraft, makeIn, must, type Subject } from './lifecycle-fixture.ts';

let server: ServerHarness;
let mine: TestTenant;
let other: TestTenant;
let platform: string;

beforeAll(async () => {
  server = await startServerHarness();
  mine = await server.makeTenant('Mine');
  other = await server.makeTenant('Other');
  platform = await server.makePlatformAdmin();
});
afterAll(() => server.stop());

type Call = Parameters<typeof act>[2];
const call = (given: Call, token = ea(mine)): Promise<Answer> => act(server, token, given);
const done = (given: Call, token = ea(mine)): Promise<Answer['body']> => must(server, token, given);
const refusalOf = ({ status, body }: Answer): unknown[] => [status, body.error.code];
const published = (visibility: 'enterprise' | 'catalogue' = 'enterprise'): Promise<Subject> =>
  makeIn(server, { author: ea(mine), platform }, { stage: 'published', visibility });
const get = (id: string, token = ea(mine)): Promise<Answer> => server.call('getConnector', { token, params: { id } });
const remove = (id: string): Promise<Answer> => call({ route: 'deleteConnector', id });
const removeConnection = (id: string): Promise<Answer> =>
  server.call('deleteConnection', { token: ea(mine), params: { id }, headers: { 'if-match': '*' } });
const switchConnection = (id: string, route: 'enableConnection' | 'disableConnection'): Promise<Answer> =>
  server.call(route, { token: ea(mine), params: { id }, body: {} });

interface References {
  readonly connections: { id: string; name: string; enabled: boolean; places: { flow_id: string; step: string }[] }[];
  readonly components: { id: string; step: string; version: string }[];
  readonly others: number;
}
const referencesOf = async (id: string, token = ea(mine)): Promise<References> =>
  (await must(server, token, { route: 'getConnectorReferences', id })) as unknown as References;

describe('references', () => {
  it('ZO-48 CH-05 lists each connection with its places, direct uses, and counts other tenants', async () => {
    const subject = await published('catalogue');
    const [one, unused] = [
      await connect(server, ea(mine), subject.slug),
      await connect(server, ea(mine), subject.slug),
    ];
    await connect(server, ea(other), subject.slug);
    const document = callingDocument({ connector: subject.slug, connectionId: one.body._id });
    const flow = await makeFlow(server, mine.tokens.developer, document);
    const second = await makeFlow(server, ea(mine), { ...document, name: 'Second' });
    const references = await referencesOf(subject.id);
    const places = references.connections.find(({ id }) => id === one.body._id)?.places ?? [];
    expect(places.map((place) => [place.flow_id, place.step])).toEqual([
      [flow, 'call'],
      [second, 'call'],
    ]);
    expect(references.connections.find(({ id }) => id === unused.body._id)).toMatchObject({
      enabled: true,
      places: [],
    });
    expect(references.components.map(({ id }) => id)).toEqual([flow, second]);
    expect(references.others).toBe(1);
    expect(await referencesOf(subject.id, ea(other))).toMatchObject({ connections: [{ places: [] }], components: [] });
  });

  it('ZO-48 narrows to one version', async () => {
    const subject = await published();
    const made = await connect(server, ea(mine), subject.slug);
    const flow = await makeFlow(server, ea(mine), callingDocument({ connector: subject.slug }));
    const of = async (version: string): Promise<unknown> => {
      const given = { token: ea(mine), params: { id: subject.id }, query: { version } };
      return (await server.call('getConnectorReferences', given)).body;
    };
    expect(await of('1.0.0')).toMatchObject({ connections: [{ id: made.body._id }], components: [{ id: flow }] });
    expect(await of('2.0.0')).toMatchObject({ connections: [], components: [], others: 0 });
  });

  it('keeps the connection of another tenant to a private connector of the same slug apart', async () => {
    const subject = await published('enterprise');
    const twin = await makeDraft(server, ea(other), { slug: subject.slug });
    await done({ route: 'readyConnector', id: twin.id }, ea(other));
    await connect(server, ea(other), subject.slug);
    expect(await referencesOf(subject.id)).toMatchObject({ connections: [], others: 0 });
    expect((await remove(subject.id)).status).toBe(200);
  });
});

describe('delete', () => {
  it('ZO-40 CO-28 CO-29 deletes what nothing uses at once', async () => {
    for (const subject of [await makeDraft(server, ea(mine)), await published()]) {
      const answer = await remove(subject.id);
      expect([answer.status, answer.body]).toEqual([200, { _id: subject.id, result: 'deleted' }]);
      expect((await get(subject.id)).status).toBe(404);
      expect((await get(subject.slug)).status).toBe(404);
    }
  });

  it('T17 keeps the slug of what was more than a draft, and frees that of a draft', async () => {
    const [draft, subject] = [await makeDraft(server, ea(mine)), await published()];
    await remove(draft.id);
    await remove(subject.id);
    const again = (slug: string) => server.call('createConnector', { token: ea(mine), body: { name: 'Again', slug } });
    expect((await again(draft.slug)).status).toBe(200);
    expect(refusalOf(await again(subject.slug))).toEqual([409, 'slug_taken']);
  });

  it('ZO-41 ZO-42 refuses with all places until every connection is gone', async () => {
    const subject = await published();
    const ids = [];
    for (let index = 0; index < 2; index += 1) ids.push((await connect(server, ea(mine), subject.slug)).body._id);
    const [first = '', second = ''] = ids;
    const refused = await remove(subject.id);
    expect(refusalOf(refused)).toEqual([409, 'connector_in_use']);
    const { references } = refused.body.error.details as { references: References };
    expect(references.connections.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    await removeConnection(first);
    expect(refusalOf(await remove(subject.id))).toEqual([409, 'connector_in_use']);
    await removeConnection(second);
    expect((await remove(subject.id)).status).toBe(200);
  });

  it('ZO-41 counts flows that use it without a connection, and other tenants without naming them', async () => {
    const subject = await published('catalogue');
    const flow = await makeFlow(server, ea(mine), callingDocument({ connector: subject.slug }));
    const foreign = await connect(server, ea(other), subject.slug);
    const refused = await remove(subject.id);
    const { references } = refused.body.error.details as { references: References };
    expect(references).toMatchObject({ connections: [], components: [{ id: flow, step: 'call' }], others: 1 });
    expect(JSON.stringify(refused.body)).not.toContain(foreign.body._id);
  });

  it('CO-32 never deletes a built-in, not even for a platform administrator', async () => {
    const asPlatform = { route: 'deleteConnector', id: 'worldbank' } as const;
    expect(refusalOf(await call(asPlatform, platform))).toEqual([403, 'builtin_undeletable']);
    expect(refusalOf(await remove('worldbank'))).toEqual([403, 'forbidden_role']);
    await done({ route: 'disableConnector', id: 'worldbank' }, platform);
    const replaced = { token: platform, params: { id: 'worldbank' }, query: { replace: 'true' } };
    await server.call('updateConnector', { ...replaced, body: { name: 'World', builtin: false } });
    expect(refusalOf(await call(asPlatform, platform))).toEqual([403, 'builtin_undeletable']);
    await done({ route: 'enableConnector', id: 'worldbank' }, platform);
    expect((await get('worldbank')).body._source).toMatchObject({ builtin: true, enabled: true });
  });
});

describe('disable', () => {
  it('ZO-51 ZO-52 waits until every connection is off, and keeps their authorization', async () => {
    const subject = await published();
    const { body } = await connect(server, ea(mine), subject.slug);
    const refused = await call({ route: 'disableConnector', id: subject.id });
    expect(refusalOf(refused)).toEqual([409, 'connections_enabled']);
    expect(refused.body.error.details).toMatchObject({
      references: { connections: [{ id: body._id, enabled: true }] },
    });
    await switchConnection(body._id, 'disableConnection');
    await done({ route: 'disableConnector', id: subject.id });
    expect((await get(subject.id)).body._source).toMatchObject({ enabled: false, stage: 'published' });
    expect(refusalOf(await switchConnection(body._id, 'enableConnection'))).toEqual([409, 'connector_disabled']);
    await done({ route: 'enableConnector', id: subject.id });
    expect((await switchConnection(body._id, 'enableConnection')).status).toBe(200);
    const connection = await server.call('getConnection', { token: ea(mine), params: { id: body._id } });
    expect(connection.body._source).toMatchObject({ enabled: true, authorization: 'authorized' });
  });

  it('T15 switches them off with it if that is wanted, those of other tenants never', async () => {
    const subject = await published('catalogue');
    const { body } = await connect(server, ea(mine), subject.slug);
    const foreign = await connect(server, ea(other), subject.slug);
    const disable: Call = { route: 'disableConnector', id: subject.id, body: { disable_connections: true } };
    const refused = await call(disable);
    expect(refusalOf(refused)).toEqual([409, 'connections_enabled']);
    expect(refused.body.error.details).toMatchObject({ references: { others: 1 } });
    await server.call('disableConnection', { token: ea(other), params: { id: foreign.body._id }, body: {} });
    await done(disable);
    const connection = await server.call('getConnection', { token: ea(mine), params: { id: body._id } });
    expect(connection.body._source).toMatchObject({ enabled: false, authorization: 'authorized' });
  });

  it('ZO-25 ZO-45 ZO-50 CO-16 takes no connection while disabled', async () => {
    const subject = await published();
    await done({ route: 'disableConnector', id: subject.id });
    expect(refusalOf(await connect(server, ea(mine), subject.slug))).toEqual([409, 'connector_disabled']);
    await done({ route: 'enableConnector', id: subject.id });
    expect((await connect(server, ea(mine), subject.slug)).status).toBe(200);
  });
});
