import { createDatabase, runMigrations, type Database } from '@patchbay/database';
import type { Role } from '@patchbay/api-contract';
import { createTestDatabase } from '@patchbay/tooling';
import { createIdentityService, identityMigrations, type IdentityService, type Principal } from '../src/index.ts';

/** Identity on its own database with a clock that the test moves. */
export interface IdentityFixture {
  readonly database: Database;
  readonly identity: IdentityService;
  /** Moves the clock. */
  pass(ms: number): void;
  /** A user of a tenant, signed in by a link. */
  signedIn(tenantId: string, role?: Role, isPlatformAdmin?: boolean): Promise<SignedInUser>;
  close(): Promise<void>;
}

export interface SignedInUser {
  readonly principal: Principal;
  readonly secret: string;
  readonly email: string;
}

export const hour = 60 * 60_000;
export const day = 24 * hour;

export async function createIdentityFixture(serverUrl: string): Promise<IdentityFixture> {
  const server = await createTestDatabase(serverUrl);
  const database = createDatabase({ url: server.url, poolMax: 8 });
  await runMigrations(database, [identityMigrations]);
  let now = Date.parse('2026-01-01T00:00:00Z');
  const identity = createIdentityService(database, {
    clock: () => new Date(now),
    passwordCost: { logN: 10, blockSize: 8, parallelism: 1 },
  });
  let counter = 0;
  return {
    database,
    identity,
    pass(ms) {
      now += ms;
    },
    async signedIn(tenantId, role = 'enterprise_admin', isPlatformAdmin = role === 'platform_admin') {
      counter += 1;
      const email = `user${String(counter)}@${tenantId}.example`;
      await identity.ensureTenant({ id: tenantId, name: tenantId.toUpperCase() });
      const name = `User ${String(counter)}`;
      const user = await identity.ensureUser({ tenantId, email, name, role, isPlatformAdmin });
      const token = await identity.issueSignInLink({ tenantId, userId: user.id });
      const { secret } = await identity.signInByLink({ token, address: 'fixture' });
      const principal = await identity.authenticate({ sessionSecret: secret });
      if (principal === undefined) throw new Error('A fresh session must be valid');
      return { principal, secret, email };
    },
    async close() {
      await database.close();
      await server.drop();
    },
  };
}

/** All rows of all tables as text: what a thief of the database would read. */
export async function dumpDatabase(database: Database): Promise<string> {
  const { rows } = await database.connection.raw<{ rows: { tablename: string }[] }>(
    `select tablename from pg_tables where schemaname = 'public'`,
  );
  const lines = rows.map(async ({ tablename }) => {
    const dump = await database.connection.raw<{ rows: { line: string }[] }>('select t::text as line from ?? t', [
      tablename,
    ]);
    return dump.rows.map((row) => row.line).join('\n');
  });
  return (await Promise.all(lines)).join('\n');
}
