/** Conflicting calls on one connector at the same time: what came out must be what some order one after the other gives. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServerHarness, type Answer, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { act, connect, ea, makeDraft, passTests, type Subject } from './lifecycle-fixture.ts';
import { newModel, step, type Model, type ModelAction } from './lifecycle-model.ts';

let server: ServerHarness;
let mine: TestTenant;

beforeAll(async () => {
  server = await startServerHarness();
  mine = await server.makeTenant('Mine');
});
afterAll(() => server.stop());

type Kind = 'edit' | 'connect' | 'publish' | 'disable' | 'disable_all' | 'enable' | 'block' | 'unblock' | 'delete';

interface Outcome {
  readonly kind: Kind;
  readonly number: number;
  readonly answer: Answer;
}

async function startOne(subject: Subject, kind: Kind, number: number): Promise<Outcome> {
  return { kind, number, answer: await callOf(subject, kind, number) };
}

function callOf({ id, slug }: Subject, kind: Kind, number: number): Promise<Answer> {
  const token = ea(mine);
  if (kind === 'edit') {
    const body = { description: `Edit ${String(number)}` };
    return server.call('updateConnector', { token, params: { id }, body });
  }
  if (kind === 'connect') return connect(server, token, slug);
  if (kind === 'block' || kind === 'unblock') {
    return act(server, token, { route: `${kind}Version`, id, version: '1.0.0' });
  }
  if (kind === 'publish') {
    return act(server, token, { route: 'publishConnector', id, body: { visibility: 'enterprise', confirm: true } });
  }
  const body = { disable_connections: true };
  if (kind === 'disable_all') return act(server, token, { route: 'disableConnector', id, body });
  return act(server, token, { route: `${kind}Connector`, id });
}

const codeOf = ({ status, body }: Answer): string => (status === 200 ? 'ok' : body.error.code);

/** Revision of the connector after a write that worked. */
function revisionOf({ body, headers }: Answer): number {
  const tag = /^"(\d+)"$/.exec(String(headers['etag']));
  return typeof body.revision === 'number' ? body.revision : Number(tag?.[1]);
}

const modelActionOf: Partial<Record<Kind, ModelAction>> = {
  ...{ publish: 'publish_enterprise', disable: 'disable', disable_all: 'disable_all', enable: 'enable' },
  ...{ block: 'block', unblock: 'unblock', delete: 'delete' },
};

const stepOf = (model: Model, kind: Kind): string => {
  if (model.isGone) return 'connector_not_found';
  const action = modelActionOf[kind];
  return action === undefined ? 'ok' : step(model, { action, caller: 'EA+', pick: 0 });
};

const isUsable = ({ isOn, isGone, versions }: Model): boolean =>
  isOn && !isGone && ['ready', 'pre_released', 'published'].includes(versions[0]?.stage ?? '');

/** A point of the serial order: the state there, and the connector write that comes next. */
interface Point {
  readonly model: Model;
  readonly next: Kind | undefined;
}

/** Writes in the order of their revisions; each must be allowed where it stands. Connections are looked at apart. */
function replay(writes: readonly Outcome[], first: number): { points: Point[]; end: Model } {
  const ordered = writes.toSorted((left, right) => revisionOf(left.answer) - revisionOf(right.answer));
  expect(ordered.map(({ answer }) => revisionOf(answer))).toEqual(ordered.map((_, index) => first + 1 + index));
  const model = newModel();
  const points: Point[] = [];
  for (const { kind } of ordered) {
    points.push({ model: structuredClone(model), next: kind });
    expect([kind, stepOf(model, kind)]).toEqual([kind, 'ok']);
  }
  points.push({ model: structuredClone(model), next: undefined });
  return { points, end: model };
}

/** Where a connection can have been made so that it is what it is now: on, or switched off by a later `disable_all`. */
function hasPlace(points: readonly Point[], isOn: boolean): boolean {
  return points.some((point, index) => {
    if (!isUsable(point.model)) return false;
    const later = points
      .slice(index)
      .flatMap(({ next }) => (next === 'disable' || next === 'disable_all' ? [next] : []));
    return isOn ? later.length === 0 : later[0] === 'disable_all';
  });
}

/** Where a refusal is the answer; one about connections needs some at that point. */
function isAnswerSomewhere(points: readonly Point[], { kind, answer }: Outcome, isConnected: boolean): boolean {
  const code = codeOf(answer);
  return points.some(({ model }) => {
    const copy = structuredClone(model);
    if (kind === 'connect') return code === connectRefusal(copy);
    if (isConnected && isUsable(copy)) copy.connections.push({ id: 'x', version: '1.0.0', isOn: true });
    return stepOf(copy, kind) === code;
  });
}

function connectRefusal({ isGone, isOn, versions }: Model): string | undefined {
  const stage = versions[0]?.stage;
  if (isGone) return 'connector_not_found';
  if (stage === 'draft') return 'connector_not_ready';
  if (!isOn) return 'connector_disabled';
  return stage === 'blocked' ? 'version_blocked' : undefined;
}

interface Stored {
  readonly stage: string;
  readonly isOn: boolean;
  readonly isGone: boolean;
  readonly revision: number;
  readonly description: string;
  readonly connections: readonly boolean[];
  readonly entries: number;
  readonly contents: number;
}

