/** A connector of pure operations for property tests: what it gives depends only on its input. */
import { AppError } from '@patchbay/errors';
import type { Operation } from '@patchbay/manifest';
import type { CompileCatalog, ConnectorShape } from '../compile/catalog.ts';
import type { JsonObject, JsonValue } from '../document/json.ts';

const number = { type: 'number' };
const operation = (
  name: string,
  effect: Operation['effect'],
  schemas: Pick<Operation, 'input' | 'output'>,
): Operation => ({
  name,
  title: name,
  description: '',
  effect,
  ui: {},
  errors: [],
  samples: [],
  ...schemas,
});

/** The manifest part of the connector `fake`. */
export const fakeConnector: ConnectorShape = {
  slug: 'fake',
  name: 'Fake',
  auth: [{ type: 'none', fields: [] }],
  resilience: {
    timeoutMs: 30_000,
    maxRetries: 3,
    retryDelayMs: 1_000,
    backoff: 'exponential',
    rateLimitPerMinute: 60,
    circuitBreakerThreshold: 5,
    circuitBreakerRecoveryMs: 30_000,
  },
  operations: [
    {
      ...operation('add', 'read', {
        input: {
          type: 'object',
          properties: { a: number, b: number },
          required: ['a', 'b'],
          additionalProperties: false,
        },
        output: { type: 'object', properties: { sum: number }, required: ['sum'] },
      }),
      resilience: { timeoutMs: 2_000 },
    },
    operation('echo', 'keyed', {
      input: { type: 'object', properties: { value: {} }, required: ['value'] },
      output: {},
    }),
    operation('reject', 'once', {
      input: { type: 'object', properties: { when: { type: 'boolean' } }, required: ['when'] },
      output: { type: 'object', properties: { ok: { type: 'boolean' } }, required: ['ok'] },
    }),
  ],
};

/** Knows `fake` 1.0.0 and nothing else. */
export const fakeCatalog: CompileCatalog = {
  resolveOperation: (slug, version) =>
    slug === 'fake' && version === '1.0.0' ? { manifest: fakeConnector, integrity: 'sha512-fake' } : undefined,
};

/** Runs an operation of `fake`. Throws `remote_bad_request`, which is not retried, for `reject` with `when: true`. */
export function runFakeOperation(name: string, input: JsonObject): JsonValue {
  switch (name) {
    case 'add':
      return { sum: Number(input['a']) + Number(input['b']) };
    case 'echo':
      return input['value'] ?? null;
    case 'reject':
      if (input['when'] === true) throw new AppError('remote_bad_request', { message: 'Rejected.' });
      return { ok: true };
    default:
      throw new AppError('operation_unknown');
  }
}
