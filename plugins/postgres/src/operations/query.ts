import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { runStatement } from '../client.ts';
import { RowsSchema, statementFields, statementUi } from '../statement-schema.ts';

/** Reads rows in a read-only transaction. */
export const query = defineOperation({
  name: 'query',
  title: 'Query',
  description:
    'Reads rows with a SELECT and bound values. Runs in a read-only transaction, so it can safely be repeated.',
  effect: 'read',
  input: z.strictObject({
    sql: statementFields.sql,
    values: statementFields.values,
    maxRows: statementFields.maxRows,
  }),
  output: RowsSchema,
  ui: statementUi,
  samples: [
    {
      input: { sql: 'select id, name from customers where city = $1', values: ['Oslo'] },
      output: { rows: [{ id: 1, name: 'Ada' }], rowCount: 1, isTruncated: false },
    },
  ],
  run: ({ sql, values, maxRows }, context) => runStatement(context, { text: sql, values, maxRows, isReadOnly: true }),
});
