/** Stages, publication and its guards, through the API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routePaths, type RouteId } from '@patchbay/api-contract';
import { startServerHarness, type Answer, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import {
  act,
  connect,
  ea,
  facetsOf,
  helloUrl,
  makeDraft,
  makeIn,
  must,
  passTests,
  type OwnSubject,
  type Subject,
} from './lifecycle-fixture.ts';

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
const call = (given: Call, token: string | undefined = ea(mine)): Promise<Answer> => act(server, token, given);
const done = (given: Call, token = ea(mine)): Promise<Answer['body']> => must(server, token, given);
const facets = (subject: Subject, version?: string) => facetsOf(server, ea(mine), { ...subject, version });
const makers = () => ({ author: ea(mine), platform });
const refusalOf = ({ status, body }: Answer): unknown[] => [status, body.error.code];
const publish = (id: string, body: object = {}): Call => ({
  route: 'publishConnector',
  id,
  body: { visibility: 'enterprise', confirm: true, ...body },
});

async function published(condition: 'enterprise' | 'catalogue' = 'enterprise'): Promise<OwnSubject> {
  return makeIn(server, makers(), { stage: 'published', visibility: condition });
}

async function put(id: string, body: object, query: Record<string, string> = {}): Promise<Answer> {
  return server.call('updateConnector', { token: ea(mine), params: { id }, body, query });
}

const listed = async (token: string, query: string): Promise<string[]> => {
  const { body } = await server.call('searchMarketplace', { token, query: { query } });
  const page = body as unknown as { hits: { hits: { _id: string }[] } };
  return page.hits.hits.map((hit) => hit._id);
};

describe('mark as ready', () => {
  it('ZO-20 moves the draft to ready, once', async () => {
    const draft = await makeDraft(server, ea(mine));
    await done({ route: 'readyConnector', id: draft.id });
    expect(await facets(draft)).toMatchObject({ stage: 'ready', visibility: 'none' });
    const again = await call({ route: 'readyConnector', id: draft.id });
    expect(refusalOf(again)).toEqual([409, 'invalid_transition']);
    expect(again.body.error.details).toMatchObject({
      stage: 'ready',
      version: '1.0.0',
      actions: expect.any(Array) as [],
    });
  });

  it('ZO-21 refuses an OAuth2 connector without client secret and names what is missing', async () => {
    const auth_scheme = {
      type: 'oauth2',
      grant_type: 'client_credentials',
      token_url: 'https://hello.example.com/token',
      credential_schema: [{ name: 'client_id', label: 'Client id', type: 'string' }],
    };
    const draft = await makeDraft(server, ea(mine), { auth_scheme });
    const answer = await call({ route: 'readyConnector', id: draft.id });
    expect(refusalOf(answer)).toEqual([422, 'auth_details_incomplete']);
    expect(answer.body.error.details).toMatchObject({ missing: ['client_secret'] });
    expect(await facets(draft)).toMatchObject({ stage: 'draft' });
  });

  it('ZO-24 refuses a disabled draft until it is enabled', async () => {
    const draft = await makeDraft(server, ea(mine));
    await done({ route: 'disableConnector', id: draft.id });
    expect(refusalOf(await call({ route: 'readyConnector', id: draft.id }))).toEqual([409, 'connector_disabled']);
    await done({ route: 'enableConnector', id: draft.id });
    await done({ route: 'readyConnector', id: draft.id });
  });

  it('ZO-12 ZO-45 takes no connection in draft', async () => {
    const draft = await makeDraft(server, ea(mine));
    expect(refusalOf(await connect(server, ea(mine), draft.slug))).toEqual([409, 'connector_not_ready']);
    const { body } = await server.call('getConnector', { token: ea(mine), params: { id: draft.id } });
    const { actions } = body._source as { actions: Record<string, unknown> };
    expect(actions['add_connection']).toMatchObject({ allowed: false, code: 'connector_not_ready' });
    expect(actions['references']).toMatchObject({ allowed: false });
  });
});

describe('editing by stage', () => {
  const basic = { auth_scheme: { type: 'basic' } };

  it('ZO-22 ZO-26 fixes the authentication type from ready on, also with replace', async () => {
    const draft = await makeDraft(server, ea(mine));
    expect((await put(draft.id, basic, { confirm: 'true' })).status).toBe(200);
    await done({ route: 'readyConnector', id: draft.id });
    const none = { auth_scheme: { type: 'none' } };
    expect(refusalOf(await put(draft.id, none, { confirm: 'true' }))).toEqual([409, 'auth_type_locked']);
    const whole = { name: 'Whole', description: 'x', base_url: 'https://a.example', operations: [] };
    const replaced = await put(draft.id, { ...whole, ...none }, { replace: 'true', confirm: 'true' });
    expect(refusalOf(replaced)).toEqual([409, 'auth_type_locked']);
  });

  it('ZO-23 asks before a change of the type in draft loses the configuration', async () => {
    const auth_scheme = { type: 'bearer', credential_schema: [{ name: 'token', label: 'Token', type: 'password' }] };
    const draft = await makeDraft(server, ea(mine), { auth_scheme });
    const refused = await put(draft.id, basic);
    expect(refusalOf(refused)).toEqual([409, 'auth_type_change_resets_configuration']);
    const view = async () =>
      (await server.call('getConnector', { token: ea(mine), params: { id: draft.id } })).body._source;
    expect(await view()).toMatchObject({ auth_scheme });
    expect((await put(draft.id, basic, { confirm: 'true' })).status).toBe(200);
    expect(await view()).toMatchObject({ auth_scheme: { type: 'basic', credential_schema: [] } });
    expect(await view()).toMatchObject({ operations: [{ name: 'say_hello' }] });
  });

  it('ZO-27 lets scopes be added but not removed in ready', async () => {
    const field = (name: string, type: string) => ({ name, label: name, type });
    const auth = (oauth_scopes: string[]) => ({
      auth_scheme: {
        ...{ type: 'oauth2', token_url: 'https://hello.example.com/token', oauth_scopes },
        credential_schema: [field('client_id', 'string'), field('client_secret', 'password')],
      },
    });
    const draft = await makeDraft(server, ea(mine), auth(['read', 'write']));
    await done({ route: 'readyConnector', id: draft.id });
    expect(refusalOf(await put(draft.id, auth(['read'])))).toEqual([409, 'scopes_locked']);
    expect(refusalOf(await put(draft.id, auth(['read', 'write-all'])))).toEqual([409, 'scopes_locked']);
    expect((await put(draft.id, auth(['read', 'write', 'admin']))).status).toBe(200);
  });
});

describe('publication', () => {
  it('CH-03 CH-30x DI-71 is in the marketplace after it, not before, and only with passing tests of the present definition', async () => {
    const draft = await makeDraft(server, ea(mine));
    expect(await listed(ea(mine), draft.slug)).not.toContain(draft.id);
    const early = await call(publish(draft.id));
    expect(refusalOf(early)).toEqual([422, 'publish_checklist_failed']);
    expect(early.body.error.details).toMatchObject({ problems: [{ code: 'test_missing', operation: 'say_hello' }] });
    await passTests(server, draft);
    await put(draft.id, { base_url: `${await helloUrl()}/changed` });
    expect(refusalOf(await call(publish(draft.id)))).toEqual([422, 'publish_checklist_failed']);
    await passTests(server, draft);
    await done(publish(draft.id));
    expect(await facets(draft)).toMatchObject({ stage: 'published', visibility: 'enterprise' });
    expect(await listed(ea(mine), draft.slug)).toContain(draft.id);
  });

  it('CH-04 DI-73 DI-76 asks for the audience and for a yes', async () => {
    const draft = await makeDraft(server, ea(mine));
    await passTests(server, draft);
    const bodies = [{ confirm: true }, { visibility: 'everybody', confirm: true }];
    for (const body of bodies) expect((await call({ route: 'publishConnector', id: draft.id, body })).status).toBe(400);
    const unconfirmed = await call({ route: 'publishConnector', id: draft.id, body: { visibility: 'enterprise' } });
    expect(refusalOf(unconfirmed)).toEqual([400, 'confirmation_required']);
    expect(await facets(draft)).toMatchObject({ stage: 'draft' });
  });

  it('CH-04 DI-74 DI-75 gives the catalogue to the platform administrator and the enterprise to its own', async () => {
    const ready = await makeIn(server, makers(), { stage: 'ready', visibility: 'none' });
    const catalogue = publish(ready.id, { visibility: 'catalogue' });
    expect(refusalOf(await call(catalogue))).toEqual([403, 'scope_not_allowed']);
    expect(await facets(ready)).toMatchObject({ stage: 'ready' });
    await done(publish(ready.id));
    const seenBy = async (token: string) =>
      (await server.call('getConnector', { token, params: { id: ready.id } })).status;
    expect([await seenBy(mine.tokens.developer), await seenBy(ea(other))]).toEqual([200, 404]);
    expect(await listed(ea(other), ready.slug)).not.toContain(ready.id);
    expect(refusalOf(await connect(server, ea(other), ready.slug))[0]).toBe(404);
    await done(catalogue, platform);
    expect([await seenBy(ea(other)), await listed(ea(other), ready.slug)]).toEqual([200, [ready.id]]);
  });

  it('DI-72 makes it available to its audience', async () => {
    const ready = await makeIn(server, makers(), { stage: 'ready', visibility: 'none' });
    expect((await connect(server, ea(other), ready.slug)).status).toBe(404);
    await done(publish(ready.id, { visibility: 'catalogue' }), platform);
    expect((await connect(server, other.tokens.developer, ready.slug)).status).toBe(200);
  });

  it('DI-14 locks the slug for good', async () => {
    const draft = await makeDraft(server, ea(mine));
    const slug = `${draft.slug}-renamed`;
    expect((await put(draft.id, { slug })).status).toBe(200);
    await passTests(server, draft);
    await done(publish(draft.id));
    expect(refusalOf(await put(draft.id, { slug: 'another' }))).toEqual([409, 'slug_locked']);
    await done({ route: 'unpublishConnector', id: draft.id });
    expect(refusalOf(await put(draft.id, { slug: 'another' }))).toEqual([409, 'slug_locked']);
    expect((await server.call('getConnector', { token: ea(mine), params: { id: slug } })).body._id).toBe(draft.id);
  });

  it('DI-79x blocks on the overview and a missing operation, and only advises on schemas', async () => {
    const draft = await makeDraft(server, ea(mine), { description: '', operations: [] });
    const { body } = await call(publish(draft.id));
    const { problems } = body.error.details as { problems: { code: string }[] };
    expect(problems.map((problem) => problem.code)).toEqual(['description_missing', 'operation_missing']);
    const { body: view } = await server.call('getConnector', { token: ea(mine), params: { id: draft.id } });
    const { checklist } = view._source as { checklist: { code: string; blocking: boolean; done: boolean }[] };
    expect(checklist).toContainEqual(expect.objectContaining({ code: 'icon_missing', blocking: false, done: false }));
  });

  it('DI-80x DI-81x numbers from 1.0.0, and only upwards', async () => {
    const first = await published();
    expect(await facets(first, '1.0.0')).toMatchObject({ stage: 'published' });
    const made = await done({ route: 'createConnectorVersion', id: first.id, body: {} });
    expect(made).toMatchObject({ result: 'created', version: '1.0.1' });
    await passTests(server, first);
    const older = await call(publish(first.id, { version: '0.9.0' }));
    expect(refusalOf(older)).toEqual([409, 'version_exists']);
    const { version } = (await done(publish(first.id, { version: '2.0.0' }))) as unknown as { version: string };
    expect(version).toBe('2.0.0');
    expect((await call({ route: 'createConnectorVersion', id: first.id, body: { version: '1.5.0' } })).status).toBe(
      409,
    );
    expect((await call({ route: 'createConnectorVersion', id: first.id, body: { version: 'one' } })).status).toBe(400);
  });

  it('DI-82x lets an enterprise ask for the catalogue where reviews are on', async () => {
    const asking = await server.makeTenant('Asking', { features: { review_required: true } });
    const subject = await makeIn(server, { author: ea(asking), platform }, { stage: 'ready', visibility: 'none' });
    const review = (decision: string): Call => ({
      ...{ route: 'reviewVersion', id: subject.id, version: '1.0.0', body: { decision, confirm: true } },
    });
    const reviewOf = async () => (await facetsOf(server, ea(asking), subject)).review;
    await done(review('ask'), ea(asking));
    expect(await reviewOf()).toBe('pending');
    await done(review('reject'), platform);
    expect(await reviewOf()).toBe('rejected');
    await done(review('ask'), ea(asking));
    const edit = {
      token: ea(asking),
      params: { id: subject.id },
      body: { base_url: `${await helloUrl()}/slipped-in` },
    };
    expect((await server.call('updateConnector', edit)).status).toBe(200);
    expect(refusalOf(await call(review('approve'), platform))).toEqual([409, 'invalid_transition']);
    await passTests(server, subject);
    await done(review('ask'), ea(asking));
    expect(refusalOf(await call(review('approve'), ea(asking)))).toEqual([403, 'forbidden_role']);
    await done(review('approve'), platform);
    const after = await facetsOf(server, ea(asking), subject);
    expect(after).toMatchObject({ stage: 'published', visibility: 'catalogue', review: 'none' });
    const mineReady = await makeIn(server, makers(), { stage: 'ready', visibility: 'none' });
    const off = await call({ ...review('ask'), id: mineReady.id });
    expect(refusalOf(off)).toEqual([403, 'scope_not_allowed']);
  });

  it('CH-27 needs somebody who is signed in', async () => {
    const { id } = await makeDraft(server, ea(mine));
    const writes = Object.entries(routePaths).filter(
      ([, [method, path]]) => method !== 'GET' && path.startsWith('/connector/') && !path.endsWith('_search'),
    ) as [RouteId, unknown][];
    expect(writes.length).toBeGreaterThan(20);
    for (const [route] of writes) {
      const answer = await server.call(route, { params: { id, version: '1.0.0' }, body: {} });
      expect([route, answer.status, answer.body.error.code]).toEqual([route, 401, 'unauthenticated']);
    }
  });
});
