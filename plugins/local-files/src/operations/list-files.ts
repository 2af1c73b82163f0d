import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { FileSchema } from '../files/describe-file.ts';
import { readFilePage } from '../files/file-page.ts';
import { cursor, fileFields, nextCursor, pageUi } from './file-fields.ts';

/** Lists files without opening them. */
export const listFiles = defineOperation({
  name: 'listFiles',
  title: 'List files',
  description: 'Lists files of folders, one page per call.',
  effect: 'read',
  input: z.strictObject({ ...fileFields, cursor }),
  output: z.strictObject({
    files: z.array(FileSchema.omit({ text: true, isTruncated: true })).meta({ title: 'Files' }),
    cursor: nextCursor,
  }),
  ui: pageUi,
  samples: [
    {
      input: { paths: ['orders'], extensions: ['csv'] },
      output: {
        files: [
          {
            path: 'orders/2026.csv',
            name: '2026.csv',
            extension: 'csv',
            size: 1_024,
            modified: '2026-01-02T03:04:05.000Z',
          },
        ],
      },
    },
  ],
  run: (input, context) => readFilePage(context, { ...input, maxTextBytes: 0 }),
});
