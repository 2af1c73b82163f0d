import type { z } from 'zod';
import type { ErrorCode } from '@patchbay/errors';
import type { Role } from '../resources/identity.ts';
import type { RoutePath } from '../client/route-paths.ts';

/** Who may call a route: anyone, anyone signed in, or those with one of the roles. Tenant isolation comes on top, always. */
export type RouteAccess = 'public' | 'signed-in' | readonly Role[];

/** One HTTP route as data; the server registers it, OpenAPI and the client come from it. */
export interface RouteDefinition {
  readonly path: RoutePath;
  readonly summary: string;
  readonly tag: string;
  readonly access: RouteAccess;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
  readonly status: 200 | 202;
  /** The write needs the revision it is based on in `If-Match` (or `*` to overwrite). */
  readonly needsRevision?: boolean;
  /** Largest body; absent: that of the configuration. */
  readonly maxBodyBytes?: number;
  /** Codes beyond validation_error, unauthenticated, forbidden_role, rate_limited and internal_error. */
  readonly errors: readonly ErrorCode[];
}

/** Keeps the literal types of a route. */
export const defineRoute = <const Route extends RouteDefinition>(route: Route): Route => route;

/** Roles that may change flows, connections and runs; a platform administrator without another role may not (4.5). */
export const editors: readonly Role[] = ['enterprise_admin', 'developer'];

/** Roles that may administer a tenant or the platform. */
export const administrators: readonly Role[] = ['platform_admin', 'enterprise_admin'];
