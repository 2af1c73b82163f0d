import type { RouteResponse } from '@patchbay/api-contract';
import type { Transaction } from '@patchbay/database';
import { AppError, type FieldProblem } from '@patchbay/errors';
import type { Caller } from '../caller.ts';
import { checkDefinition, checkDraft } from '../definition/check-definition.ts';
import { hashDefinition } from '../definition/hash-definition.ts';
import { actingTenant } from '../lifecycle/permissions.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { changeSettings, type SettingsChange } from '../settings/change-settings.ts';
import type { ConnectorState } from './connector-state.ts';
import { lockForUpdate } from './connector-state-repository.ts';
import { storeDefinitionContent } from './content-repository.ts';
import {
  assertAuth,
  assertMayEdit,
  assertSlug,
  assertSwitch,
  endAuthorizations,
  type PlannedEdit,
} from './edit-guards.ts';
import { refreshHead } from './head-repository.ts';
import { planEdit, type EditRequest } from './plan-edit.ts';
import { heldSlugs, readerOf } from './reader.ts';
import { deleteTestResults } from './test-result-repository.ts';
import { touchConnector, updateVersion } from './write-repository.ts';

/** One `PUT`. */
export interface ConnectorUpdate extends EditRequest {
  readonly idOrSlug: string;
  /** Yes to what a refusal listed. */
  readonly isConfirmed: boolean;
  readonly baseRevision?: number | '*' | undefined;
}

/** The answer, and the revision that the connector has now. */
export interface UpdateResult {
  readonly answer: RouteResponse<'updateConnector'>;
  readonly revision: number;
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
  return deps.database.transaction((trx) => updateConnectorIn(deps, trx, { caller, update, held }));
}

/** One edit of one person, who holds connections to `held`. */
export interface CallersUpdate {
  readonly caller: Caller;
  readonly update: ConnectorUpdate;
  readonly held: readonly string[];
}

/** {@link updateConnector} inside a transaction of the caller. */
export async function updateConnectorIn(
  deps: RegistryDeps,
  trx: Transaction,
  { caller, update, held }: CallersUpdate,
): Promise<UpdateResult> {
  const state = await lockForUpdate(trx, readerOf(caller, held), update.idOrSlug);
  const asked = { caller, update, state, holdsConnection: held.includes(state.identity.slug) };
  const right = assertMayEdit(deps, asked);
  assertRevision(state, update.baseRevision);
  const edit = { ...asked, plan: planEdit(state, update) };
  const revision = right === 'connector' ? await apply(deps, trx, edit) : await applySettings(deps, trx, edit);
  return { answer: { _id: state.id, result: 'updated' }, revision };
}

/** Throws `revision_conflict` with the newest revision. */
function assertRevision(state: ConnectorState, baseRevision: number | '*' | undefined): void {
  if (baseRevision === undefined || baseRevision === '*' || baseRevision === state.revision) return;
  throw new AppError('revision_conflict', { details: { revision: state.revision } });
}

async function apply(deps: RegistryDeps, trx: Transaction, edit: PlannedEdit): Promise<number> {
  const { state, plan, caller } = edit;
  await assertSlug(deps, trx, edit);
  await assertAuth(deps, trx, edit);
  await assertSwitch(deps, trx, edit);
  const settings = await planSettings(deps, trx, edit);
  await writeDefinition(trx, edit);
  await settings?.store(trx);
  if (state.head.stage !== 'draft') await recordEdit(deps, trx, edit);
  const revision = await touchConnector(trx, state, {
    updatedBy: caller.name,
    ...(plan.changes.identity && { identity: plan.identity }),
    ...(plan.changes.switch && { isEnabled: plan.isEnabled }),
  });
  // Last: the search reads the new name.
  await refreshHead(trx, state);
  return revision;
}

/** The connector is somebody else's: nothing of it changes, and its owner learns nothing. */
async function applySettings(deps: RegistryDeps, trx: Transaction, edit: PlannedEdit): Promise<number> {
  const { state, caller } = edit;
  const settings = await planSettings(deps, trx, edit);
  await settings?.store(trx);
  await deps.audit.record(trx, {
    ...{ tenantId: actingTenant(caller), actor: caller.name, action: 'connector_settings' },
    target: { kind: 'connector', id: state.id, name: state.identity.name },
  });
  return state.revision;
}

/** Settings go with the authentication type, unless other versions use them too (5.9). */
async function planSettings(
  deps: RegistryDeps,
  trx: Transaction,
  edit: PlannedEdit,
): Promise<SettingsChange | undefined> {
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

async function writeDefinition(trx: Transaction, edit: PlannedEdit): Promise<void> {
  const { target, definition } = edit.plan;
  if (definition === undefined) return;
  if (target.stage === 'draft') await writeDraft(trx, edit);
  else if (target.stage === 'ready') await writeReady(trx, edit);
  else await writePending(trx, edit);
}

async function writeDraft(trx: Transaction, { state, plan }: PlannedEdit): Promise<void> {
  const { target, definition, changes, identity } = plan;
  if (definition === undefined || !changes.definition) return;
  assertNone(checkDraft({ identity, tenantId: state.tenantId, version: target.version, definition }));
  await updateVersion(trx, state, { versionId: target.id, set: { definition } });
  if (changes.authType) await deleteTestResults(trx, state, target.version);
}

/** Live at once, as another content of the same version; a manifest names the connector too. */
async function writeReady(trx: Transaction, { state, plan }: PlannedEdit): Promise<void> {
  const { target, definition, changes, identity } = plan;
  const isLive = changes.definition || (changes.identity && !target.wasCatalogue);
  if (definition === undefined || !isLive) return;
  const { id: versionId, version } = target;
  // Who reviews must approve what was asked about: another definition asks anew (T6r).
  const review = target.review === 'pending' && changes.definition ? { review: 'none' as const } : {};
  await updateVersion(trx, state, { versionId, set: { definition, ...review } });
  await storeDefinitionContent(trx, { connector: state, identity, versionId, version, definition });
}

/** T7: waits for `_republish`; a change that was taken back waits for nothing. */
async function writePending(trx: Transaction, { state, plan }: PlannedEdit): Promise<void> {
  const { target, definition, changes, identity } = plan;
  if (definition === undefined || !changes.definition) return;
  assertNone(checkDefinition({ identity, tenantId: state.tenantId, version: target.version, definition }));
  const isBack = hashDefinition(definition) === target.definitionHash;
  const set = { pendingDefinition: isBack ? undefined : definition };
  await updateVersion(trx, state, { versionId: target.id, set });
}

function assertNone(fields: readonly FieldProblem[]): void {
  if (fields.length > 0) throw new AppError('validation_error', { details: { fields } });
}

/** Drafts are saved while people type; what others see is worth an entry. */
async function recordEdit(deps: RegistryDeps, trx: Transaction, { state, plan, caller }: PlannedEdit): Promise<void> {
  const { changes, identity, target } = plan;
  const changed = Object.entries({ ...changes, config: plan.config !== undefined })
    .filter(([, isChanged]) => isChanged)
    .map(([name]) => name);
  if (changed.length === 0) return;
  await deps.audit.record(trx, {
    ...{ tenantId: state.tenantId, actor: caller.name, action: 'connector_edit', version: target.version },
    ...{ from: target.stage, to: target.stage, details: { changed } },
    target: { kind: 'connector', id: state.id, name: identity.name },
  });
}
