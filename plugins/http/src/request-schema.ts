import { z } from 'zod';

/** Fields that every operation has. */
export const commonFields = {
  url: z
    .string()
    .min(1)
    .max(8_000)
    .meta({ title: 'URL', description: 'Full address, or a path when the connection has a base URL.' }),
  query: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .meta({ title: 'Query', description: 'Added to the address, URL-encoded.' }),
  headers: z.record(z.string(), z.string()).default({}).meta({ title: 'Headers' }),
  acceptStatuses: z.array(z.int().min(100).max(599)).max(20).default([]).meta({
    title: 'Accept statuses',
    description: 'Statuses of 400 and above that are an answer and no failure, for example 404.',
  }),
};

const bodyFields = {
  method: z.enum(['POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'HEAD']).default('POST').meta({ title: 'Method' }),
  body: z
    .unknown()
    .optional()
    .meta({ title: 'Body', description: 'Sent as JSON; a text is sent as it stands when a content type is given.' }),
};

/** Fields of operations that may send a body, in the order of the form. */
export const sendFields = {
  method: bodyFields.method,
  url: commonFields.url,
  body: bodyFields.body,
  query: commonFields.query,
  headers: commonFields.headers,
  acceptStatuses: commonFields.acceptStatuses,
};

/** Widgets and advanced fields, the same for all operations. */
export const requestUi = {
  '/query': { widget: 'key_value' as const },
  '/headers': { widget: 'key_value' as const, isAdvanced: true },
  '/acceptStatuses': { isAdvanced: true },
  '/body': { widget: 'json' as const },
};

/** What every operation returns. */
export const AnswerSchema = z.strictObject({
  status: z.int().meta({ title: 'Status' }),
  headers: z.record(z.string(), z.string()).meta({ title: 'Headers', description: 'Names in lower case.' }),
  body: z.unknown().meta({ title: 'Body', description: 'JSON as it is; text as text; other content as base64.' }),
  bodyEncoding: z.enum(['json', 'text', 'base64', 'empty']).meta({ title: 'Kind of body' }),
});

/** A request as the operations give it to the client. */
export interface HttpInput {
  readonly url: string;
  readonly method: string;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly acceptStatuses: readonly number[];
  readonly body?: unknown;
}

export type HttpAnswer = z.infer<typeof AnswerSchema>;
