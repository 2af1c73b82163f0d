import { it } from 'vitest';
import { z } from 'zod';
import { defineConnector } from './define-connector.ts';
import { defineOperation } from './define-operation.ts';

const read = defineOperation({
  name: 'read',
  title: 'Read',
  effect: 'read',
  input: z.strictObject({ cursor: z.string().optional() }),
  output: z.strictObject({ rows: z.array(z.string()) }),
  run: async () => ({ rows: [] }),
});
const profile = {
  slug: 'words',
  name: 'Words',
  description: 'Words.',
  runtime: 'node' as const,
  auth: [{ type: 'none' as const }],
};
const processor = { name: 'words', title: 'Words', recordsPointer: '/rows' };

it('takes an operation of the connector for a processor', () => {
  defineConnector({ ...profile, operations: [read], processors: [{ ...processor, operation: read }] });
});

it('refuses the name of an operation for a processor', () => {
  defineConnector({
    ...profile,
    operations: [read],
    // @ts-expect-error the operation itself is given
    processors: [{ ...processor, operation: 'read' }],
  });
});
