/** Who may do what: role x action x state x owner through the API, against a table written by hand. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerHarness, type Answer, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { act, ea, makeDraft, makeIn, passTests, readyBody, type Makers, type Subject } from './lifecycle-fixture.ts';
import {
  conditions,
  expectedOf,
  matrixActions,
  platformStates,
  type CallerKind,
  type Cell,
  type MatrixAction,
  type OwnerKind,
} from './role-matrix.ts';

const longMs = 600_000;

let server: ServerHarness;
let mine: TestTenant;
let other: TestTenant;
let both: TestTenant;
let without: TestTenant;
let platform: string;

beforeAll(async () => {
  server = await startServerHarness();
  mine = await server.makeTenant('Mine');
  other = await server.makeTenant('Other');
  both = await server.makeTenant('Both', { platformAdmin: true });
  without = await server.makeTenant('Without');
  platform = await server.makePlatformAdmin();
});
afterAll(() => server.stop());

/** Connectors by owner and state; one that an action changed is made anew. */
const subjects = new Map<string, Subject>();

interface Row {
  readonly caller: CallerKind;
  readonly owner: OwnerKind;
  readonly token: string;
  readonly makers: Makers;
  readonly key: string;
}

const rowOf = (caller: CallerKind, owner: OwnerKind): Row => {
  if (owner === 'platform') {
    const token = { PA: platform, 'PA+EA': ea(both) }[caller as string] ?? ea(mine);
    return { caller, owner, token, makers: { author: platform, platform }, key: 'platform' };
  }
  const tokens: Partial<Record<CallerKind, string>> = {
    ...{ PA: platform, 'PA+EA': ea(both), 'EA+': ea(mine), 'EA-': ea(without) },
    ...{ DEV: mine.tokens.developer, VW: mine.tokens.viewer, E2: ea(other) },
  };
  const tenant = caller === 'PA+EA' ? both : caller === 'EA-' ? without : mine;
  return { caller, owner, token: tokens[caller] ?? '', makers: { author: ea(tenant), platform }, key: tenant.id };
};

async function subjectIn(row: Row, state: string): Promise<Subject> {
  const key = `${row.key} ${state}`;
  const known = subjects.get(key);
  if (known !== undefined) return known;
  const condition = conditions[state];
  if (condition === undefined) throw new Error(`There is no state ${state}`);
  const made = await makeIn(server, row.makers, condition);
  // The others were tested on their way.
  if (condition.stage === 'draft') await passTests(server, made);
  subjects.set(key, made);
  return made;
}

const codeOf = ({ status, body }: Answer): string => (status === 200 ? 'ok' : body.error.code);

interface StoredFacets {
  readonly stage: string;
  readonly revision: number;
  readonly deleted_at: Date | null;
}

async function stored({ id }: Subject): Promise<StoredFacets | undefined> {
  const db = server.modules.database.connection;
  return db('connectors as c')
    .join('connector_versions as v', { 'v.connector_id': 'c.id' })
    .where({ 'c.id': id, 'v.version': '1.0.0' })
    .first<StoredFacets | undefined>('v.stage', 'c.revision', 'c.deleted_at');
}

const callAction = (row: Row, subject: Subject, action: MatrixAction): Promise<Answer> =>
  act(server, row.token, {
    ...{ route: action.route, id: subject.id, body: action.body },
    ...(action.isOfVersion && { version: '1.0.0' }),
  });

/** Does one cell; gives what is wrong with it. */
async function tryCell(row: Row, cell: Cell): Promise<string[]> {
  const subject = await subjectIn(row, cell.state);
  const expected = expectedOf(cell);
  const answer = codeOf(await callAction(row, subject, cell.action));
  const name = `${cell.caller} ${cell.owner} ${cell.state}: ${cell.action.name}`;
  if (answer !== expected) {
    subjects.delete(`${row.key} ${cell.state}`);
    return [`${name} answered ${answer}, not ${expected}`];
  }
  if (answer !== 'ok') return [];
  subjects.delete(`${row.key} ${cell.state}`);
  const after = await stored(subject);
  const target = cell.action.works[cell.state] ?? '-';
  const isGone = after === undefined || after.deleted_at !== null;
  const stage = isGone ? 'gone' : after.stage;
  const wanted = target === '-' ? cell.state.split('/')[0] : target;
  return stage === wanted ? [] : [`${name} led to ${stage}, not ${String(wanted)}`];
}

