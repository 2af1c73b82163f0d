/** What happens to versions after their publication, through the API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerHarness, type Answer, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { act, connect, ea, facetsOf, helloUrl, makeIn, must, passTests, type OwnSubject } from './lifecycle-fixture.ts';

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
const stageOf = async (subject: OwnSubject, version: string): Promise<string> =>
  (await facetsOf(server, ea(mine), { ...subject, version })).stage;
const refusalOf = ({ status, body }: Answer): unknown[] => [status, body.error.code];
const published = (visibility: 'enterprise' | 'catalogue'): Promise<OwnSubject> =>
  makeIn(server, { author: ea(mine), platform }, { stage: 'published', visibility });
const put = (id: string, body: object, query: Record<string, string> = {}): Promise<Answer> =>
  server.call('updateConnector', { token: ea(mine), params: { id }, body, query });

interface VersionView {
  readonly version: string;
  readonly revision: number;
  readonly stage: string;
  readonly integrity?: string;
  readonly definition_hash: string;
  readonly has_pending_changes: boolean;
  readonly deprecation?: object;
  readonly actions: Record<string, { allowed: boolean; code?: string }>;
}

async function versionsOf({ id }: OwnSubject, token = ea(mine)): Promise<VersionView[]> {
  const { body } = await server.call('searchConnectorVersions', { token, params: { id } });
  const page = body as unknown as { hits: { hits: { _source: VersionView }[] } };
  return page.hits.hits.map((hit) => hit._source);
}

async function versionOf(subject: OwnSubject, version = '1.0.0'): Promise<VersionView> {
  const found = (await versionsOf(subject)).find((each) => each.version === version);
  if (found === undefined) throw new Error(`There is no ${version}`);
  return found;
}

async function listing({ slug }: OwnSubject, token: string): Promise<{ base_url: string; version: string }> {
  const { body } = await server.call('getMarketplaceListing', { token, params: { id: slug } });
  return body._source;
}

async function nextVersion(
  subject: OwnSubject,
  visibility: 'enterprise' | 'catalogue',
  options: object = {},
): Promise<void> {
  const token = visibility === 'catalogue' ? platform : ea(mine);
  await done({ route: 'createConnectorVersion', id: subject.id, body: {} });
  await passTests(server, subject);
  if (visibility === 'catalogue') await done({ route: 'readyConnector', id: subject.id });
  const body = { visibility, confirm: true, version: '1.0.1', ...options };
  await done({ route: 'publishConnector', id: subject.id, body }, token);
}

describe('republication', () => {
  it('CH-14 keeps the version and counts its revision', async () => {
    const subject = await published('enterprise');
    const before = await versionOf(subject);
    expect(before).toMatchObject({ version: '1.0.0', revision: 1 });
    expect((await put(subject.id, { base_url: 'https://new.example.com' })).status).toBe(200);
    expect(await versionOf(subject)).toMatchObject({
      revision: 1,
      has_pending_changes: true,
      integrity: before.integrity,
    });
    expect(await listing(subject, mine.tokens.developer)).toMatchObject({ base_url: await helloUrl() });
    await done({ route: 'republishConnector', id: subject.id });
    const after = await versionOf(subject);
    expect(after).toMatchObject({ version: '1.0.0', revision: 2, stage: 'published', has_pending_changes: false });
    expect(after.integrity).not.toBe(before.integrity);
    expect(await listing(subject, mine.tokens.developer)).toMatchObject({ base_url: 'https://new.example.com' });
  });

  it('T7 is no change when nothing is pending', async () => {
    const subject = await published('enterprise');
    const before = await facetsOf(server, ea(mine), subject);
    const answer = await done({ route: 'republishConnector', id: subject.id });
    expect(answer.revision).toBe(before.revision);
    expect(await facetsOf(server, ea(mine), subject)).toEqual(before);
  });

  it('CH-16 never changes what is or was public', async () => {
    const subject = await published('catalogue');
    const { definition_hash, integrity } = await versionOf(subject);
    const change = { base_url: 'https://new.example.com' };
    expect(refusalOf(await put(subject.id, change))).toEqual([409, 'version_immutable']);
    const whole = { name: 'X', description: 'x', operations: [], ...change };
    expect(refusalOf(await put(subject.id, whole, { replace: 'true' }))).toEqual([409, 'version_immutable']);
    expect(refusalOf(await call({ route: 'republishConnector', id: subject.id }))).toEqual([409, 'version_immutable']);
    expect(await versionOf(subject)).toMatchObject({ definition_hash, integrity, revision: 1 });
    expect((await put(subject.id, { description: 'Says hello, and more.' })).status).toBe(200);
    await done({ route: 'unpublishConnector', id: subject.id }, platform);
    expect(refusalOf(await put(subject.id, change))).toEqual([409, 'version_immutable']);
    expect(await versionOf(subject)).toMatchObject({ definition_hash, integrity, revision: 1 });
  });

  it('ZO-31 lets other parameters change in ready without ending authorizations', async () => {
    const subject = await makeIn(server, { author: ea(mine), platform }, { stage: 'ready', visibility: 'none' });
    const made = await connect(server, ea(mine), subject.slug);
    const auth_scheme = { credential_schema: [{ name: 'note', label: 'A note', type: 'string', required: false }] };
    expect((await put(subject.id, { auth_scheme })).status).toBe(200);
    const { body } = await server.call('getConnection', { token: ea(mine), params: { id: made.body._id } });
    expect(body._source).toMatchObject({ authorization: 'authorized', enabled: true });
  });
});

describe('deprecation', () => {
  it('CH-25 CH-26 is a step of its own: the older version stays until somebody takes it', async () => {
    const subject = await published('enterprise');
    await nextVersion(subject, 'enterprise');
    expect([await stageOf(subject, '1.0.0'), await stageOf(subject, '1.0.1')]).toEqual(['published', 'published']);
    expect((await connect(server, ea(mine), subject.slug)).status).toBe(200);
    await done({ route: 'deprecateVersion', id: subject.id, version: '1.0.0', body: { replaced_by: '1.0.1' } });
    expect([await stageOf(subject, '1.0.0'), await stageOf(subject, '1.0.1')]).toEqual(['deprecated', 'published']);
  });

  it('CH-38x deprecates older ones of the same audience only if asked to', async () => {
    const subject = await published('enterprise');
    await nextVersion(subject, 'enterprise', { deprecate_older: true });
    expect(await versionOf(subject, '1.0.0')).toMatchObject({
      stage: 'deprecated',
      deprecation: { replaced_by: '1.0.1' },
    });
    expect(await stageOf(subject, '1.0.1')).toBe('published');
  });

  it('CH-33x CH-36x takes no new connection and cannot be undone', async () => {
    const subject = await published('enterprise');
    await connect(server, ea(mine), subject.slug);
    await done({ route: 'deprecateVersion', id: subject.id, version: '1.0.0' });
    expect(refusalOf(await connect(server, ea(mine), subject.slug))).toEqual([409, 'version_deprecated']);
    const again = { visibility: 'enterprise', confirm: true, version: '1.0.0' };
    const publication = await call({ route: 'publishConnector', id: subject.id, body: again });
    expect(refusalOf(publication)).toEqual([409, 'invalid_transition']);
    expect(publication.body.error.details).toMatchObject({ stage: 'deprecated', actions: ['retire', 'new_version'] });
    const unblock = await call({ route: 'unblockVersion', id: subject.id, version: '1.0.0' });
    expect(refusalOf(unblock)).toEqual([409, 'invalid_transition']);
  });

  it('names only a replacement that is there', async () => {
    const subject = await published('enterprise');
    const body = { replaced_by: '9.9.9' };
    const answer = await call({ route: 'deprecateVersion', id: subject.id, version: '1.0.0', body });
    expect(refusalOf(answer)).toEqual([400, 'validation_error']);
  });

  it('ZO-03 tells since when, until when, why and what instead', async () => {
    const subject = await published('catalogue');
    await nextVersion(subject, 'catalogue');
    const body = {
      ...{ reason: 'Use the next one.', sunset_at: '2099-01-01T00:00:00.000Z' },
      ...{ link: 'https://hello.example.com/migrate', replaced_by: '1.0.1' },
    };
    await done({ route: 'deprecateVersion', id: subject.id, version: '1.0.0', body }, platform);
    const seen = (await versionsOf(subject, ea(other))).find((each) => each.version === '1.0.0');
    expect(seen).toMatchObject({ stage: 'deprecated', deprecation: { since: expect.any(String) as string, ...body } });
    const { body: old } = await server.call('getConnectorVersion', {
      ...{ token: other.tokens.viewer, params: { id: subject.id, version: '1.0.0' } },
    });
    expect(old._source).toMatchObject({ deprecation: body });
  });
});

describe('block, unpublish, retire', () => {
  it('CH-32x is reversible and out of every list while it lasts', async () => {
    const subject = await published('catalogue');
    await done({ route: 'blockVersion', id: subject.id, version: '1.0.0', body: { reason: 'Leaks.' } }, platform);
    expect((await server.call('getConnector', { token: ea(other), params: { id: subject.id } })).status).toBe(404);
    expect(refusalOf(await connect(server, ea(mine), subject.slug))).toEqual([409, 'version_blocked']);
    await done({ route: 'unblockVersion', id: subject.id, version: '1.0.0' }, platform);
    expect(await listing(subject, ea(other))).toMatchObject({ version: '1.0.0' });
    expect(await facetsOf(server, ea(mine), subject)).toMatchObject({ stage: 'published', visibility: 'catalogue' });
  });

  it('DI-83x unpublishes: gone from the marketplace, still there for who has a connection, and can come back', async () => {
    const subject = await published('catalogue');
    const third = await server.makeTenant('Third');
    expect((await connect(server, ea(other), subject.slug)).status).toBe(200);
    await done({ route: 'unpublishConnector', id: subject.id }, platform);
    const seenBy = async (token: string) =>
      (await server.call('getConnector', { token, params: { id: subject.id } })).status;
    expect([await seenBy(ea(other)), await seenBy(ea(third))]).toEqual([200, 404]);
    expect(refusalOf(await connect(server, ea(other), subject.slug))).toEqual([409, 'connector_not_ready']);
    expect((await connect(server, ea(mine), subject.slug)).status).toBe(200);
    const again = { visibility: 'catalogue', confirm: true };
    await done({ route: 'publishConnector', id: subject.id, body: again }, platform);
    expect(await seenBy(ea(third))).toBe(200);
  });

  it('CH-34x retires: only the owner sees it, nothing can be made with it', async () => {
    const subject = await published('catalogue');
    await done({ route: 'deprecateVersion', id: subject.id, version: '1.0.0' }, platform);
    await done({ route: 'retireVersion', id: subject.id, version: '1.0.0' }, platform);
    expect(await stageOf(subject, '1.0.0')).toBe('retired');
    expect((await server.call('getConnector', { token: ea(other), params: { id: subject.id } })).status).toBe(404);
    expect(refusalOf(await connect(server, ea(mine), subject.slug))).toEqual([410, 'version_retired']);
  });

  it('CH-34x T12 refuses while an enabled connection uses the version, unless the platform forces it', async () => {
    const subject = await published('catalogue');
    const made = await connect(server, ea(other), subject.slug);
    await done({ route: 'deprecateVersion', id: subject.id, version: '1.0.0' }, platform);
    const retire = (body: object): Call => ({ route: 'retireVersion', id: subject.id, version: '1.0.0', body });
    const refused = await call(retire({}), platform);
    expect(refusalOf(refused)).toEqual([409, 'connector_in_use']);
    expect(refused.body.error.details).toMatchObject({ references: { connections: [], others: 1 } });
    expect(refusalOf(await call(retire({ force: true })))).toEqual([403, 'forbidden_role']);
    await server.call('disableConnection', { token: ea(other), params: { id: made.body._id }, body: {} });
    await done(retire({}), platform);
    expect(
      (await server.call('enableConnection', { token: ea(other), params: { id: made.body._id }, body: {} })).status,
    ).not.toBe(200);
    const forced = await published('catalogue');
    await connect(server, ea(other), forced.slug);
    await done({ route: 'deprecateVersion', id: forced.id, version: '1.0.0' }, platform);
    await done({ ...retire({ force: true }), id: forced.id }, platform);
    expect(await stageOf(forced, '1.0.0')).toBe('retired');
  });

  it('CH-31x pre-releases to an audience, marked as such, and back', async () => {
    const subject = await makeIn(server, { author: ea(mine), platform }, { stage: 'ready', visibility: 'none' });
    const prerelease = (body: object): Call => ({ route: 'prereleaseVersion', id: subject.id, version: '1.0.0', body });
    expect(refusalOf(await call(prerelease({ visibility: 'catalogue' })))).toEqual([403, 'scope_not_allowed']);
    await done(prerelease({ visibility: 'enterprise' }));
    expect(await facetsOf(server, mine.tokens.viewer, subject)).toMatchObject({ stage: 'pre_released' });
    expect((await connect(server, mine.tokens.developer, subject.slug)).status).toBe(200);
    await done(prerelease({ withdraw: true }));
    expect(await stageOf(subject, '1.0.0')).toBe('ready');
    await done(prerelease({}));
    await done({ route: 'publishConnector', id: subject.id, body: { visibility: 'enterprise', confirm: true } });
    expect(await stageOf(subject, '1.0.0')).toBe('published');
  });

  it('CH-37x T8 widens to the catalogue if the slug is free everywhere, and never narrows', async () => {
    const [subject, same] = [await published('enterprise'), await published('enterprise')];
    const widen = (id: string): Call => ({
      ...{ route: 'publishConnector', id, body: { visibility: 'catalogue', confirm: true } },
    });
    const clash = await server.call('createConnector', { token: ea(other), body: { name: 'Clash', slug: same.slug } });
    expect(clash.status).toBe(200);
    expect(refusalOf(await call(widen(same.id), platform))).toEqual([409, 'slug_taken']);
    await done(widen(subject.id), platform);
    expect(await facetsOf(server, ea(other), subject)).toMatchObject({ stage: 'published', visibility: 'catalogue' });
    const narrow = await call({ ...widen(subject.id), body: { visibility: 'enterprise', confirm: true } });
    expect(refusalOf(narrow)).toEqual([409, 'invalid_transition']);
    const taken = await server.call('createConnector', { token: ea(other), body: { name: 'X', slug: subject.slug } });
    expect(refusalOf(taken)).toEqual([409, 'slug_taken']);
  });
});

describe('the list of versions', () => {
  it('is newest first, in pages, and only what the caller sees', async () => {
    const subject = await published('catalogue');
    await nextVersion(subject, 'catalogue');
    await done({ route: 'createConnectorVersion', id: subject.id, body: { version: '2.0.0', source_ref: 'fix-1' } });
    expect((await versionsOf(subject)).map((each) => each.version)).toEqual(['2.0.0', '1.0.1', '1.0.0']);
    expect((await versionsOf(subject, ea(other))).map((each) => each.version)).toEqual(['1.0.1', '1.0.0']);
    const search = async (query: Record<string, string>): Promise<Answer> =>
      server.call('searchConnectorVersions', { token: ea(mine), params: { id: subject.id }, query });
    const second = await search({ sort: 'version', from: '1', size: '1' });
    expect(second.body).toMatchObject({ hits: { total: { value: 3 }, hits: [{ _id: '1.0.1' }] } });
    expect((await search({ query: 'fix-1' })).body).toMatchObject({ hits: { total: { value: 1 } } });
    expect(refusalOf(await search({ sort: 'nothing' }))).toEqual([400, 'validation_error']);
  });

  it('CH-18 keeps the ref of each version', async () => {
    const subject = await published('enterprise');
    const second = { version: '1.0.1', source_ref: 'fix-1' };
    expect(await done({ route: 'createConnectorVersion', id: subject.id, body: second })).toMatchObject({
      version: '1.0.1',
    });
    const exists = await call({ route: 'createConnectorVersion', id: subject.id, body: { version: '1.0.2' } });
    expect(refusalOf(exists)).toEqual([409, 'draft_exists']);
    const refs = (await versionsOf(subject)).map((each) => (each as { source_ref?: string }).source_ref);
    expect(refs).toEqual(['fix-1', undefined]);
  });
});

describe('concurrency and audit', () => {
  it('honours If-Match and gives the revision that is there', async () => {
    const subject = await published('enterprise');
    const { revision } = await facetsOf(server, ea(mine), subject);
    const block = (match: string) =>
      server.call('blockVersion', {
        ...{ token: ea(mine), params: { id: subject.id, version: '1.0.0' }, body: {}, headers: { 'if-match': match } },
      });
    const refused = await block(`"${String(revision - 1)}"`);
    expect(refusalOf(refused)).toEqual([409, 'revision_conflict']);
    expect(refused.body.error.details).toMatchObject({ revision });
    expect((await block(`"${String(revision)}"`)).body.revision).toBe(revision + 1);
  });

  it('writes who did what, from where to where and why', async () => {
    const subject = await published('enterprise');
    await done({ route: 'blockVersion', id: subject.id, version: '1.0.0', body: { reason: 'Leaks.' } });
    const { body } = await server.call('searchAudit', { token: ea(mine), query: { target: subject.id } });
    const page = body as unknown as { hits: { hits: { _source: Record<string, unknown> }[] } };
    const entries = page.hits.hits.map((hit) => hit._source);
    expect(entries[0]).toMatchObject({
      ...{
        action: 'connector_block',
        from: 'published',
        to: 'blocked',
        version: '1.0.0',
        reason: 'Leaks.',
        tenant: mine.id,
      },
      actor: expect.stringContaining('enterprise_admin') as string,
    });
    const actions = ['block', 'publish', 'ready', 'create'].map((action) => `connector_${action}`);
    expect(entries.map((entry) => entry['action'])).toEqual(actions);
  });
});
