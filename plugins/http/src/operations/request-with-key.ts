import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { send } from '../client.ts';
import { AnswerSchema, requestUi, sendFields } from '../request-schema.ts';

/** Sends a request that the remote recognises when it comes again. */
export const requestWithKey = defineOperation({
  name: 'requestWithKey',
  title: 'Send request with idempotency key',
  description:
    'Sends a request with an Idempotency-Key header that is the same for every attempt. For APIs that recognise repeated requests; it is tried again when it fails.',
  effect: 'keyed',
  input: z.strictObject({
    ...sendFields,
    keyHeader: z
      .string()
      .regex(/^[A-Za-z0-9-]+$/)
      .default('Idempotency-Key')
      .meta({ title: 'Key header', description: 'Name of the header that carries the key.' }),
  }),
  output: AnswerSchema,
  ui: { ...requestUi, '/keyHeader': { isAdvanced: true } },
  samples: [
    {
      input: { method: 'POST', url: 'https://api.example.com/payments', body: { amount: 10 } },
      output: { status: 201, headers: {}, body: { id: 9 }, bodyEncoding: 'json' },
    },
  ],
  run: ({ keyHeader, ...input }, context) =>
    send({ ...input, headers: { ...input.headers, [keyHeader]: context.idempotencyKey } }, context),
});
