import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { maxRowsAtOnce, readPage } from '../read-page.ts';
import { statementFields } from '../statement-schema.ts';

/** Reads a table or a query page by page; the data processor of this connector. */
export const readRows = defineOperation({
  name: 'readRows',
  title: 'Read rows page by page',
  description:
    'Reads a table or the rows of a SELECT in the order of its key columns, one page per call. Runs in a read-only transaction.',
  effect: 'read',
  input: z.strictObject({
    table: z.string().min(1).max(200).optional().meta({ title: 'Table', description: 'Name, or schema.name.' }),
    sql: statementFields.sql
      .optional()
      .meta({ title: 'SQL', description: 'A SELECT in place of a table; $1, $2, … stand for the values.' }),
    values: statementFields.values,
    keyColumns: z.array(z.string().min(1).max(200)).max(8).default([]).meta({
      title: 'Key columns',
      description:
        'Together different in every row and never empty, for example id. Without them all rows are read at once, at most 10,000.',
    }),
    pageSize: z.int().min(1).max(maxRowsAtOnce).default(500).meta({ title: 'Rows per page' }),
    cursor: z.string().max(100_000).optional().meta({
      title: 'Cursor',
      description: 'From the page before; empty for the first page.',
    }),
  }),
  output: z.strictObject({
    rows: z.array(z.record(z.string(), z.unknown())).meta({ title: 'Rows' }),
    cursor: z.string().optional().meta({ title: 'Cursor', description: 'Absent on the last page.' }),
  }),
  ui: {
    '/sql': { widget: 'code', placeholder: 'select id, name from customers where city = $1' },
    '/pageSize': { isAdvanced: true },
    '/cursor': { isAdvanced: true },
  },
  samples: [
    {
      input: { table: 'customers', keyColumns: ['id'] },
      output: { rows: [{ id: 1, name: 'Ada' }], cursor: '["1"]' },
    },
  ],
  run: (input, context) => readPage(context, input),
});
