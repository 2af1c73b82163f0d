import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { readRecordPage } from '../records/record-page.ts';
import { cursor, nextCursor, pageUi } from './file-fields.ts';

/** Rows of a CSV file, or values of a JSON or NDJSON file; behind the data processor `file-records`. */
export const readRecords = defineOperation({
  name: 'readRecords',
  title: 'Read records of a file',
  description: 'Reads the rows of a CSV file, or the values of a JSON or NDJSON file, one page per call.',
  effect: 'read',
  input: z.strictObject({
    path: z.string().min(1).max(4_000).meta({ title: 'File', description: 'Relative to the folder of the tenant.' }),
    format: z.enum(['auto', 'csv', 'json', 'ndjson']).default('auto').meta({
      title: 'Format',
      description: 'auto: by the extension of the file.',
    }),
    hasHeader: z.boolean().default(true).meta({
      title: 'The first row holds names',
      description: 'For CSV; without names a record is a list.',
    }),
    delimiter: z.enum([',', ';', '\t', '|']).default(',').meta({ title: 'Delimiter', description: 'For CSV.' }),
    recordsPointer: z.string().max(500).default('').meta({
      title: 'Records pointer',
      description: 'For JSON: pointer to the list in the document; empty: the document is the list.',
    }),
    pageSize: z.int().min(1).max(5_000).default(500).meta({ title: 'Records per page' }),
    cursor,
  }),
  output: z.strictObject({ records: z.array(z.unknown()).meta({ title: 'Records' }), cursor: nextCursor }),
  ui: { ...pageUi, '/delimiter': { isAdvanced: true } },
  samples: [{ input: { path: 'orders/2026.csv' }, output: { records: [{ sku: 'A1', quantity: '2' }] } }],
  run: (input, context) => readRecordPage(context, input),
});
