import type { References, RouteResponse } from '@patchbay/api-contract';
import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { isDeepStrictEqual } from 'node:util';
import type { Caller } from '../caller.ts';
import { checkDefinition, checkDraft } from '../definition/check-definition.ts';
import { hashDefinition } from '../definition/hash-definition.ts';
import { decide } from '../lifecycle/decide.ts';
import { gatherFacts } from '../lifecycle/guard-facts.ts';
import type { LifecycleAction } from '../lifecycle/lifecycle-action.ts';
import { gatherReferences, isShared } from '../references/gather-references.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { changeSettings, type SettingsChange } from '../settings/change-settings.ts';
import type { ConnectorState } from './connector-state.ts';
import { lockForUpdate } from './connector-state-repository.ts';
import { storeDefinitionContent } from './content-repository.ts';
import { hasAuthConfiguration, reauthorizingChanges, removedScopes } from './edit-impact.ts';
import { refreshHead } from './head-repository.ts';
import { authoredFields, planEdit, touchesDefinition, type EditPlan } from './plan-edit.ts';
import { heldSlugs, readerOf } from './reader.ts';
import { isSlugTaken, lockSlug } from './slug-repository.ts';
import { deleteTestResults } from './test-result-repository.ts';
import { touchConnector, updateVersion } from './write-repository.ts';

/** One `PUT`. */
export interface ConnectorUpdate {
  readonly idOrSlug: string;
  /** JSON merge patch, or with `isReplacing` the whole connector. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly isReplacing: boolean;
  /** A replacement without `config` leaves the settings as they are. */
  readonly keepsSettings?: boolean | undefined;
  /** Yes to what a refusal listed. */
  readonly isConfirmed: boolean;
  readonly baseRevision?: number | '*' | undefined;
}

/** The answer, and the revision that the connector has now. */
export interface UpdateResult {
  readonly answer: RouteResponse<'updateConnector'>;
  readonly revision: number;
}

/** One edit on its way through its checks. */
interface Edit {
  readonly caller: Caller;
  readonly update: ConnectorUpdate;
  readonly state: ConnectorState;
  readonly plan: EditPlan;
  readonly holdsConnection: boolean;
}

/**
 * T2, T4, T7: changes a connector. What is not in the definition is live at once; the definition of a private published version waits for
 * `_republish`. Throws what the table of transitions says, `slug_locked`, `slug_taken`, `auth_type_locked`, `scopes_locked`,
 * `auth_type_change_resets_configuration`, `reauthorization_impact`, `connections_enabled`, `validation_error`, `revision_conflict`.
 */
export async function updateConnector(
  deps: RegistryDeps,
  caller: Caller,
  update: ConnectorUpdate,
): Promise<UpdateResult> {
  const held = await heldSlugs(deps, caller);
  return deps.database.transaction(async (trx) => {
    const state = await lockForUpdate(trx, readerOf(caller, held), update.idOrSlug);
    assertRevision(state, update.baseRevision);
    const holdsConnection = held.includes(state.identity.slug);
    assertMayEdit(deps, { caller, update, state, holdsConnection });
    const plan = planEdit(state, update);
    const edit = { caller, update, state, plan, holdsConnection };
    const revision = await apply(deps, trx, edit);
    return { answer: { _id: state.id, result: 'updated' }, revision };
  });
}

/** Throws `revision_conflict` with the newest revision. */
export function assertRevision(state: ConnectorState, baseRevision: number | '*' | undefined): void {
  if (baseRevision === undefined || baseRevision === '*' || baseRevision === state.revision) return;
  throw new AppError('revision_conflict', { details: { revision: state.revision } });
}

type Asked = Omit<Edit, 'plan'>;

/** Role before state before content (4.1); settings are the tenant's own and need no right on the connector. */
function assertMayEdit(deps: RegistryDeps, asked: Asked): void {
  const fields = authoredFields(asked.update.body);
  if (fields.length === 0 && !asked.update.isReplacing) return;
  const rights = fields.every((field) => field === 'enabled') && !asked.update.isReplacing ? 'enable' : 'edit';
  const refusal = refuse(deps, asked, rights);
  const isOfState = refusal?.code === 'version_immutable' || refusal?.code === 'invalid_transition';
  if (refusal === undefined || (isOfState && rights === 'enable')) return;
  if (isOfState && !touchesDefinition(asked.state, asked.update)) return;
  throw new AppError(refusal.code, refusal);
}

