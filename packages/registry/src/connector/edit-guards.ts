import type { References } from '@patchbay/api-contract';
import type { Transaction } from '@patchbay/database';
import { AppError, type ErrorCode } from '@patchbay/errors';
import type { AuthDefinition } from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import { decide } from '../lifecycle/decide.ts';
import { gatherFacts } from '../lifecycle/guard-facts.ts';
import type { LifecycleAction, Refusal } from '../lifecycle/lifecycle-action.ts';
import { gatherReferences } from '../references/gather-references.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { mayChangeSettings } from '../settings/change-settings.ts';
import type { ConnectorState } from './connector-state.ts';
import { hasAuthConfiguration, reauthorizingChanges, removedScopes } from './edit-impact.ts';
import { authoredFields, touchesDefinition, type EditPlan, type EditRequest } from './plan-edit.ts';
import { isSlugTaken, lockSlug } from './slug-repository.ts';

/** An edit whose plan is not made yet. */
export interface AskedEdit {
  readonly caller: Caller;
  readonly update: EditRequest & { readonly isConfirmed: boolean };
  readonly state: ConnectorState;
  readonly holdsConnection: boolean;
}

/** One edit on its way through its checks. */
export interface PlannedEdit extends AskedEdit {
  readonly plan: EditPlan;
}

const ofState: ReadonlySet<ErrorCode> = new Set(['version_immutable', 'invalid_transition']);

/** As whom a caller may do what it asks for: the connector is its to change, or only the settings of its tenant are. */
export type EditRight = 'connector' | 'settings';

/**
 * Role before built-in before state (4.1). Settings are the tenant's own (5.15): whoever administers it sets them for every connector it sees. The state
 * counts only for what is in the definition (5.5). Throws what the table of transitions says.
 */
export function assertMayEdit(deps: RegistryDeps, asked: AskedEdit): EditRight {
  const { body, isReplacing } = asked.update;
  const fields = authoredFields(body);
  const isSwitch = fields.length > 0 && fields.every((field) => field === 'enabled') && !isReplacing;
  const refusal = refuse(deps, asked, isSwitch ? 'enable' : 'edit');
  if (refusal === undefined) return 'connector';
  if (ofState.has(refusal.code)) {
    // Whether the switch may be moved is asked again, with all that depends on it.
    if (isSwitch || !touchesDefinition(asked.state, asked.update)) return 'connector';
    throw toError(refusal);
  }
  const isOnlySettings = fields.length === 0 && 'config' in body && !isReplacing;
  if (isOnlySettings && mayChangeSettings(asked.caller)) return 'settings';
  throw toError(refusal);
}

function refuse(
  deps: RegistryDeps,
  { state, caller, holdsConnection }: AskedEdit,
  action: LifecycleAction,
): Refusal | undefined {
  const facts = { now: deps.clock(), holdsConnection };
  const decision = decide({ action, state, caller, input: {}, facts });
  return decision.isAllowed ? undefined : decision.refusal;
}

function toError({ code, message, details }: Refusal): AppError {
  return new AppError(code, { ...(message !== undefined && { message }), ...(details !== undefined && { details }) });
}

/** DI-14, 5.41. A ready connector may be renamed while nothing refers to it by its slug. Throws `slug_locked`, `slug_taken`. */
export async function assertSlug(
  deps: RegistryDeps,
  trx: Transaction,
  { state, plan, caller }: PlannedEdit,
): Promise<void> {
  if (!plan.changes.slug) return;
  if (state.isSlugLocked) throw new AppError('slug_locked', { details: { slug: state.identity.slug } });
  if (state.head.stage !== 'draft') {
    const references = await gatherReferences(deps, trx, { state, tenantId: caller.tenantId });
    const { connections, components, others } = references;
    const isUsed = connections.length + components.length + others > 0;
    if (isUsed) throw new AppError('slug_locked', { details: { references } });
  }
  const { slug } = plan.identity;
  await lockSlug(trx, slug);
  const isTaken = await isSlugTaken(trx, { tenantId: state.tenantId, slug, exceptId: state.id });
  if (isTaken) throw new AppError('slug_taken', { details: { slug } });
}

/**
 * What an edit of the authentication may do in which stage (T2, T4). Throws `auth_type_change_resets_configuration`, `auth_type_locked`,
 * `scopes_locked`, `reauthorization_impact`.
 */
export async function assertAuth(deps: RegistryDeps, trx: Transaction, edit: PlannedEdit): Promise<void> {
  const { target, before, definition, changes } = edit.plan;
  if (before === undefined || definition === undefined || !changes.definition) return;
  const schemes = { before: before.auth_scheme, after: definition.auth_scheme };
  if (target.stage === 'draft') assertReset(edit, schemes.before);
  else await assertLocked(deps, trx, { edit, ...schemes });
}

/** ZO-23: a yes is needed if there is something to lose. */
function assertReset({ plan, update, state }: PlannedEdit, before: AuthDefinition): void {
  if (!plan.changes.authType || update.isConfirmed) return;
  const isAlone = state.versions.length === 1;
  const hasMore = isAlone && (state.ownerSettings.length > 0 || state.testResults.length > 0);
  if (!hasMore && !hasAuthConfiguration(before)) return;
  const lost = ['auth_scheme', 'config', 'test_results'];
  throw new AppError('auth_type_change_resets_configuration', { details: { lost } });
}

interface LockedEdit {
  readonly edit: PlannedEdit;
  readonly before: AuthDefinition;
  readonly after: AuthDefinition;
}

async function assertLocked(deps: RegistryDeps, trx: Transaction, { edit, before, after }: LockedEdit): Promise<void> {
  if (edit.plan.changes.authType) throw new AppError('auth_type_locked');
  const removed = removedScopes(before, after);
  if (removed.length > 0) throw new AppError('scopes_locked', { details: { removed } });
  const changed = reauthorizingChanges(before, after);
  // Changes of a published version wait; the republication asks then.
  if (edit.plan.target.stage !== 'ready' || changed.length === 0) return;
  await endAuthorizations(deps, trx, { edit, changed, tenantId: edit.state.tenantId });
}

/** Listed parameters that change, and in which tenant authorizations end with them. */
export interface Ending {
  readonly edit: PlannedEdit;
  readonly changed: readonly string[];
  readonly tenantId: string;
}

/** ZO-35, ZO-36: first the list, then with a yes the end of the authorizations. Throws `reauthorization_impact`. */
export async function endAuthorizations(
  deps: RegistryDeps,
  trx: Transaction,
  { edit, changed, tenantId }: Ending,
): Promise<void> {
  const { slug } = edit.state.identity;
  const all = await deps.connections.listUsing(trx, tenantId, { slug });
  const connections = all.filter((connection) => connection.authorization === 'authorized');
  if (connections.length === 0) return;
  const references: References = { connections, components: [], datasources: [], others: 0 };
  if (!edit.update.isConfirmed) throw new AppError('reauthorization_impact', { details: { changed, references } });
  await deps.connections.requireReauthorization(trx, tenantId, slug);
}

/** 5.13: the switch in a PUT has the guard of `_disable`. Throws `connections_enabled`. */
export async function assertSwitch(deps: RegistryDeps, trx: Transaction, edit: PlannedEdit): Promise<void> {
  const { state, caller, plan, holdsConnection } = edit;
  if (!plan.changes.switch) return;
  const request = { action: plan.isEnabled ? 'enable' : 'disable', state, caller, input: {} } as const;
  const facts = await gatherFacts(deps, trx, { ...request, holdsConnection });
  const decision = decide({ ...request, facts });
  if (!decision.isAllowed) throw toError(decision.refusal);
}
