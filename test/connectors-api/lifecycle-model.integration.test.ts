/** Random sequences of actions by random callers: the registry against a tiny model of its own, in memory and through the API. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stages, type RouteId } from '@patchbay/api-contract';
import { startServerHarness, type Answer, type ServerHarness, type TestTenant } from '../server/server-harness.ts';
import { act, connect, ea, makeDraft, passTests, type Subject } from './lifecycle-fixture.ts';
import { applied, decide, newState, requestOf, type State } from './lifecycle-in-memory.ts';
import {
  modelActions,
  modelCallers,
  newModel,
  ofConnector,
  picked,
  step,
  type Command,
  type Model,
  type ModelAction,
  type ModelCaller,
} from './lifecycle-model.ts';

const sequencesInMemory = 10_000;
const sequencesThroughApi = 300;

/** Callers that may do something come more often: else nearly all answers are refusals. */
const callers = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<ModelCaller>('EA+', 'PA+EA', 'PA') },
  { weight: 1, arbitrary: fc.constantFrom(...modelCallers) },
);
const actions = fc.oneof(
  { weight: 25, arbitrary: fc.constantFrom(...modelActions.filter((action) => action !== 'delete')) },
  { weight: 10, arbitrary: fc.constantFrom<ModelAction>('ready', 'publish_enterprise', 'new_version', 'enable') },
  { weight: 1, arbitrary: fc.constant<ModelAction>('delete') },
);
const commands = (maxLength: number): fc.Arbitrary<Command[]> =>
  fc.array(fc.record({ action: actions, caller: callers, pick: fc.nat({ max: 5 }) }), { minLength: 4, maxLength });

const factsOf = (model: Model): unknown[] =>
  model.versions.map(({ number, stage, audience, review, wasPublic }) => [number, stage, audience, review, wasPublic]);

describe('the state machine in memory', () => {
  it('4.1 answers and moves as the model in 10,000 random sequences', { timeout: 300_000 }, () => {
    const reached = new Set<string>();
    let worked = 0;
    fc.assert(
      fc.property(commands(30), (sequence) => {
        const model = newModel();
        let state: State | undefined = newState();
        for (const command of sequence) {
          if (state === undefined) break;
          const decision = decide(requestOf(state, model, command));
          const answer = decision.isAllowed ? 'ok' : decision.refusal.code;
          expect([command, answer]).toEqual([command, step(model, command)]);
          if (!decision.isAllowed) continue;
          worked += 1;
          state = applied(state, decision.changes);
          reached.add(`${decision.transition} ${command.action}`);
          expect(state === undefined).toBe(model.isGone);
          if (state !== undefined) expect([state.isEnabled, inOrder(state)]).toEqual([model.isOn, factsOf(model)]);
        }
      }),
      { numRuns: sequencesInMemory },
    );
    // Every action has worked somewhere, or the sequences prove little.
    for (const action of modelActions) expect([...reached].join()).toContain(action);
    expect(worked).toBeGreaterThan(sequencesInMemory);
  });
});

const inOrder = (state: State): unknown[] =>
  state.versions
    .toReversed()
    .map(({ version, stage, visibility, review, wasCatalogue }) => [version, stage, visibility, review, wasCatalogue]);

