import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { JsonObject } from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import { renewRelease } from '../component/component-release.ts';
import { lockForUpdate } from '../connector/connector-state-repository.ts';
import type { ConnectorState } from '../connector/connector-state.ts';
import { readerOf } from '../connector/reader.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { applyChanges } from './apply-changes.ts';
import { decide, type Decision } from './decide.ts';
import { gatherFacts } from './guard-facts.ts';
import type { ActionInput, Changes, LifecycleAction, VersionFacets } from './lifecycle-action.ts';

/** What a caller asks to be done. */
export interface ActionCall {
  readonly idOrSlug: string;
  readonly action: LifecycleAction;
  readonly input: ActionInput;
  /** From `If-Match`. */
  readonly baseRevision?: number | '*' | undefined;
}

/** What came of it. */
export interface ActionResult {
  readonly _id: string;
  readonly revision: number;
  /** Number of the version after the action. */
  readonly version: string;
}

/** An action that was decided and may be applied. */
export interface DecidedAction {
  readonly state: ConnectorState;
  readonly decision: Extract<Decision, { isAllowed: true }>;
}

/**
 * Does one action of the state machine: lock, snapshot, decide, apply, audit, in one transaction.
 * Throws what the table refuses with, `revision_conflict`, and `validation_error` for a definition that cannot run.
 */
export async function runAction(deps: RegistryDeps, caller: Caller, call: ActionCall): Promise<ActionResult> {
  return deps.database.transaction((trx) => runLocked(deps, trx, { ...call, caller }));
}

/** The same in a transaction that does more. */
export async function runLocked(
  deps: RegistryDeps,
  trx: Transaction,
  call: ActionCall & { readonly caller: Caller },
): Promise<ActionResult> {
  const decided = await decideLocked(deps, trx, call);
  const { state, decision } = decided;
  // What such a version would change to stands with its flow and not in a definition.
  if (call.action === 'republish' && state.origin.kind === 'component') {
    const revision = await renewRelease(deps, trx, { state, version: decision.version, caller: call.caller });
    return { _id: state.id, revision, version: decision.version.version };
  }
  return carryOut(deps, trx, { ...call, ...decided });
}

/** Takes the lock of a connector and decides; whoever does more than the table says, such as deleting, goes on from here. */
export async function decideLocked(
  deps: RegistryDeps,
  trx: Transaction,
  call: ActionCall & { readonly caller: Caller },
): Promise<DecidedAction> {
  const { caller, action, input, baseRevision } = call;
  const held = Object.keys(await deps.connections.countByConnector(trx, caller.tenantId));
  const state = await lockForUpdate(trx, readerOf(caller, held), call.idOrSlug);
  const holdsConnection = held.includes(state.identity.slug);
  const facts = await gatherFacts(deps, trx, { action, state, caller, input, holdsConnection, baseRevision });
  const decision = decide({ action, state, caller, input, facts });
  if (!decision.isAllowed) throw toError(decision);
  return { state, decision };
}

function toError({ refusal }: Extract<Decision, { isAllowed: false }>): AppError {
  const { code, message, details } = refusal;
  return new AppError(code, { ...(message !== undefined && { message }), ...(details && { details }) });
}

type Doing = DecidedAction & ActionCall & { readonly caller: Caller };

async function carryOut(deps: RegistryDeps, trx: Transaction, doing: Doing): Promise<ActionResult> {
  const { state, decision, caller } = doing;
  const { changes, version } = decision;
  const number = changes.newDraft?.version ?? facetsOf(changes, version.version)?.version ?? version.version;
  // T7 with nothing pending: no change, so nothing to tell about either.
  if (Object.keys(changes).length === 0) return { _id: state.id, revision: state.revision, version: number };
  const revision = await applyChanges(deps, trx, { state, changes, caller });
  await recordAction(deps, trx, { ...doing, number });
  return { _id: state.id, revision, version: number };
}

function facetsOf(changes: Changes, version: string): VersionFacets | undefined {
  return changes.versions?.find(({ of }) => of === version)?.set;
}

async function recordAction(
  deps: RegistryDeps,
  trx: Transaction,
  doing: Doing & { readonly number: string },
): Promise<void> {
  const { state, decision, caller, action, input, number } = doing;
  const isWhole = decision.changes.isEnabled !== undefined;
  await deps.audit.record(trx, {
    tenantId: state.tenantId,
    actor: caller.name,
    action: `connector_${action}`,
    target: { kind: 'connector', id: state.id, name: state.identity.name },
    ...(isWhole ? switchMove(state) : { version: number, ...stageMove(decision) }),
    reason: input.reason,
    details: detailsOf(doing),
  });
}

function switchMove({ isEnabled }: ConnectorState): { from: string; to: string } {
  const [on, off] = ['enabled', 'disabled'];
  return isEnabled ? { from: on, to: off } : { from: off, to: on };
}

function stageMove({ changes, version }: DecidedAction['decision']): { from: string; to: string } {
  if (changes.newDraft !== undefined) return { from: version.stage, to: 'draft' };
  return { from: version.stage, to: facetsOf(changes, version.version)?.stage ?? version.stage };
}

function detailsOf({ state, decision, caller, input }: Doing): JsonObject {
  const facets = facetsOf(decision.changes, decision.version.version);
  return {
    transition: decision.transition,
    ...(facets?.visibility !== undefined && { visibility: facets.visibility }),
    ...(facets?.review !== undefined && { review: facets.review }),
    ...(input.isForced === true && { forced: true }),
    ...(caller.tenantId !== state.tenantId && { actor_tenant: caller.tenantId }),
  };
}
