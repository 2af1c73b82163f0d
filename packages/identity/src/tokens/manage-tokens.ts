import { toPageBody, type PageBody, type RouteBody, type RouteQuery, type RouteResponse } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { ulid } from 'ulid';
import type { AuditRecord } from '../audit/audit-record.ts';
import { hashSecret, newSecret, type IdentityDeps } from '../identity-deps.ts';
import { assertWithin, type Principal, type Rights } from '../principal.ts';
import { createTokenRepository, type StoredToken } from './token-repository.ts';

/** A token as the list shows it. */
export type TokenSummary = RouteResponse<'searchTokens'>['hits']['hits'][number]['_source'];

const dayMs = 24 * 60 * 60_000;

/** The caller's own tokens. */
export async function searchTokens(
  deps: IdentityDeps,
  principal: Principal,
  query: RouteQuery<'searchTokens'>,
): Promise<PageBody<TokenSummary>> {
  const started = performance.now();
  const tokens = createTokenRepository(deps.database.connection);
  const page = await tokens.search(principal.tenantId, principal.userId, query);
  return toPageBody({ total: page.total, items: page.items.map(toSummary) }, performance.now() - started);
}

/** Makes a token `pb_<prefix>_<secret>`; the answer is the only place that shows it. Throws `forbidden_role` for more rights than one's own. */
export async function createToken(
  deps: IdentityDeps,
  principal: Principal,
  body: RouteBody<'createToken'>,
): Promise<RouteResponse<'createToken'>> {
  const rights = rightsOf(principal, body);
  assertWithin(principal, rights);
  const now = deps.clock();
  const prefix = `pb_${deps.random(6).toString('hex')}`;
  const secret = newSecret(deps);
  const token: StoredToken = {
    ...rights,
    id: ulid(),
    tenantId: principal.tenantId,
    userId: principal.userId,
    name: body.name,
    prefix,
    secretHash: hashSecret(secret),
    createdAt: now,
    expiresAt: lastMoment(principal, now, body.expiresInDays),
    lastUsedAt: null,
  };
  await deps.database.transaction(async (trx) => {
    await createTokenRepository(trx).insert(token);
    await deps.audit.record(trx, { ...entryOf(principal, token), action: 'token_created' });
  });
  return { _id: token.id, result: 'created', token: `${prefix}_${secret}` };
}

/** Revokes one of the caller's tokens at once. Throws `not_found`. */
export async function deleteToken(
  deps: IdentityDeps,
  principal: Principal,
  id: string,
): Promise<RouteResponse<'deleteToken'>> {
  await deps.database.transaction(async (trx) => {
    const deleted = await createTokenRepository(trx).delete(principal.tenantId, principal.userId, id);
    if (deleted === undefined) throw new AppError('not_found', { message: 'You have no such token.' });
    await deps.audit.record(trx, { ...entryOf(principal, deleted), action: 'token_deleted' });
  });
  return { _id: id, result: 'deleted' };
}

/** Naming a role means wanting no more than that role. */
function rightsOf(principal: Principal, body: RouteBody<'createToken'>): Rights {
  const role = body.role ?? principal.role;
  const byRole = body.role === undefined ? principal.isPlatformAdmin : role === 'platform_admin';
  return { role, isPlatformAdmin: body.platformAdmin ?? byRole };
}

function entryOf(principal: Principal, token: StoredToken): Omit<AuditRecord, 'action'> {
  return {
    tenantId: token.tenantId,
    actor: principal.name,
    target: { kind: 'token', id: token.id, name: token.name },
    details: { prefix: token.prefix, role: token.role, platformAdmin: token.isPlatformAdmin },
  };
}

/** A token made with a token ends no later than that one: otherwise a short-lived one could renew itself for ever. */
function lastMoment(principal: Principal, now: Date, expiresInDays: number | undefined): Date | null {
  const wanted = expiresInDays === undefined ? null : new Date(now.getTime() + expiresInDays * dayMs);
  const bound = principal.via === 'token' ? (principal.expires ?? null) : null;
  if (wanted === null || bound === null) return wanted ?? bound;
  return wanted < bound ? wanted : bound;
}

function toSummary(token: StoredToken): TokenSummary {
  return {
    id: token.id,
    created: token.createdAt.toISOString(),
    name: token.name,
    prefix: token.prefix,
    role: token.role,
    platformAdmin: token.isPlatformAdmin,
    ...(token.expiresAt === null ? {} : { expires: token.expiresAt.toISOString() }),
    ...(token.lastUsedAt === null ? {} : { lastUsed: token.lastUsedAt.toISOString() }),
  };
}
