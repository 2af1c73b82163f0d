import { isAppError, type AppError } from '@patchbay/errors';
import {
  manifestSchemaId,
  parseManifest,
  type ConnectorManifest,
  type ConnectorManifestInput,
} from '@patchbay/manifest';
import type { OperationCall, RuntimeLog } from '../src/index.ts';

const icon = { dataUri: `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}` };

/** A parsed manifest whose base URL is the connection field `url`. */
export function aManifest(overrides: Partial<ConnectorManifestInput>): ConnectorManifest {
  return parseManifest({
    $schema: manifestSchemaId,
    id: '@acme/connector-test',
    slug: 'test',
    version: '1.0.0',
    name: 'Test',
    description: '',
    icon,
    runtime: 'declarative',
    baseUrl: '{{url}}',
    egress: { isUserProvided: true },
    auth: [{ type: 'none', fields: [{ name: 'url', label: 'URL', type: 'string' }] }],
    operations: [],
    ...overrides,
  });
}

/** A call with everything filled in. */
export function aCall(call: Partial<OperationCall> & Pick<OperationCall, 'manifest' | 'operation'>): OperationCall {
  return {
    tenantId: 'tenant-1',
    integrity: 'sha512-test',
    input: {},
    credentials: {},
    timeoutMs: 5_000,
    signal: new AbortController().signal,
    idempotencyKey: 'key-1',
    ...call,
  };
}

/** The AppError a promise rejects with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  try {
    const value = await promise;
    throw new Error(`expected a failure, got ${JSON.stringify(value).slice(0, 500)}`);
  } catch (error) {
    if (isAppError(error)) return error;
    throw error;
  }
}

/** A log that keeps its lines. */
export function memoryLog(): RuntimeLog & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (fields: object, message: string): void => void lines.push(`${message} ${JSON.stringify(fields)}`);
  return { lines, debug: write, info: write, warn: write, error: write };
}
