/** Plays sequences of actions through the API, several connectors at a time, and holds each step against the model. */
import { stages } from '@patchbay/api-contract';
import { startServerHarness, type Answer, type ServerHarness } from '../server/server-harness.ts';
import { act, connect, ea, makeDraft, passTests, type Subject } from './lifecycle-fixture.ts';
import { routeOf } from './lifecycle-api-calls.ts';
import { connectStep, newModel, picked, step, type Command, type Model, type ModelCaller } from './lifecycle-model.ts';
import type { SequenceStep } from './lifecycle-sequences.ts';

/** What came of a run. */
export interface Report {
  readonly sequences: number;
  readonly calls: number;
  /** Number of answers by code. */
  readonly codes: Readonly<Record<string, number>>;
  /** Actions that worked at least once. */
  readonly worked: ReadonlySet<string>;
  readonly serverErrors: number;
  /** Where the API did something else than the model; the first wrong step of each sequence. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly sequence: number;
  readonly step: number;
  readonly steps: readonly SequenceStep[];
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Sequences that are at work at the same time; more than the machine has cores, because each waits for PostgreSQL most of the time. */
const laneCount = 6;

/** A pair of tenants: connectors and connections of one lane do not slow the others down. */
interface Lane {
  readonly server: ServerHarness;
  readonly tokens: Readonly<Record<ModelCaller, string>>;
}

/** Servers and tenants for {@link playAll}. */
export interface Lanes {
  readonly server: ServerHarness;
  readonly lanes: readonly Lane[];
  stop(): Promise<void>;
}

export async function startLanes(): Promise<Lanes> {
  const server = await startServerHarness();
  const lanes: Lane[] = [];
  for (let number = 0; number < laneCount; number += 1) {
    lanes.push({ server, tokens: await makeCallers(server, String(number)) });
  }
  return { server, lanes, stop: () => server.stop() };
}

async function makeCallers(server: ServerHarness, lane: string): Promise<Lane['tokens']> {
  const features = { review_required: true };
  const mine = await server.makeTenant(`Mine ${lane}`, { features });
  const other = await server.makeTenant(`Other ${lane}`, { features });
  return {
    ...{ PA: await server.makePlatformAdmin(), 'EA+': ea(mine), E2: ea(other) },
    'PA+EA': await server.makeUser({ tenantId: mine.id, role: 'enterprise_admin', isPlatformAdmin: true }),
    ...{ DEV: mine.tokens.developer, VW: mine.tokens.viewer },
    ...{ DEV2: other.tokens.developer, VW2: other.tokens.viewer },
  };
}

/** Plays every sequence on a connector of its own. */
export async function playAll({ lanes }: Lanes, sequences: readonly (readonly SequenceStep[])[]): Promise<Report> {
  const tally = { calls: 0, codes: {} as Record<string, number>, worked: new Set<string>(), serverErrors: 0 };
  const differences: Difference[] = [];
  const waiting = sequences.entries();
  const drain = async (lane: Lane): Promise<void> => {
    for (const [sequence, steps] of waiting) {
      const found = await playOne(lane, steps, (kind, answer) => {
        tally.calls += 1;
        if (answer.status >= 500) tally.serverErrors += 1;
        const code = codeOf(answer);
        tally.codes[code] = (tally.codes[code] ?? 0) + 1;
        if (code === 'ok') tally.worked.add(kind);
      });
      if (found !== undefined) differences.push({ sequence, steps, ...found });
    }
  };
  await Promise.all(lanes.map(drain));
  return { sequences: sequences.length, ...tally, differences };
}

type Seen = (kind: SequenceStep['action'], answer: Answer) => void;
type Found = Pick<Difference, 'step' | 'expected' | 'actual'>;

const codeOf = ({ status, body }: Answer): string => (status === 200 ? 'ok' : body.error.code);

async function playOne(lane: Lane, steps: readonly SequenceStep[], seen: Seen): Promise<Found | undefined> {
  const { server, tokens } = lane;
  const subject = await makeDraft(server, tokens['EA+']);
  await passTests(server, subject);
  const model = newModel();
  for (const [index, wanted] of steps.entries()) {
    const answer = await perform(lane, { subject, model, wanted });
    if (answer === undefined) continue;
    seen(wanted.action, answer);
    const state = await readState(server, subject);
    const expected = { code: await expectedCode(model, { wanted, state }), state: stateOf(model) };
    const actual = { code: codeOf(answer), state };
    if (JSON.stringify(actual) !== JSON.stringify(expected)) return { step: index, expected, actual };
  }
  await leaveNothing(lane, model);
  return undefined;
}

interface Move {
  readonly subject: Subject;
  readonly model: Model;
  readonly wanted: SequenceStep;
}

/** Undefined: there is nothing that it could be done to. */
async function perform({ server, tokens }: Lane, { subject, model, wanted }: Move): Promise<Answer | undefined> {
  if (isCommand(wanted)) {
    const call = routeOf(wanted.action, picked(model, wanted).number);
    return act(server, tokens[wanted.caller], { ...call, id: subject.id });
  }
  if (wanted.action === 'connect') return connect(server, tokens.DEV, subject.slug);
  const [oldest] = model.connections;
  return oldest && server.call('deleteConnection', { token: tokens.DEV, params: { id: oldest.id } });
}

const isCommand = (wanted: SequenceStep): wanted is Command => 'caller' in wanted;

async function expectedCode(
  model: Model,
  { wanted, state }: { readonly wanted: SequenceStep; readonly state: LifecycleState },
): Promise<string> {
  if (isCommand(wanted)) return step(model, wanted);
  if (wanted.action === 'connect') return connectStep(model, madeIn(state, model));
  model.connections.shift();
  return 'ok';
}

/** The connection that stands there and was not there before. */
function madeIn(state: LifecycleState, model: Model): { id: string; version: string } | undefined {
  if (state === 'gone') return undefined;
  const [id, version] = state.connections.find(([id]) => model.connections.every((each) => each.id !== id)) ?? [];
  return id === undefined || version === undefined ? undefined : { id, version };
}

/** The six facets (requirements.md 4), as they stand in the tables; connections with authorization, switch and health. */
type LifecycleState =
  | 'gone'
  | {
      readonly isOn: boolean;
      readonly isBuiltin: boolean;
      readonly versions: readonly unknown[];
      readonly connections: readonly (readonly [string, string, boolean, string, string])[];
    };

const facetsQuery = `
  select c.is_enabled as "isOn", c.is_builtin as "isBuiltin", c.deleted_at is not null as "isGone",
         (select json_agg(json_build_array(v.version, v.stage, v.visibility, v.review, v.was_catalogue) order by v.version)
            from connector_versions v where v.connector_id = c.id) as versions,
         (select coalesce(json_agg(json_build_array(n.id, n.connector_version, n.is_enabled, n."authorization", n.health)
                                   order by n.created_at, n.id), '[]')
            from connections n where n.connector_slug = c.slug) as connections
    from connectors c where c.id = ?`;

async function readState(server: ServerHarness, { id }: Subject): Promise<LifecycleState> {
  type Row = Exclude<LifecycleState, 'gone'> & { readonly isGone: boolean };
  const { rows } = await server.modules.database.connection.raw<{ rows: Row[] }>(facetsQuery, [id]);
  const [row] = rows;
  if (row === undefined || row.isGone) return 'gone';
  const { isOn, isBuiltin, versions, connections } = row;
  return { isOn, isBuiltin, versions, connections };
}

function stateOf(model: Model): LifecycleState {
  if (model.isGone) return 'gone';
  return {
    isOn: model.isOn,
    isBuiltin: false,
    versions: model.versions.map((each) => [each.number, each.stage, each.audience, each.review, each.wasPublic]),
    connections: model.connections.map(({ id, version, isOn }) => [id, version, isOn, 'authorized', 'unchecked']),
  };
}

/** Else every sequence would be slower than the one before: a tenant with thousands of connections is not what is looked at here. */
async function leaveNothing({ server, tokens }: Lane, { connections }: Model): Promise<void> {
  for (const { id } of connections) await server.call('deleteConnection', { token: tokens.DEV, params: { id } });
}

/** Every stage, visibility and review that stands in the tables, as `stage/visibility/review`. */
export async function storedStates({ server }: Lanes): Promise<string[]> {
  const rows = await server.modules.database
    .connection('connector_versions')
    .distinct<Record<'stage' | 'visibility' | 'review', string>[]>('stage', 'visibility', 'review');
  return rows.map(({ stage, visibility, review }) => `${stage}/${visibility}/${review}`).toSorted();
}

/** The states that the table of transitions can lead to. */
export const knownStates: ReadonlySet<string> = new Set(
  stages.flatMap((stage) => {
    if (stage === 'draft') return ['draft/none/none'];
    if (stage === 'ready') return ['none', 'pending', 'rejected'].map((review) => `ready/none/${review}`);
    return ['enterprise', 'catalogue'].map((visibility) => `${stage}/${visibility}/none`);
  }),
);
