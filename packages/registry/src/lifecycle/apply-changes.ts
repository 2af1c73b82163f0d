import type { Transaction } from '@patchbay/database';
import type { ConnectorDefinition } from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import { storeDefinitionContent } from '../connector/content-repository.ts';
import { refreshHead } from '../connector/head-repository.ts';
import { insertDraft, touchConnector, updateVersion } from '../connector/write-repository.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import type { Changes, VersionChange } from './lifecycle-action.ts';
import { renameTestResults } from './lifecycle-repository.ts';

/** Changes to be stored. */
export interface Application {
  readonly state: ConnectorState;
  readonly changes: Changes;
  readonly caller: Pick<Caller, 'tenantId' | 'userId' | 'name'>;
}

/** Stores what a decision changes, in the transaction that holds the lock. Gives the new revision of the connector. */
export async function applyChanges(deps: RegistryDeps, trx: Transaction, application: Application): Promise<number> {
  const { state, changes, caller } = application;
  for (const change of changes.versions ?? []) await applyVersion(trx, state, change);
  if (changes.generates !== undefined) await generate(trx, application, changes.generates);
  if (changes.newDraft !== undefined) await copyDraft(trx, application, changes.newDraft);
  if (changes.disablesConnections) await deps.connections.disableAll(trx, caller.tenantId, state.identity.slug);
  if (changes.endsAuthorizations) {
    await deps.connections.requireReauthorization(trx, state.tenantId, state.identity.slug);
  }
  const revision = await touchConnector(trx, state, {
    updatedBy: caller.name,
    ...(changes.isEnabled !== undefined && { isEnabled: changes.isEnabled }),
    ...(changes.isSlugLocked && { isSlugLocked: true }),
  });
  // Last: the search reads the switch.
  await refreshHead(trx, state);
  return revision;
}

async function applyVersion(trx: Transaction, state: ConnectorState, { of, set }: VersionChange): Promise<void> {
  await updateVersion(trx, state, { versionId: versionOf(state, of).id, set });
  if (set.version !== undefined) await renameTestResults(trx, state, { from: of, to: set.version });
}

/** The definition becomes what runs; a pending one takes the place of the live one (T7). */
async function generate(trx: Transaction, { state, changes }: Application, number: string): Promise<void> {
  const renamed = changes.versions?.find(({ set }) => set.version === number)?.of;
  const version = versionOf(state, renamed ?? number);
  // A flow gave the version its content when it was made.
  if (version.flowVersionId !== undefined) return;
  const definition = version.pendingDefinition ?? version.definition;
  if (definition === undefined) throw new Error('Only a version with a definition can be generated');
  if (version.pendingDefinition !== undefined) {
    await updateVersion(trx, state, { versionId: version.id, set: { definition, pendingDefinition: undefined } });
  }
  const { identity } = state;
  await storeDefinitionContent(trx, { connector: state, identity, versionId: version.id, version: number, definition });
}

async function copyDraft(
  trx: Transaction,
  { state, caller }: Application,
  draft: NonNullable<Changes['newDraft']>,
): Promise<void> {
  const definition: ConnectorDefinition | undefined = versionOf(state, draft.from).definition;
  await insertDraft(trx, {
    connectorId: state.id,
    tenantId: state.tenantId,
    version: draft.version,
    definition,
    sourceRef: draft.sourceRef,
    createdBy: caller.userId,
  });
}

function versionOf(state: ConnectorState, number: string): VersionState {
  const version = state.versions.find((each) => each.version === number);
  if (version === undefined) throw new Error('A decision about a version that is not there cannot happen');
  return version;
}
