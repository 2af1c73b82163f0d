import knexModule, { type Knex } from 'knex';
import PostgresClient from 'knex/lib/dialects/postgres/index.js';
import { AppError } from '@patchbay/errors';
import { isDeadConnection, toDatabaseError } from './database-error.ts';
import { assertStorable } from './storable.ts';

/** A pool or an open transaction: what every repository is made for. */
export type DatabaseConnection = Knex;

/** An open transaction. A function that must run inside one asks for this type. */
export type Transaction = Knex.Transaction;

/** Where the database is and how hard it may be used. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/name`. Never logged. */
  readonly url: string;
  /** Most connections at a time. Default 10. */
  readonly poolMax?: number;
  /** A statement that runs longer is ended with `service_unavailable`. Default 30,000. */
  readonly statementTimeoutMs?: number;
  /** Shown in `pg_stat_activity`. Default `patchbay`. */
  readonly applicationName?: string;
}

/** The pool of one process. */
export interface Database {
  /** The pool itself; hand this (or a {@link Transaction}) to repositories. */
  readonly connection: DatabaseConnection;
  /** Runs `work` in one transaction; any throw rolls all of it back. */
  transaction<Result>(work: (trx: Transaction) => Promise<Result>): Promise<Result>;
  /** Resolves when a query was answered. Throws `service_unavailable` otherwise. */
  checkHealth(): Promise<void>;
  /** Waits for running queries, then closes all connections. */
  close(): Promise<void>;
}

/**
 * Sees every query of the pool and of its transactions, so that no call site can forget the two rules: text that PostgreSQL
 * cannot hold never leaves the process, and a failure of the connection is `service_unavailable`.
 */
class GuardedClient extends PostgresClient {
  override async query(connection: unknown, query: { bindings?: unknown } | string): Promise<unknown> {
    if (typeof query !== 'string') assertStorable(query.bindings);
    try {
      return await (super.query(connection, query) as Promise<unknown>);
    } catch (cause) {
      if (isDeadConnection(cause)) discard(connection, cause);
      throw toDatabaseError(cause);
    }
  }

  override async acquireConnection(): Promise<unknown> {
    try {
      return await (super.acquireConnection() as Promise<unknown>);
    } catch (cause) {
      throw new AppError('service_unavailable', { message: 'The database cannot be reached.', cause });
    }
  }
}

/** Opens a pool. Connects lazily: the first query tells whether the database can be reached. */
export function createDatabase(options: DatabaseOptions): Database {
  const connection = knexModule.knex({
    client: GuardedClient,
    connection: {
      connectionString: options.url,
      application_name: options.applicationName ?? 'patchbay',
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    },
    pool: { min: 0, max: options.poolMax ?? 10, idleTimeoutMillis: 60_000 },
    acquireConnectionTimeout: 10_000,
    // An error message never carries the values of its statement: secrets may be among them.
    compileSqlOnError: false,
    // Every failure is thrown; knex would print it a second time.
    log: { warn: ignore, error: ignore, deprecate: ignore, debug: ignore },
  });
  return {
    connection,
    transaction: (work) => connection.transaction(work),
    async checkHealth() {
      await connection.raw('select 1');
    },
    close: () => connection.destroy(),
  };
}

/** The pool hands a connection out until its socket closes; this is the mark by which knex throws it away at once. */
function discard(connection: unknown, cause: unknown): void {
  (connection as { __knex__disposed?: unknown }).__knex__disposed = cause;
}

function ignore(): void {
  // deliberately nothing
}
