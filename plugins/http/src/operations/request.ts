import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { send } from '../client.ts';
import { AnswerSchema, requestUi, sendFields } from '../request-schema.ts';

/** Sends a request that must not be repeated by itself. */
export const request = defineOperation({
  name: 'request',
  title: 'Send request',
  description:
    'Sends a request with any method. It is sent once: when the outcome is unknown, the step says so and nothing is repeated.',
  effect: 'once',
  input: z.strictObject(sendFields),
  output: AnswerSchema,
  ui: requestUi,
  samples: [
    {
      input: { method: 'POST', url: 'https://api.example.com/orders', body: { sku: 'A1', quantity: 2 } },
      output: { status: 201, headers: {}, body: { id: 7 }, bodyEncoding: 'json' },
    },
  ],
  run: send,
});
