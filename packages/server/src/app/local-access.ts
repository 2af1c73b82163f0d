import { AppError } from '@patchbay/errors';
import { lowerRole, type IdentityService, type LocalUser, type Principal } from '@patchbay/identity';
import type { FastifyRequest } from 'fastify';
import { hasLoopbackName, isLoopback } from './host-check.ts';

/** Tags of the routes that development mode opens to programs of this machine (requirements.md 5.33). */
export const localTags: ReadonlySet<string> = new Set(['connector', 'lifecycle']);

/** What only browsers send. A page cannot keep all of them from being sent with a request that writes. */
const browserHeaders = ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'origin', 'referer'] as const;
/** Traces of a proxy: behind one, a loopback address says nothing about where the caller is. */
const proxyHeaders = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'] as const;

/**
 * Who a request without any credentials is in development mode: an enterprise administrator of the demo tenant, if a program
 * on this machine sent it; nobody otherwise. Only asked for when the server was started so, on a loopback address.
 *
 * @throws AppError `forbidden_origin` for a page of another origin.
 */
export async function localPrincipalOf(
  request: FastifyRequest,
  identity: IdentityService,
  user: LocalUser,
): Promise<Principal | undefined> {
  if (isForeignPage(request)) throw new AppError('forbidden_origin');
  if (!isProgramHere(request)) return undefined;
  const principal = await identity.localPrincipal(user);
  return principal && { ...principal, role: lowerRole(principal.role, 'enterprise_admin'), isPlatformAdmin: false };
}

function isProgramHere({ headers, ip }: FastifyRequest): boolean {
  if ([...browserHeaders, ...proxyHeaders].some((name) => headers[name] !== undefined)) return false;
  return isLoopback(ip.replace(/^::ffff:/, '')) && hasLoopbackName(headers.host);
}

function isForeignPage({ headers }: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== headers.host);
}
