import { z } from 'zod';

/** Fields of operations that take a statement. */
export const statementFields = {
  sql: z
    .string()
    .min(1)
    .max(100_000)
    .meta({ title: 'SQL', description: 'One statement; $1, $2, … stand for the values.' }),
  values: z.array(z.unknown()).max(1_000).default([]).meta({
    title: 'Values',
    description: 'Bound in order, never put into the text. A list becomes a PostgreSQL array, an object becomes JSON.',
  }),
  maxRows: z
    .int()
    .min(1)
    .max(10_000)
    .default(1_000)
    .meta({ title: 'Most rows', description: 'More rows are not read; isTruncated says so.' }),
};

/** What a statement returns. */
export const RowsSchema = z.strictObject({
  rows: z.array(z.record(z.string(), z.unknown())).meta({ title: 'Rows' }),
  rowCount: z.int().meta({ title: 'Number of rows', description: 'Rows returned, or changed when none are returned.' }),
  isTruncated: z.boolean().meta({ title: 'There were more rows' }),
});

/** Widgets of the statement fields. */
export const statementUi = {
  '/sql': { widget: 'code' as const, placeholder: 'select * from customers where id = $1' },
  '/maxRows': { isAdvanced: true },
};