function refuse(deps: RegistryDeps, { state, caller, holdsConnection }: Asked, action: LifecycleAction) {
  const facts = { now: deps.clock(), holdsConnection };
  const decision = decide({ action, state, caller, input: {}, facts });
  if (decision.isAllowed) return undefined;
  const { code, message, details } = decision.refusal;
  return { code, ...(message !== undefined && { message }), ...(details !== undefined && { details }) };
}

async function apply(deps: RegistryDeps, trx: Transaction, edit: Edit): Promise<number> {
  const { state, plan, caller } = edit;
  await assertSlug(deps, trx, edit);
  await assertAuth(deps, trx, edit);
  const settings = await planSettings(deps, trx, edit);
  if (plan.changes.switch) await assertSwitch(deps, trx, edit);
  await writeDefinition(trx, edit);
  await settings?.store(trx);
  await refreshHead(trx, state);
  if (state.head.stage !== 'draft') await recordEdit(deps, trx, edit);
  return touchConnector(trx, state, {
    updatedBy: caller.name,
    ...(plan.changes.identity && { identity: plan.identity }),
    ...(plan.changes.switch && { isEnabled: plan.isEnabled }),
  });
}

/** DI-14, 5.41. A ready connector may be renamed while nothing refers to it by its slug. */
async function assertSlug(deps: RegistryDeps, trx: Transaction, { state, plan, caller }: Edit): Promise<void> {
  if (!plan.changes.slug) return;
  if (state.isSlugLocked) throw new AppError('slug_locked', { details: { slug: state.identity.slug } });
  if (state.head.stage !== 'draft') {
    const references = await gatherReferences(deps, trx, { state, tenantId: caller.tenantId });
    const { connections, components, others } = references;
    if (connections.length + components.length + others > 0)
      throw new AppError('slug_locked', { details: { references } });
  }
  const { slug } = plan.identity;
  await lockSlug(trx, slug);
  const isTaken = await isSlugTaken(trx, { tenantId: state.tenantId, slug, exceptId: state.id });
  if (isTaken) throw new AppError('slug_taken', { details: { slug } });
}

/** What an edit of the authentication may do in which stage (T2, T4). */
async function assertAuth(deps: RegistryDeps, trx: Transaction, edit: Edit): Promise<void> {
  const { plan, update, state } = edit;
  const { target, before, definition } = plan;
  if (before === undefined || definition === undefined || !plan.changes.definition) return;
  if (target.stage === 'draft') {
    const isLoss = hasAuthConfiguration(before.auth_scheme) || hasMore(state);
    if (plan.changes.authType && isLoss && !update.isConfirmed) {
      throw new AppError('auth_type_change_resets_configuration', { details: { lost: lostParts } });
    }
    return;
  }
  if (plan.changes.authType) throw new AppError('auth_type_locked');
  const removed = removedScopes(before.auth_scheme, definition.auth_scheme);
  if (removed.length > 0) throw new AppError('scopes_locked', { details: { removed } });
  const changed = reauthorizingChanges(before.auth_scheme, definition.auth_scheme);
  if (target.stage !== 'ready' || changed.length === 0) return;
  await endAuthorizations(deps, trx, { edit, changed, tenantId: state.tenantId });
}

const lostParts = ['auth_scheme', 'config', 'test_results'];

/** Settings and tests are lost with the type, unless other versions use them too. */
function hasMore({ versions, ownerSettings, testResults }: ConnectorState): boolean {
  return versions.length === 1 && (ownerSettings.length > 0 || testResults.length > 0);
}

interface Ending {
  readonly edit: Edit;
  readonly changed: readonly string[];
  readonly tenantId: string;
}

