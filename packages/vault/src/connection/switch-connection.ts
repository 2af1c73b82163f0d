import type { RouteResponse } from '@patchbay/api-contract';
import type { Actor, VaultDeps } from '../vault-deps.ts';
import { createAuthorizationRepository } from './authorization-repository.ts';
import { findConnection } from './connection-repository.ts';

/**
 * K7: switches a connection on or off; its authorization is kept. Throws `connection_not_found`; on switching on also
 * `connector_disabled` and `version_retired`.
 */
export async function switchConnection(
  deps: VaultDeps,
  actor: Actor,
  { id, isEnabled }: { readonly id: string; readonly isEnabled: boolean },
): Promise<RouteResponse<'enableConnection'>> {
  const change = { isEnabled, by: actor.userId, at: deps.clock() };
  const revision = await deps.database.transaction(async (trx) => {
    const stored = await findConnection(trx, actor.tenantId, id);
    if (isEnabled && !stored.isEnabled) {
      await deps.guard.assertConnectable(trx, actor, { slug: stored.connectorSlug, purpose: 'enable' });
    }
    return createAuthorizationRepository(trx).setEnabled(actor.tenantId, id, change);
  });
  return { _id: id, result: 'updated', revision };
}
