import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { quoteName } from '../client.ts';
import { WrittenSchema, writeFields, writeRows } from '../write-rows.ts';

/** Inserts rows, or changes those that are there; repeating gives the same state. */
export const upsertRows = defineOperation({
  name: 'upsertRows',
  title: 'Upsert rows',
  description:
    'Inserts rows; those whose key is there already are updated, or left as they are. Repeating gives the same state, so it is tried again when it fails.',
  effect: 'idempotent',
  input: z.strictObject({
    table: writeFields.table,
    rows: writeFields.rows,
    conflictColumns: z
      .array(z.string().min(1))
      .min(1)
      .max(32)
      .meta({ title: 'Key columns', description: 'Columns of a unique index or primary key.' }),
    onConflict: z
      .enum(['update', 'ignore'])
      .default('update')
      .meta({ title: 'When the key is there', description: 'update: take the new values. ignore: keep the old row.' }),
    returning: writeFields.returning,
  }),
  output: WrittenSchema,
  ui: { '/rows': { widget: 'json' }, '/returning': { isAdvanced: true } },
  samples: [
    {
      input: { table: 'stock', rows: [{ sku: 'A1', quantity: 5 }], conflictColumns: ['sku'] },
      output: { rowCount: 1, rows: [] },
    },
  ],
  run: ({ conflictColumns, onConflict, ...input }, context) =>
    writeRows(context, {
      ...input,
      conflict: (columns) => {
        const changed = onConflict === 'ignore' ? [] : columns.filter((column) => !conflictColumns.includes(column));
        const target = `on conflict (${conflictColumns.map(quoteName).join(', ')})`;
        const changes = changed.map((column) => `${quoteName(column)} = excluded.${quoteName(column)}`);
        return changes.length === 0 ? `${target} do nothing` : `${target} do update set ${changes.join(', ')}`;
      },
    }),
});
