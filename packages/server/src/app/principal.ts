import { AppError } from '@patchbay/errors';
import type { RouteDefinition } from '@patchbay/api-contract';
import { assertRole, type IdentityService, type LocalUser, type Principal } from '@patchbay/identity';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { localPrincipalOf, localTags } from './local-access.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; null on public routes and before the check. */
    principal: Principal | null;
  }
}

/** Name of the session cookie. `__Host-` cannot be set by a neighbour host, but needs https. */
export const sessionCookie = (isSecure: boolean): string => (isSecure ? '__Host-patchbay' : 'patchbay');

/** Where sessions come from and how their cookies look. */
export interface SessionOptions {
  readonly identity: IdentityService;
  /** True if the outside reaches the server by https. */
  readonly isSecure: boolean;
  /** Development mode on a loopback address: whom programs of this machine act as on some routes without credentials. */
  readonly local?: LocalUser | undefined;
}

/**
 * Makes the check that runs before a route reads its body: who it is, and whether the role allows it.
 *
 * @throws AppError `unauthenticated`, `forbidden_role`, `forbidden_origin`.
 */
export function requireAccess(options: SessionOptions, { access, tag }: Pick<RouteDefinition, 'access' | 'tag'>) {
  return async (request: FastifyRequest): Promise<void> => {
    if (access === 'public') {
      assertSameOrigin(request);
      return;
    }
    const principal = await authenticate(options, request, tag);
    if (!principal) throw new AppError('unauthenticated');
    if (principal.via === 'session') assertSameOrigin(request);
    if (access !== 'signed-in') assertRole(principal, access);
    request.principal = principal;
    request.log = request.log.child({ tenant: principal.tenantId });
  };
}

async function authenticate(
  options: SessionOptions,
  request: FastifyRequest,
  tag: string,
): Promise<Principal | undefined> {
  const { authorization, cookie } = request.headers;
  if (options.local && localTags.has(tag) && authorization === undefined && cookie === undefined)
    return localPrincipalOf(request, options.identity, options.local);
  const token = bearerToken(authorization);
  const sessionSecret = request.cookies[sessionCookie(options.isSecure)];
  return options.identity.authenticate({ token, sessionSecret });
}

/** The principal of a route that is not public. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new AppError('unauthenticated');
  return request.principal;
}

/** Hands a fresh session to the browser. */
export function setSessionCookie(
  reply: FastifyReply,
  options: SessionOptions,
  session: { secret: string; expires: Date },
): void {
  void reply.setCookie(sessionCookie(options.isSecure), session.secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: options.isSecure,
    expires: session.expires,
  });
}

/** Takes the session from the browser. */
export function clearSessionCookie(reply: FastifyReply, options: SessionOptions): void {
  void reply.clearCookie(sessionCookie(options.isSecure), {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: options.isSecure,
  });
}

function bearerToken(header: string | undefined): string | undefined {
  return header === undefined ? undefined : (/^Bearer +(\S{1,400})$/i.exec(header)?.[1] ?? '');
}

/**
 * A browser sends the cookie whoever made it send the request. `Sec-Fetch-Site` and `Origin` cannot be forged by a page;
 * a caller that sends neither is no browser.
 */
function assertSameOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const isForeign =
    site === undefined
      ? origin !== undefined && hostOf(origin) !== request.headers.host
      : site !== 'same-origin' && site !== 'none';
  if (isForeign) throw new AppError('forbidden_origin');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
