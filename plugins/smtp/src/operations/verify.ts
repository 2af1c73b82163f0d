import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { withTransport } from '../client.ts';

/** Proves that a connection works. */
export const verify = defineOperation({
  name: 'verify',
  title: 'Test the connection',
  description: 'Connects, encrypts and signs in, and sends nothing.',
  effect: 'read',
  input: z.strictObject({}),
  output: z.strictObject({ isReady: z.boolean().meta({ title: 'The server is ready' }) }),
  samples: [{ input: {}, output: { isReady: true } }],
  run: async (_input, context) => ({ isReady: await withTransport(context, (transport) => transport.verify()) }),
});
