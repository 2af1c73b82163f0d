import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { send } from '../client.ts';
import { AnswerSchema, commonFields, requestUi } from '../request-schema.ts';

const { '/body': _body, ...ui } = requestUi;

/** Reads from an address; safe to repeat. */
export const get = defineOperation({
  name: 'get',
  title: 'Get',
  description: 'Reads from an address with GET. Tried again when it fails, because reading changes nothing.',
  effect: 'read',
  input: z.strictObject(commonFields),
  output: AnswerSchema,
  ui,
  samples: [
    {
      input: { url: 'https://api.example.com/orders', query: { page: 1 } },
      output: {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: [{ id: 1 }],
        bodyEncoding: 'json',
      },
    },
  ],
  run: (input, context) => send({ ...input, method: 'GET' }, context),
});