/** ZO-35, ZO-36: first the list, then with a yes the end of the authorizations. */
async function endAuthorizations(
  deps: RegistryDeps,
  trx: Transaction,
  { edit, changed, tenantId }: Ending,
): Promise<void> {
  const { state, update } = edit;
  const { slug } = state.identity;
  const all = await deps.connections.listUsing(trx, tenantId, { slug });
  const connections = all.filter((connection) => connection.authorization === 'authorized');
  if (connections.length === 0) return;
  const references: References = { connections, components: [], datasources: [], others: 0 };
  if (!update.isConfirmed) throw new AppError('reauthorization_impact', { details: { changed, references } });
  await deps.connections.requireReauthorization(trx, tenantId, slug);
}

async function planSettings(deps: RegistryDeps, trx: Transaction, edit: Edit): Promise<SettingsChange | undefined> {
  const { state, plan, caller, update } = edit;
  const isReset = plan.changes.authType && state.versions.length === 1;
  if (plan.config === undefined && !isReset) return undefined;
  const change = await changeSettings(deps, trx, {
    ...{ state, caller, config: plan.config ?? {}, isReplacing: update.isReplacing, isReset },
  });
  const scheme = (plan.definition ?? plan.before)?.auth_scheme;
  const isHeld = scheme?.type === 'oauth2' && scheme.held_by === 'connector' && plan.target.stage !== 'draft';
  if (isHeld && change.changedListed.length > 0) {
    await endAuthorizations(deps, trx, { edit, changed: change.changedListed, tenantId: change.tenantId });
  }
  return change;
}

/** 5.13: the switch in a PUT has the guard of `_disable`. */
async function assertSwitch(
  deps: RegistryDeps,
  trx: Transaction,
  { state, caller, plan, holdsConnection }: Edit,
): Promise<void> {
  const action = plan.isEnabled ? 'enable' : 'disable';
  const facts = await gatherFacts(deps, trx, { action, state, caller, input: {}, holdsConnection });
  const decision = decide({ action, state, caller, input: {}, facts });
  if (!decision.isAllowed) throw new AppError(decision.refusal.code, errorOptions(decision.refusal));
}

function errorOptions({
  message,
  details,
}: {
  message?: string | undefined;
  details?: Readonly<Record<string, unknown>> | undefined;
}) {
  return { ...(message !== undefined && { message }), ...(details !== undefined && { details }) };
}

async function writeDefinition(trx: Transaction, { state, plan }: Edit): Promise<void> {
  const { target, definition, changes, identity } = plan;
  if (definition === undefined) return;
  const source = { identity, tenantId: state.tenantId, version: target.version, definition };
  if (target.stage === 'draft') {
    if (!changes.definition) return;
    assertNone(checkDraft(source));
    await updateVersion(trx, state, { versionId: target.id, set: { definition } });
    if (changes.authType) await deleteTestResults(trx, state, target.version);
    return;
  }
  if (target.stage === 'ready') {
    const isLive = changes.definition || (changes.identity && !target.wasCatalogue);
    if (!isLive) return;
    await updateVersion(trx, state, { versionId: target.id, set: { definition } });
    await storeDefinitionContent(trx, {
      connector: state,
      identity,
      versionId: target.id,
      version: target.version,
      definition,
    });
    return;
  }
  if (!changes.definition) return;
  assertNone(checkDefinition(source));
  const isBack = hashDefinition(definition) === target.definitionHash;
  await updateVersion(trx, state, {
    versionId: target.id,
    set: { pendingDefinition: isBack ? undefined : definition },
  });
}

function assertNone(fields: ReturnType<typeof checkDraft>): void {
  if (fields.length > 0) throw new AppError('validation_error', { details: { fields } });
}

/** Drafts are saved while people type; what others see is worth an entry. */
async function recordEdit(deps: RegistryDeps, trx: Transaction, { state, plan, caller, update }: Edit): Promise<void> {
  const { changes, identity } = plan;
  const changed = Object.entries({ ...changes, config: plan.config !== undefined })
    .filter(([, isChanged]) => isChanged)
    .map(([name]) => name);
  if (changed.length === 0 || isDeepStrictEqual(update.body, {})) return;
  await deps.audit.record(trx, {
    ...{ tenantId: state.tenantId, actor: caller.name, action: 'connector_edit', version: plan.target.version },
    ...{ from: plan.target.stage, to: plan.target.stage, details: { changed } },
    target: { kind: 'connector', id: state.id, name: identity.name },
  });
}
