import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { runStatement } from '../client.ts';

/** Proves that a connection works. */
export const ping = defineOperation({
  name: 'ping',
  title: 'Test the connection',
  description: 'Connects, signs in and asks the server for its version.',
  effect: 'read',
  input: z.strictObject({}),
  output: z.strictObject({
    version: z.string().meta({ title: 'Version of the server' }),
    database: z.string().meta({ title: 'Database' }),
  }),
  samples: [{ input: {}, output: { version: '18.0', database: 'shop' } }],
  run: async (_input, context) => {
    const text = "select current_setting('server_version') as version, current_database() as database";
    const { rows } = await runStatement(context, { text, values: [], maxRows: 1 });
    return { version: String(rows[0]?.['version']), database: String(rows[0]?.['database']) };
  },
});
