import { timingSafeEqual } from 'node:crypto';
import { hashSecret, type IdentityDeps } from '../identity-deps.ts';
import type { Authority } from '../authority.ts';
import { createTokenRepository, type StoredToken } from './token-repository.ts';

const format = /^(pb_[0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** `lastUsed` is exact to this. */
const touchMs = 60_000;

/** The stored token that `text` opens, with what its user may do now; undefined for anything else. */
export async function findByToken(
  deps: IdentityDeps,
  text: string,
): Promise<{ readonly token: StoredToken; readonly authority: Authority } | undefined> {
  const [, prefix, secret] = format.exec(text) ?? [];
  if (prefix === undefined || secret === undefined) return undefined;
  const tokens = createTokenRepository(deps.database.connection);
  const now = deps.clock();
  const found = await tokens.findOpen(prefix, now);
  if (found === undefined) return undefined;
  if (!timingSafeEqual(Buffer.from(hashSecret(secret)), Buffer.from(found.token.secretHash))) return undefined;
  const lastUsed = found.token.lastUsedAt?.getTime() ?? 0;
  if (now.getTime() - lastUsed >= touchMs) await tokens.touch(found.token.tenantId, found.token.id, now);
  return found;
}
