import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { WrittenSchema, writeFields, writeRows } from '../write-rows.ts';

/** Inserts rows once. */
export const insertRows = defineOperation({
  name: 'insertRows',
  title: 'Insert rows',
  description:
    'Inserts rows into a table. It is sent once; for tables with a unique key prefer Upsert rows, which can be repeated after a failure.',
  effect: 'once',
  input: z.strictObject(writeFields),
  output: WrittenSchema,
  ui: { '/rows': { widget: 'json' }, '/returning': { isAdvanced: true } },
  samples: [
    {
      input: { table: 'orders', rows: [{ customer_id: 1, total: 9.5 }], returning: ['id'] },
      output: { rowCount: 1, rows: [{ id: 7 }] },
    },
  ],
  run: (input, context) => writeRows(context, { ...input, conflict: () => '' }),
});
