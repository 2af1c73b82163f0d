import type { IdentityDeps } from '../identity-deps.ts';
import type { Principal } from '../principal.ts';
import { createRightsRepository } from '../users/rights-repository.ts';

/** A user by id. */
export interface LocalUser {
  readonly tenantId: string;
  readonly userId: string;
}

/** The user with all rights they have now, though they presented nothing; undefined if there is no such user. */
export async function localPrincipal(deps: IdentityDeps, who: LocalUser): Promise<Principal | undefined> {
  const authority = await createRightsRepository(deps.database.connection).findAuthority(who.tenantId, who.userId);
  return authority && { ...authority, tenantId: who.tenantId, userId: who.userId, via: 'local' };
}
