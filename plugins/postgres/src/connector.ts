import { defineConnector } from '@patchbay/connector-sdk';
import { auth } from './credentials.ts';
import { execute } from './operations/execute.ts';
import { insertRows } from './operations/insert-rows.ts';
import { ping } from './operations/ping.ts';
import { query } from './operations/query.ts';
import { readRows } from './operations/read-rows.ts';
import { upsertRows } from './operations/upsert-rows.ts';

/** Reads and writes a PostgreSQL database. */
export const connector = defineConnector({
  slug: 'postgres',
  name: 'PostgreSQL',
  description: 'Reads and writes a PostgreSQL database.',
  tile: 'indigo',
  category: 'Databases',
  tags: ['postgres', 'postgresql', 'sql', 'database'],
  runtime: 'node',
  egress: { isUserProvided: true },
  auth,
  connectionTest: { operation: 'ping' },
  operations: [query, readRows, insertRows, upsertRows, execute, ping],
  processors: [
    {
      name: 'postgres',
      title: 'Rows of a table or query',
      description: 'Reads a table or a SELECT in the order of its key columns, 500 rows at a time.',
      operation: readRows,
      recordsPointer: '/rows',
      page: { cursorPointer: '/cursor', cursorField: 'cursor' },
    },
  ],
  resilience: { rateLimitPerMinute: 60_000 },
  changelog: [{ version: '0.1.0', kind: 'feature', text: 'First version.' }],
});
