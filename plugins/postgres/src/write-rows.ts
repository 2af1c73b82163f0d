import { operationError, type OperationContext } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { quoteName, quoteTable, runStatement } from './client.ts';

/** Rows one call may write. */
export const maxWrittenRows = 10_000;

/** Fields of every operation that writes rows. */
export const writeFields = {
  table: z.string().min(1).max(200).meta({ title: 'Table', description: 'Name, or schema.name.' }),
  rows: z
    .array(z.record(z.string(), z.unknown()))
    .max(maxWrittenRows)
    .meta({ title: 'Rows', description: 'Objects with the same columns. All are written, or none.' }),
  returning: z.array(z.string().min(1)).max(200).default([]).meta({
    title: 'Return columns',
    description: 'Columns of the written rows to return, for example a generated id; * for all.',
  }),
};

/** What writing returns. */
export const WrittenSchema = z.strictObject({
  rowCount: z.int().meta({ title: 'Rows written' }),
  rows: z
    .array(z.record(z.string(), z.unknown()))
    .meta({ title: 'Rows', description: 'Filled when columns are returned.' }),
});

/** What to write. `conflict` is the text after the columns, already quoted. */
export interface WriteRequest {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly returning: readonly string[];
  readonly conflict: (columns: readonly string[]) => string;
}

/**
 * Writes all rows with one statement. The rows travel as one JSON value, which PostgreSQL turns into the types of the
 * table's own columns: no limit of bound values, no guessing of types.
 */
export async function writeRows(
  context: OperationContext,
  request: WriteRequest,
): Promise<z.infer<typeof WrittenSchema>> {
  const columns = commonColumns(request.rows);
  if (columns.length === 0) return { rowCount: 0, rows: [] };
  const table = quoteTable(request.table);
  const names = columns.map(quoteName).join(', ');
  const returned = request.returning.map((column) => (column === '*' ? '*' : quoteName(column))).join(', ');
  const text = [
    `insert into ${table} (${names})`,
    `select ${names} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    request.conflict(columns),
    returned === '' ? '' : `returning ${returned}`,
  ].join('\n');
  const values = [JSON.stringify(request.rows)];
  const { rows, rowCount } = await runStatement(context, { text, values, maxRows: maxWrittenRows });
  return { rowCount, rows };
}

/** The columns all rows have. A row with others would silently get nulls, so it is refused. */
function commonColumns(rows: WriteRequest['rows']): string[] {
  const columns = Object.keys(rows[0] ?? {});
  const wanted = JSON.stringify(columns.toSorted());
  rows.forEach((row, index) => {
    if (JSON.stringify(Object.keys(row).toSorted()) === wanted) return;
    throw operationError('operation_input_invalid', {
      message: `Row ${String(index + 1)} has other columns than row 1.`,
      hint: 'Give every row the same columns; use null for what is empty.',
      details: { problems: [{ path: `/rows/${String(index)}`, message: 'Other columns than row 1.' }], wasSent: false },
    });
  });
  if (rows.length > 0 && columns.length === 0) {
    throw operationError('operation_input_invalid', {
      message: 'The rows have no columns.',
      details: { wasSent: false },
    });
  }
  return columns;
}
