import type { RouteResponse } from '@patchbay/api-contract';
import type { Caller } from '../caller.ts';
import { decideLocked } from '../lifecycle/run-action.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { refreshSearch } from '../search/index-repository.ts';
import { forgetSettings } from '../settings/settings-repository.ts';
import { deleteDraftConnector, touchConnector } from './write-repository.ts';

/** What is to go. */
export interface ConnectorDeletion {
  readonly idOrSlug: string;
  readonly baseRevision?: number | '*' | undefined;
}

/**
 * T17: deletes a connector that nothing uses. Slug and version numbers stay reserved once any version was more than a draft. Throws
 * `connector_not_found`, `forbidden_role`, `sdk_access_disabled`, `builtin_undeletable`, `connector_in_use`, `revision_conflict`.
 */
export async function deleteConnector(
  deps: RegistryDeps,
  caller: Caller,
  deletion: ConnectorDeletion,
): Promise<RouteResponse<'deleteConnector'>> {
  const id = await deps.database.transaction(async (trx) => {
    const { state } = await decideLocked(deps, trx, { ...deletion, action: 'delete', input: {}, caller });
    if (state.head.stage === 'draft') await deleteDraftConnector(trx, state);
    else await touchConnector(trx, state, { updatedBy: caller.name, deletedAt: deps.clock() });
    await forgetSettings(trx, state.id);
    await refreshSearch(trx, [state.id]);
    await deps.audit.record(trx, {
      ...{ tenantId: state.tenantId, actor: caller.name, action: 'connector_delete', from: state.head.stage },
      ...{ version: state.head.version, target: { kind: 'connector', id: state.id, name: state.identity.name } },
    });
    return state.id;
  });
  return { _id: id, result: 'deleted' };
}