describe('the state machine through the API', () => {
  let server: ServerHarness;
  let tokens: Record<ModelCaller, string>;

  beforeAll(async () => {
    server = await startServerHarness();
    const features = { review_required: true };
    const mine: TestTenant = await server.makeTenant('Mine', { features });
    const other = await server.makeTenant('Other', { features });
    tokens = {
      ...{ PA: await server.makePlatformAdmin(), 'EA+': ea(mine), E2: ea(other) },
      'PA+EA': await server.makeUser({ tenantId: mine.id, role: 'enterprise_admin', isPlatformAdmin: true }),
      ...{ DEV: mine.tokens.developer, VW: mine.tokens.viewer },
    };
  });
  afterAll(() => server.stop());

  it('4.1 answers and moves as the model in 300 random sequences', { timeout: 600_000 }, async () => {
    const sequences = fc.sample(
      fc.record({ sequence: commands(14), connects: fc.array(fc.nat({ max: 13 }), { maxLength: 3 }) }),
      sequencesThroughApi,
    );
    let calls = 0;
    for (const { sequence, connects } of sequences) {
      const subject = await makeDraft(server, tokens['EA+']);
      await passTests(server, subject);
      const model = newModel();
      for (const [index, command] of sequence.entries()) {
        if (connects.includes(index)) await tryConnect(model, subject);
        const answer = await callCommand(subject, model, command);
        calls += 1;
        expect(answer.status).toBeLessThan(500);
        const code = answer.status === 200 ? 'ok' : answer.body.error.code;
        expect({ sequence, index, code }).toEqual({ sequence, index, code: step(model, command) });
      }
      expect({ sequence, stored: await stored(subject) }).toEqual({ sequence, stored: storedOf(model) });
    }
    expect(calls).toBeGreaterThan(sequencesThroughApi * 4);
  });

  /** Whatever the answer is, what it did is in the model; whether it may is another test's business. */
  async function tryConnect(model: Model, { slug }: Subject): Promise<void> {
    const { status, body } = await connect(server, tokens.DEV, slug);
    expect([200, 404, 409, 410]).toContain(status);
    if (status !== 200) return;
    const found = await server.call('getConnection', { token: tokens.DEV, params: { id: body._id } });
    const { connector_version: version } = found.body._source as { connector_version: string };
    model.connections.push({ id: body._id, version, isOn: true });
    const stage = model.versions.find(({ number }) => number === version)?.stage;
    expect([model.isOn, stage]).toEqual([true, expect.stringMatching(/^(ready|pre_released|published)$/) as string]);
  }

  function callCommand({ id }: Subject, model: Model, command: Command): Promise<Answer> {
    const { number } = picked(model, command);
    const { route, body, isOfVersion } = calls[command.action](number);
    const version = isOfVersion && !ofConnector.has(command.action) ? { version: number } : {};
    return act(server, tokens[command.caller], { route, id, body, ...version });
  }

  async function stored({ id }: Subject): Promise<unknown> {
    const db = server.modules.database.connection;
    const connector = await db('connectors')
      .where({ id })
      .whereNull('deleted_at')
      .first<{ is_enabled: boolean } | undefined>();
    if (connector === undefined) return 'gone';
    const rows = (await db('connector_versions').where({ connector_id: id }).orderBy('version')) as Record<
      string,
      never
    >[];
    for (const row of rows) expect(stages).toContain(row['stage']);
    return [
      connector.is_enabled,
      rows.map((row) => [row['version'], row['stage'], row['visibility'], row['review'], row['was_catalogue']]),
    ];
  }
});

const storedOf = (model: Model): unknown => (model.isGone ? 'gone' : [model.isOn, factsOf(model)]);

interface ApiCall {
  readonly route: RouteId;
  readonly body?: object;
  readonly isOfVersion?: boolean;
}
const confirm = true;
const publication =
  (visibility: string) =>
  (version: string): ApiCall => ({
    ...{ route: 'publishConnector', body: { visibility, confirm, version } },
  });
const ofVersion =
  (route: RouteId, body: object = {}) =>
  (): ApiCall => ({ route, body, isOfVersion: true });
const whole = (route: RouteId, body?: object) => (): ApiCall => ({ route, ...(body && { body }) });

const calls: Record<ModelAction, (version: string) => ApiCall> = {
  ready: whole('readyConnector'),
  new_version: whole('createConnectorVersion'),
  enable: whole('enableConnector'),
  disable: whole('disableConnector'),
  disable_all: whole('disableConnector', { disable_connections: true }),
  delete: whole('deleteConnector'),
  publish_enterprise: publication('enterprise'),
  publish_catalogue: publication('catalogue'),
  prerelease_enterprise: ofVersion('prereleaseVersion', { visibility: 'enterprise' }),
  prerelease_catalogue: ofVersion('prereleaseVersion', { visibility: 'catalogue' }),
  withdraw_prerelease: ofVersion('prereleaseVersion', { withdraw: true }),
  ask: ofVersion('reviewVersion', { decision: 'ask', confirm }),
  approve: ofVersion('reviewVersion', { decision: 'approve', confirm }),
  reject: ofVersion('reviewVersion', { decision: 'reject' }),
  withdraw_review: ofVersion('reviewVersion', { decision: 'withdraw' }),
  republish: (version) => ({ route: 'republishConnector', body: { version } }),
  unpublish: (version) => ({ route: 'unpublishConnector', body: { version } }),
  block: ofVersion('blockVersion'),
  unblock: ofVersion('unblockVersion'),
  deprecate: ofVersion('deprecateVersion'),
  retire: ofVersion('retireVersion'),
  retire_by_force: ofVersion('retireVersion', { force: true }),
};
