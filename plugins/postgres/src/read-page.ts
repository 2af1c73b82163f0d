import { fieldError, operationError, type OperationContext } from '@patchbay/connector-sdk';
import { quoteName, quoteTable, runStatement } from './client.ts';

/** Rows of one page, and of a source that is read at once. */
export const maxRowsAtOnce = 10_000;
/** Column that carries the key of a row as texts, in the form that PostgreSQL reads back without loss. */
const keyColumn = 'patchbay_key';

/** Which rows, and from where on. */
export interface PageRequest {
  readonly table?: string | undefined;
  readonly sql?: string | undefined;
  readonly values: readonly unknown[];
  readonly keyColumns: readonly string[];
  readonly pageSize: number;
  readonly cursor?: string | undefined;
}

/** Rows, and the key of the last of them if there are more. */
export interface Page {
  readonly rows: Record<string, unknown>[];
  readonly cursor?: string;
}

/**
 * One page of a table or query in the order of its key. The page begins after the key of the cursor, so that rows that come or go in
 * between shift nothing. Throws `operation_input_invalid` for keys that are empty or not unique, because rows would be lost.
 */
export async function readPage(context: OperationContext, request: PageRequest): Promise<Page> {
  const source = sourceOf(request);
  const keys = request.keyColumns.map((name) => `source.${quoteName(name)}`);
  if (keys.length === 0) return readAll(context, source, request);
  const after = request.cursor === undefined || request.cursor === '' ? [] : parseCursor(request);
  const holders = after.map((_key, index) => `$${String(request.values.length + index + 1)}`);
  const text = [
    `select source.*, array[${keys.map((key) => `${key}::text`).join(', ')}] as ${keyColumn} from ${source}`,
    after.length === 0 ? '' : `where (${keys.join(', ')}) > (${holders.join(', ')})`,
    `order by ${keys.join(', ')} limit ${String(request.pageSize + 1)}`,
  ].join('\n');
  const values = [...request.values, ...after];
  const { rows } = await runStatement(context, { text, values, maxRows: request.pageSize + 1, isReadOnly: true });
  if (rows.length <= request.pageSize) await assertNoEmptyKey(context, { source, keys, values: request.values });
  return toPage(rows, request.pageSize);
}

function sourceOf({ table, sql, values }: PageRequest): string {
  if (table !== undefined && sql !== undefined) throw fieldError('/sql', 'Give a table or SQL, not both.');
  if (sql !== undefined) return `(\n${sql.replace(/[\s;]+$/, '')}\n) as source`;
  if (table === undefined) throw fieldError('/table', 'Give a table or SQL.');
  if (values.length > 0) throw fieldError('/values', 'Values belong to SQL; a table takes none.');
  return `${quoteTable(table)} as source`;
}

async function readAll(context: OperationContext, source: string, request: PageRequest): Promise<Page> {
  if (request.cursor !== undefined && request.cursor !== '') {
    throw fieldError('/cursor', 'Without key columns there are no pages.');
  }
  const statement = { text: `select * from ${source}`, values: request.values, maxRows: maxRowsAtOnce };
  const { rows, isTruncated } = await runStatement(context, { ...statement, isReadOnly: true });
  if (!isTruncated) return { rows };
  throw operationError('response_too_large', {
    message: `There are more than ${String(maxRowsAtOnce)} rows.`,
    hint: 'Name key columns; then they are read page by page.',
  });
}

/** The texts of the key after which the page begins. */
function parseCursor({ cursor = '', keyColumns }: PageRequest): string[] {
  const texts = parseJson(cursor);
  const isKey = Array.isArray(texts) && texts.length === keyColumns.length;
  if (isKey && texts.every((text) => typeof text === 'string')) return texts;
  throw fieldError('/cursor', 'It is not a cursor of these key columns.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface KeyedSource {
  readonly source: string;
  readonly keys: readonly string[];
  readonly values: readonly unknown[];
}

/** Rows with an empty key come after all others and never after a cursor; they must not get lost in silence. */
async function assertNoEmptyKey(context: OperationContext, { source, keys, values }: KeyedSource): Promise<void> {
  const isEmpty = keys.map((key) => `${key} is null`).join(' or ');
  const text = `select 1 from ${source} where ${isEmpty} limit 1`;
  const { rows } = await runStatement(context, { text, values, maxRows: 1, isReadOnly: true });
  if (rows.length > 0) throw emptyKey();
}

function emptyKey(): Error {
  return fieldError('/keyColumns', 'The key is empty in some rows.');
}

function toPage(found: readonly Record<string, unknown>[], pageSize: number): Page {
  const isEmpty = found.some((row) => (row[keyColumn] as unknown[]).includes(null));
  if (isEmpty) throw emptyKey();
  const keys = found.map((row) => JSON.stringify(row[keyColumn]));
  const rows = found.slice(0, pageSize).map(({ [keyColumn]: _key, ...row }) => row);
  const [last, next] = keys.slice(pageSize - 1);
  if (last === undefined || next === undefined) return { rows };
  if (last === next) throw fieldError('/keyColumns', `The key ${last} is there more than once.`);
  return { rows, cursor: last };
}