async function stored({ id, slug }: Subject): Promise<Stored> {
  const db = server.modules.database.connection;
  const connector = await db('connectors')
    .where({ id })
    .first<{ is_enabled: boolean; revision: number; description: string; deleted_at: Date | null }>();
  const version = await db('connector_versions').where({ connector_id: id }).first<Pick<Stored, 'stage'>>();
  const connections = (await db('connections').where({ connector_slug: slug })) as { is_enabled: boolean }[];
  const contents = await db('connector_revisions').where({ connector_id: id });
  const entries = await db('audit_entries').where({ target_id: id });
  return {
    ...{ stage: version.stage, isOn: connector['is_enabled'], revision: connector['revision'] },
    ...{ isGone: connector['deleted_at'] !== null, description: connector['description'] },
    ...{ connections: connections.map((each) => each.is_enabled), entries: entries.length, contents: contents.length },
  };
}

async function draftToPublish(): Promise<{ subject: Subject; first: number }> {
  const subject = await makeDraft(server, ea(mine));
  await passTests(server, subject);
  const { revision } = await stored(subject);
  return { subject, first: revision };
}

/** Everything that must hold, whatever the order was. */
async function verify(subject: Subject, outcomes: readonly Outcome[], first: number): Promise<void> {
  for (const { answer } of outcomes) expect([answer.status < 500, answer.body]).toEqual([true, answer.body]);
  const writes = outcomes.filter(
    ({ kind, answer }) => kind !== 'connect' && answer.status === 200 && kind !== 'delete',
  );
  const removed = outcomes.some(({ kind, answer }) => kind === 'delete' && answer.status === 200);
  const { points, end } = replay(writes, first);
  if (removed) points.push({ model: { ...end, isGone: true }, next: undefined });
  const now = await stored(subject);
  const expected = { stage: end.versions[0]?.stage, isOn: end.isOn, isGone: removed };
  expect(now).toMatchObject({ ...expected, revision: first + writes.length + (removed ? 1 : 0) });
  // Nothing refers to what is gone, and nothing is on of what is off.
  if (removed) expect(now.connections).toEqual([]);
  if (!now.isOn) expect(now.connections).not.toContain(true);
  const made = outcomes.filter(({ kind, answer }) => kind === 'connect' && answer.status === 200);
  expect(now.connections).toHaveLength(made.length);
  for (const isOn of now.connections) expect([isOn, hasPlace(points, isOn)]).toEqual([isOn, true]);
  for (const outcome of outcomes.filter(({ answer }) => answer.status !== 200)) {
    const isPossible = isAnswerSomewhere(points, outcome, made.length > 0);
    expect([outcome.kind, codeOf(outcome.answer), isPossible]).toEqual([outcome.kind, codeOf(outcome.answer), true]);
  }
  const lastEdit = writes
    .filter(({ kind }) => kind === 'edit')
    .toSorted((a, b) => revisionOf(b.answer) - revisionOf(a.answer))[0];
  if (lastEdit !== undefined) expect(now.description).toBe(`Edit ${String(lastEdit.number)}`);
  if (end.versions[0]?.stage !== 'draft') expect(now.contents).toBeGreaterThan(0);
}

describe('200 conflicting calls at once', () => {
  const kinds: readonly Kind[] = [
    ...(['publish', 'edit', 'connect', 'disable', 'connect', 'disable_all', 'enable', 'block', 'unblock'] as const),
    ...(['connect', 'enable', 'edit', 'connect'] as const),
  ];

  it.each([1, 2, 3])('4.1 gives what some serial order gives, round %i', { timeout: 120_000 }, async () => {
    const { subject, first } = await draftToPublish();
    const order = Array.from({ length: 200 }, (_, number) => ({ number, place: Math.random() }));
    order.sort((left, right) => left.place - right.place);
    const outcomes = await Promise.all(
      order.map(({ number }) => startOne(subject, kinds[number % kinds.length] ?? 'edit', number)),
    );
    await verify(subject, outcomes, first);
    expect(outcomes.filter(({ answer }) => answer.status === 200).length).toBeGreaterThan(20);
  });

  it('T17 deletes or connects, never both', { timeout: 120_000 }, async () => {
    const seen = new Set<boolean>();
    for (let round = 0; round < 10; round += 1) {
      const { subject, first } = await draftToPublish();
      const published = await startOne(subject, 'publish', 0);
      const rest: Kind[] = [
        ...Array.from({ length: 6 }, (): Kind => 'edit'),
        ...Array.from({ length: 6 }, (): Kind => 'connect'),
      ];
      rest.splice(round % 12, 0, 'delete', 'disable');
      const outcomes = await Promise.all(rest.map((kind, number) => startOne(subject, kind, number)));
      await verify(subject, [published, ...outcomes], first);
      seen.add(outcomes.some(({ kind, answer }) => kind === 'delete' && answer.status === 200));
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  it('gives one revision to one of many who saved on the same', { timeout: 60_000 }, async () => {
    const { subject, first } = await draftToPublish();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, number) =>
        server.call('updateConnector', {
          ...{ token: ea(mine), params: { id: subject.id }, body: { description: `Edit ${String(number)}` } },
          headers: { 'if-match': `"${String(first)}"` },
        }),
      ),
    );
    const codes = answers.map(codeOf);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(1);
    expect(codes.filter((code) => code === 'revision_conflict')).toHaveLength(39);
    expect((await stored(subject)).revision).toBe(first + 1);
  });
});
