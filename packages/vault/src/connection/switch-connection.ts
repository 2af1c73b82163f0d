import type { RouteResponse } from '@patchbay/api-contract';
import type { Actor, VaultDeps } from '../vault-deps.ts';
import { createAuthorizationRepository } from './authorization-repository.ts';

/** K7: switches a connection on or off; its authorization is kept. Throws `connection_not_found`. */
export async function switchConnection(
  deps: VaultDeps,
  actor: Actor,
  { id, isEnabled }: { readonly id: string; readonly isEnabled: boolean },
): Promise<RouteResponse<'enableConnection'>> {
  const change = { isEnabled, by: actor.userId, at: deps.clock() };
  const revision = await createAuthorizationRepository(deps.database.connection).setEnabled(actor.tenantId, id, change);
  return { _id: id, result: 'updated', revision };
}
