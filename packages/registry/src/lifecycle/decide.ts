import type { Stage } from '@patchbay/api-contract';
import type { Caller } from '../caller.ts';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import { readerOf } from '../connector/reader.ts';
import { stageDetails } from './guards.ts';
import type { ActionContext, ActionInput, Changes, GuardFacts, LifecycleAction, Refusal } from './lifecycle-action.ts';
import { defaultAudience, refuseRole } from './permissions.ts';
import { seesVersion } from './sees-version.ts';
import { transitionTable, type Transition } from './transition-table.ts';

/** A question to the state machine. */
export interface ActionRequest {
  readonly action: LifecycleAction;
  readonly state: ConnectorState;
  readonly caller: Caller;
  readonly input: ActionInput;
  readonly facts: GuardFacts;
}

/** Yes with what changes, or no with the reason. */
export type Decision =
  | { readonly isAllowed: true; readonly transition: string; readonly version: VersionState; readonly changes: Changes }
  | { readonly isAllowed: false; readonly refusal: Refusal };

/** Actions on the connector as a whole: its stages do not matter. */
const wholeConnector: ReadonlySet<LifecycleAction> = new Set(['disable', 'enable', 'delete']);
/** What a connector that comes with the program is never asked to do: its package does that. */
const notForBuiltins: ReadonlySet<LifecycleAction> = new Set(['delete', 'new_version', 'ready', 'edit']);

/**
 * Decides about an action, without touching anything. Asks in the order of requirements.md 4.1: visible, role, built-in, then the
 * request itself, state, references, content. `checks` may stop earlier, for a menu.
 */
export function decide(request: ActionRequest, checks: 'all' | 'without_content' = 'all'): Decision {
  const version = versionOf(request);
  if (version === undefined || !isSeen(request, version)) return refused({ code: 'connector_not_found' });
  const input = withAudience(request);
  const context: ActionContext = { ...request, version, input, actor: request.caller.name };
  const early = refuseCaller(request, context) ?? refuseOutdated(request);
  if (early !== undefined) return refused(early);
  const row = rowOf(request.action, version.stage);
  const explain = (refusal: Refusal): Refusal => (checks === 'all' ? withPossible(refusal, request, version) : refusal);
  if (row === undefined) return refused(explain({ code: 'invalid_transition' }));
  const guards = checks === 'all' ? row.guards : row.guards.filter((guard) => guard.kind === 'state');
  for (const guard of guards) {
    const refusal = guard.refuse(context);
    if (refusal !== undefined) return refused(explain(refusal));
  }
  return { isAllowed: true, transition: row.id, version, changes: row.effect(context) };
}

const refused = (refusal: Refusal): Decision => ({ isAllowed: false, refusal });

function withAudience({ action, input, caller }: ActionRequest): ActionInput {
  if (action === 'approve_review') return { ...input, visibility: 'catalogue' };
  if (action !== 'prerelease' || input.visibility !== undefined) return input;
  return { ...input, visibility: defaultAudience(caller) };
}

/** 403: role, then built-in. */
function refuseCaller({ action, state, caller }: ActionRequest, context: ActionContext): Refusal | undefined {
  const code = refuseRole(action, { ...context, caller });
  if (code !== undefined) return { code, details: { role: caller.role } };
  if (!state.isBuiltin || !notForBuiltins.has(action)) return undefined;
  if (action === 'delete') return { code: 'builtin_undeletable' };
  return { code: 'forbidden_role', message: 'A built-in connector comes with the program and changes with it.' };
}

function refuseOutdated({ state, facts: { baseRevision } }: ActionRequest): Refusal | undefined {
  if (baseRevision === undefined || baseRevision === '*' || baseRevision === state.revision) return undefined;
  return { code: 'revision_conflict', details: { revision: state.revision } };
}

/** A version that was named must be seen; where none was, the connector is meant: then any of its versions will do. */
function isSeen({ state, caller, facts, action, input }: ActionRequest, version: VersionState): boolean {
  const reader = readerOf(caller, []);
  const sees = (each: VersionState): boolean =>
    seesVersion(reader, { connector: state, version: each }, facts.holdsConnection);
  const isNamed = input.version !== undefined && !wholeConnector.has(action);
  return isNamed ? sees(version) : state.versions.some(sees);
}

/** The version that an action is about. A number that is not there is a new one for the draft when it is published. */
function versionOf({ action, state, input }: ActionRequest): VersionState | undefined {
  if (wholeConnector.has(action)) return state.head;
  if (input.version === undefined) return usualVersion(action, state);
  const named = state.versions.find((version) => version.version === input.version);
  return named ?? (action === 'publish' ? state.draft : undefined);
}

const firstIn = (state: ConnectorState, stages: readonly Stage[]): VersionState | undefined =>
  state.versions.find((version) => stages.includes(version.stage));

function usualVersion(action: LifecycleAction, state: ConnectorState): VersionState {
  if (action === 'new_version') return state.head;
  if (action === 'republish' || action === 'unpublish') return firstIn(state, ['published']) ?? state.head;
  const unpublished =
    state.draft ?? (action === 'ready' || action === 'edit' ? undefined : firstIn(state, ['ready', 'pre_released']));
  return unpublished ?? state.head;
}

function rowOf(action: LifecycleAction, stage: Stage): Transition | undefined {
  return transitionTable.find((row) => row.action === action && (row.from === 'any' || row.from.includes(stage)));
}

/** Says what is possible instead: the actions that the table has for this stage and whose role the caller has. */
function withPossible(refusal: Refusal, request: ActionRequest, version: VersionState): Refusal {
  if (refusal.code !== 'invalid_transition') return refusal;
  const actions = transitionTable
    .filter((row) => row.from !== 'any' && row.from.includes(version.stage))
    .filter((row) => refuseRole(row.action, { ...request, version }) === undefined)
    .map((row) => row.action);
  return { ...refusal, details: { ...stageDetails(version), ...refusal.details, actions: [...new Set(actions)] } };
}
