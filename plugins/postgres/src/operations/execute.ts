import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { runStatement } from '../client.ts';
import { RowsSchema, statementFields, statementUi } from '../statement-schema.ts';

/** Runs any statement once. */
export const execute = defineOperation({
  name: 'execute',
  title: 'Execute',
  description:
    'Runs any statement with bound values: UPDATE, DELETE, INSERT, a function call. It is sent once; when the outcome is unknown, the step says so.',
  effect: 'once',
  input: z.strictObject({
    sql: statementFields.sql,
    values: statementFields.values,
    maxRows: statementFields.maxRows,
  }),
  output: RowsSchema,
  ui: statementUi,
  samples: [
    {
      input: { sql: 'update stock set quantity = quantity - $1 where sku = $2', values: [2, 'A1'] },
      output: { rows: [], rowCount: 1, isTruncated: false },
    },
  ],
  run: ({ sql, values, maxRows }, context) => runStatement(context, { text: sql, values, maxRows }),
});
