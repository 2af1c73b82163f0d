import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { FileSchema } from '../files/describe-file.ts';
import { readFilePage } from '../files/file-page.ts';
import { cursor, fileFields, nextCursor, pageUi } from './file-fields.ts';

/** Files with the text of text files; behind the data processor `local-files`. */
export const readFiles = defineOperation({
  name: 'readFiles',
  title: 'Read files',
  description: 'Gives the files of folders with the text of those that are text, one page per call.',
  effect: 'read',
  input: z.strictObject({
    ...fileFields,
    maxTextBytes: z.int().min(1).max(1_048_576).default(65_536).meta({
      title: 'Most text',
      description: 'Bytes of text per file; of longer files the beginning is given.',
    }),
    cursor,
  }),
  output: z.strictObject({ files: z.array(FileSchema).meta({ title: 'Files' }), cursor: nextCursor }),
  ui: { ...pageUi, '/maxTextBytes': { isAdvanced: true } },
  samples: [
    {
      input: { paths: ['notes'], extensions: ['md', 'txt'] },
      output: {
        files: [
          {
            path: 'notes/a.md',
            name: 'a.md',
            extension: 'md',
            size: 7,
            modified: '2026-01-02T03:04:05.000Z',
            text: '# Notes',
          },
        ],
      },
    },
  ],
  run: (input, context) => readFilePage(context, input),
});