async function tryState(row: Row, state: string): Promise<string[]> {
  const problems: string[] = [];
  for (const action of matrixActions) {
    const cell = { action, state, caller: row.caller, owner: row.owner };
    const before = expectedOf(cell) === 'ok' ? undefined : await stored(await subjectIn(row, state));
    problems.push(...(await tryCell(row, cell)));
    const known = subjects.get(`${row.key} ${state}`);
    if (before === undefined || known === undefined) continue;
    const after = await stored(known);
    if (after?.revision !== before.revision) problems.push(`${row.caller} ${state}: ${action.name} changed something`);
  }
  return problems;
}

const tenantCallers = ['EA+', 'PA+EA', 'PA', 'DEV', 'VW', 'E2'] as const;

describe('the matrix', () => {
  it.each(tenantCallers)(
    '4.1 4.5 CH-29x CH-35x CH-37x answers %s as the table says, in every state of a connector of a tenant',
    async (caller) => {
      const problems: string[] = [];
      for (const state of Object.keys(conditions)) problems.push(...(await tryState(rowOf(caller, 'tenant'), state)));
      expect(problems).toEqual([]);
    },
    longMs,
  );

  it.each(['PA', 'PA+EA', 'EA+'] as const)(
    '4.1 4.5 answers %s as the table says, in every state of a connector of the platform',
    async (caller) => {
      const problems: string[] = [];
      for (const state of platformStates) problems.push(...(await tryState(rowOf(caller, 'platform'), state)));
      expect(problems).toEqual([]);
    },
    longMs,
  );

  it(
    'DI-01 answers an administrator without SDK access as the table says, in every state',
    { timeout: longMs },
    async () => {
      const row = rowOf('EA-', 'tenant');
      for (const state of Object.keys(conditions)) await subjectIn(row, state);
      const body = { features: { sdk_access: false } };
      const headers = { 'if-match': '*' };
      const off = await server.call('updateTenant', { token: platform, params: { id: without.id }, body, headers });
      expect(off.status, JSON.stringify(off.body)).toBe(200);
      const problems: string[] = [];
      for (const state of Object.keys(conditions)) problems.push(...(await tryState(row, state)));
      expect(problems).toEqual([]);
      const created = await server.call('createConnector', { token: ea(without), body: { name: 'No', ...readyBody } });
      expect([created.status, codeOf(created)]).toEqual([403, 'sdk_access_disabled']);
    },
  );
});

describe('creating', () => {
  const create = (token: string): Promise<Answer> =>
    server.call('createConnector', { token, body: { name: 'By role', ...readyBody } });

  it('DI-01 is for platform administrators and enterprise administrators', async () => {
    for (const token of [platform, ea(mine), ea(both)]) expect((await create(token)).status).toBe(200);
    for (const token of [mine.tokens.developer, mine.tokens.viewer]) {
      expect([(await create(token)).status, codeOf(await create(token))]).toEqual([403, 'forbidden_role']);
    }
  });

  it('ZO-01 needs the feature custom connectors; built-ins work without', async () => {
    const old = await server.makeTenant('Old edition', { features: { custom_connectors: false } });
    const refused = await create(ea(old));
    expect([refused.status, codeOf(refused)]).toEqual([403, 'feature_not_available']);
    const body = { name: 'Data', connector: 'worldbank' };
    expect((await server.call('createConnection', { token: ea(old), body })).status).toBe(200);
  });

  it('DI-78x DI-86x hides drafts from everybody but the administrators of the owner', async () => {
    const { id } = await makeDraft(server, ea(mine));
    const seen = async (token: string) => (await server.call('getConnector', { token, params: { id } })).status;
    const tokens = [ea(mine), mine.tokens.developer, mine.tokens.viewer, ea(other), platform, ea(both)];
    expect(await Promise.all(tokens.map(seen))).toEqual([200, 404, 404, 404, 404, 404]);
  });
});
