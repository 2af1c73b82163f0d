import { operationError, type OperationContext } from '@patchbay/connector-sdk';
import { Query, type PoolClient, type QueryConfig } from 'pg';
import { toOperationError } from './errors.ts';
import { jsonTypes } from './json-types.ts';
import { poolFor } from './pools.ts';

/** The driver knows `queryMode`; its types do not. */
type ExtendedQuery = QueryConfig & { readonly queryMode: 'extended' };

/** One statement with bound values. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Rows kept; the rest is not read. */
  readonly maxRows: number;
  /** Run in a read-only transaction. */
  readonly isReadOnly?: boolean;
}

/** Rows as JSON. */
export interface StatementResult {
  readonly rows: Record<string, unknown>[];
  /** Rows returned, or changed by a statement that returns none. */
  readonly rowCount: number;
  /** There were more rows than asked for. */
  readonly isTruncated: boolean;
}

/** Runs a statement on the database of the connection. Fails with the error its SQLSTATE means. */
export async function runStatement(context: OperationContext, statement: Statement): Promise<StatementResult> {
  try {
    const pool = poolFor(context.credentials);
    const client = await pool.connect();
    if (context.signal.aborted) client.release();
    context.signal.throwIfAborted();
    return await runOn(client, statement, context);
  } catch (failure) {
    throw toOperationError(failure);
  }
}

async function runOn(client: PoolClient, statement: Statement, context: OperationContext): Promise<StatementResult> {
  const { signal } = context;
  let isBroken = false;
  const onAbort = (): void => {
    isBroken = true;
    void cancelOnServer(client, context);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (statement.isReadOnly === true) await client.query('begin read only');
    const result = await collectRows(client, statement);
    // The server is still sending; leaving is cheaper than reading on, and a read has nothing to commit.
    isBroken ||= result.isTruncated;
    if (statement.isReadOnly === true && !isBroken) await client.query('commit');
    return result;
  } catch (failure) {
    isBroken ||= !(await canGoOn(client, statement));
    throw failure;
  } finally {
    signal.removeEventListener('abort', onAbort);
    client.release(isBroken);
  }
}

/** After an error a transaction must be left before the connection can serve another call. */
async function canGoOn(client: PoolClient, statement: Statement): Promise<boolean> {
  try {
    await client.query(statement.isReadOnly === true ? 'rollback' : '');
    return true;
  } catch {
    return false;
  }
}

function collectRows(client: PoolClient, { text, values, maxRows }: Statement): Promise<StatementResult> {
  return new Promise((resolve, reject) => {
    const rows: Record<string, unknown>[] = [];
    // `extended` binds values and takes one statement only, so a value can never become SQL.
    const config: ExtendedQuery = { text, values: [...values], types: jsonTypes, queryMode: 'extended' };
    const query = new Query(config);
    query.on('row', (row: Record<string, unknown>) => {
      if (rows.length < maxRows) rows.push(row);
      else resolve({ rows, rowCount: rows.length, isTruncated: true });
    });
    query.on('end', (result) => {
      resolve({ rows, rowCount: result.rowCount ?? rows.length, isTruncated: false });
    });
    query.on('error', reject);
    client.query(query);
  });
}

/** Asks the server to stop the statement; closing the connection alone would let it run on. */
async function cancelOnServer(client: PoolClient, context: OperationContext): Promise<void> {
  const { processID } = client as PoolClient & { readonly processID?: number };
  if (processID === undefined) return;
  try {
    await poolFor(context.credentials).query('select pg_cancel_backend($1)', [processID]);
  } catch {
    context.log.warn('The running statement could not be cancelled on the server.');
  }
}

/** A quoted table name from `table` or `schema.table`. */
export function quoteTable(table: string): string {
  const [first = '', ...rest] = table.split('.');
  return rest.length === 0 ? quoteName(first) : `${quoteName(first)}.${quoteName(rest.join('.'))}`;
}

/** A quoted identifier; nothing in it can end the quotes. */
export function quoteName(name: string): string {
  if (name === '' || name.includes('\0')) {
    throw operationError('operation_input_invalid', {
      message: 'A table or column name is empty.',
      details: { wasSent: false },
    });
  }
  return `"${name.replaceAll('"', '""')}"`;
}
