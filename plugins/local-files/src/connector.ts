import { defineConnector } from '@patchbay/connector-sdk';
import { listFiles } from './operations/list-files.ts';
import { readFiles } from './operations/read-files.ts';
import { readRecords } from './operations/read-records.ts';

const page = { cursorPointer: '/cursor', cursorField: 'cursor' };

/** Reads the files that the installation gives to the tenant. */
export const connector = defineConnector({
  slug: 'local-files',
  name: 'Local files',
  description: 'Reads files from the folder that the installation gives to your tenant: lists, text, CSV and JSON.',
  tile: 'green',
  category: 'local_storage',
  tags: ['files', 'folder', 'csv', 'json', 'ndjson', 'local'],
  runtime: 'node',
  permissions: { files: 'read' },
  auth: [{ type: 'none' }],
  operations: [listFiles, readFiles, readRecords],
  processors: [
    {
      name: 'local-files',
      title: 'Files',
      description: 'Each file is a record: path, name, size, time of change, and the text of text files.',
      operation: readFiles,
      recordsPointer: '/files',
      idPointer: '/path',
      page,
    },
    {
      name: 'file-records',
      title: 'Records of a file',
      description: 'The rows of a CSV file, or the values of a JSON or NDJSON file.',
      operation: readRecords,
      recordsPointer: '/records',
      page,
    },
  ],
  changelog: [{ version: '0.1.0', kind: 'feature', text: 'First version.' }],
});
