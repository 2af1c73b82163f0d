import type { ApiVersion } from '@patchbay/api-contract';
import type { Caller } from '../caller.ts';
import { statesById } from '../connector/connector-state-repository.ts';
import type { ConnectorState, VersionState } from '../connector/connector-state.ts';
import { describeActions } from '../lifecycle/describe-actions.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { findComponentConnector } from './component-repository.ts';

/** A connector version that was made from an API version of a flow. */
export interface ComponentConnector {
  readonly view: Omit<NonNullable<ApiVersion['connector']>, 'is_outdated'>;
  /** What it runs. */
  readonly flowVersionId: string | undefined;
}

/** Versions of the connector of a flow by their number; empty if it has none. */
export async function describeComponent(
  deps: RegistryDeps,
  caller: Caller,
  flowId: string,
): Promise<ReadonlyMap<string, ComponentConnector>> {
  const { connection } = deps.database;
  const id = await findComponentConnector(connection, caller.tenantId, flowId);
  const [state] = id === undefined ? [] : await statesById(connection, [id], { definitions: false });
  if (state === undefined) return new Map();
  return new Map(state.versions.map((version) => [version.version, describeVersion(state, version, caller)]));
}

function describeVersion(state: ConnectorState, version: VersionState, caller: Caller): ComponentConnector {
  return {
    view: {
      ...{ id: state.id, slug: state.identity.slug, version: version.version, revision: version.revision },
      ...{ stage: version.stage, visibility: version.visibility },
      ...(version.deprecation && { deprecation: version.deprecation }),
      actions: describeActions(state, caller, version.version),
    },
    flowVersionId: version.flowVersionId,
  };
}
