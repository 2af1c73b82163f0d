import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { Caller } from '../caller.ts';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import { storeContent } from '../connector/content-repository.ts';
import { refreshHead } from '../connector/head-repository.ts';
import { touchConnector, updateVersion } from '../connector/write-repository.ts';
import type { ComponentVersionKey, RegistryDeps } from '../registry-deps.ts';
import { toComponentManifest, type ComponentContent } from './component-manifest.ts';

/** A deployed API version of a flow. */
export interface ComponentRelease extends ComponentContent {
  readonly flowName: string;
  readonly version: string;
  readonly sourceRef: string;
}

/** What a version is stored under. */
export type ComponentOwner = Pick<ConnectorState, 'id' | 'tenantId' | 'identity'>;

/**
 * What is deployed as an API version now. Throws `flow_not_found`, `api_version_not_found`, `not_deployed` (CH-22), `component_not_exposed`
 * (CH-02).
 */
export async function readRelease(
  deps: Pick<RegistryDeps, 'components'>,
  trx: Transaction,
  { tenantId, ...key }: ComponentVersionKey & { readonly tenantId: string },
): Promise<ComponentRelease> {
  const { flowName, description, sourceRef, deployed } = await deps.components.find(trx, tenantId, key);
  if (deployed === undefined) throw new AppError('not_deployed', { details: { version: key.version } });
  const { flowVersionId, bodySchema } = deployed;
  if (bodySchema === undefined) throw new AppError('component_not_exposed');
  return { ...key, flowName, title: flowName, description, sourceRef, flowVersionId, bodySchema };
}

/** Lets a version run a release. */
export async function storeRelease(
  trx: Transaction,
  owner: ComponentOwner,
  { versionId, release }: { readonly versionId: string; readonly release: ComponentRelease },
): Promise<void> {
  const place = { identity: owner.identity, tenantId: owner.tenantId, version: release.version };
  await updateVersion(trx, owner, { versionId, set: { flowVersionId: release.flowVersionId } });
  await storeContent(trx, { connector: owner, versionId }, { manifest: toComponentManifest(release, place) });
}

/** A republication that was decided. */
export interface Renewal {
  readonly state: ConnectorState;
  readonly version: VersionState;
  readonly caller: Caller;
}

/** T7 of a connector that was made from a flow: the version runs what is deployed now. Gives the revision, the same if it did so already. */
export async function renewRelease(deps: RegistryDeps, trx: Transaction, renewal: Renewal): Promise<number> {
  const { state, version, caller } = renewal;
  const flowId = state.origin.componentId ?? '';
  const release = await readRelease(deps, trx, { tenantId: state.tenantId, flowId, version: version.version });
  if (version.flowVersionId === release.flowVersionId) return state.revision;
  await storeRelease(trx, state, { versionId: version.id, release });
  await refreshHead(trx, state);
  const revision = await touchConnector(trx, state, { updatedBy: caller.name });
  await deps.audit.record(trx, {
    ...{ tenantId: state.tenantId, actor: caller.name, action: 'connector_republish', version: version.version },
    ...{ from: version.stage, to: version.stage, details: { transition: 'T7', flow_version: release.flowVersionId } },
    target: { kind: 'connector', id: state.id, name: state.identity.name },
  });
  return revision;
}
