import { createHash, randomBytes } from 'node:crypto';
import type { Database } from '@patchbay/database';
import { createAuditLog, type AuditLog } from './audit/audit-log.ts';
import { defaultPasswordCost, type PasswordCost } from './sign-in/password.ts';

/** What the functions of this module need from outside. */
export interface IdentityDeps {
  readonly database: Database;
  readonly clock: () => Date;
  /** Cryptographically secure random bytes. */
  readonly random: (bytes: number) => Buffer;
  readonly passwordCost: PasswordCost;
  /** Number of connectors of each of the tenants; the registry knows. A tenant without any may be left out. */
  readonly connectorCounts: (tenantIds: readonly string[]) => Promise<Readonly<Record<string, number>>>;
  readonly audit: AuditLog;
}

/** What a caller may replace, for tests. */
export type IdentityOptions = Partial<Omit<IdentityDeps, 'database' | 'audit'>>;

export function createIdentityDeps(database: Database, options: IdentityOptions = {}): IdentityDeps {
  const clock = options.clock ?? (() => new Date());
  return {
    database,
    clock,
    random: options.random ?? randomBytes,
    passwordCost: options.passwordCost ?? defaultPasswordCost,
    connectorCounts: options.connectorCounts ?? (() => Promise.resolve({})),
    audit: createAuditLog({ clock }),
  };
}

/** A new opaque secret of 256 bits. */
export function newSecret(deps: IdentityDeps): string {
  return deps.random(32).toString('base64url');
}

/** How an opaque secret is stored: it has 256 bits, so one plain hash is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
