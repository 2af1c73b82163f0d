import { AppError, isErrorCode, type ErrorCode } from '@patchbay/errors';
import { findOperation, type ConnectorManifest, type JsonObject } from '@patchbay/manifest';
import type { OperationTestResult, VaultDeps } from '../vault-deps.ts';
import type { StoredConnection } from './connection-repository.ts';
import { hideSecrets } from './mask.ts';
import { openCredentials } from './sealed-credentials.ts';

/** Refusals before anything was sent: they are errors of the request, not results of the call (4.2, 4.3). */
const refusals: ReadonlySet<ErrorCode> = new Set([
  ...(['connection_disabled', 'connection_required', 'reauthorization_required', 'connection_auth_mismatch'] as const),
  ...(['connector_disabled', 'connector_not_ready', 'version_blocked', 'version_retired', 'circuit_open'] as const),
  ...(['rate_limited', 'credentials_incomplete', 'operation_unknown'] as const),
]);

/** One operation of a version, with the connection if there is one. */
export interface OperationRequest {
  readonly manifest: ConnectorManifest;
  readonly connection: StoredConnection | undefined;
  readonly operation: string;
  readonly input: JsonObject;
}

/**
 * Runs one operation on a worker; secrets are masked in what comes back. A call that failed outside is a result with `ok: false`. Throws
 * `operation_unknown`, `validation_error` for the input, the refusals of 4.2, and `service_unavailable` if no worker answers.
 */
export async function callOperation(
  deps: VaultDeps,
  tenantId: string,
  { manifest, connection, operation: name, input }: OperationRequest,
): Promise<OperationTestResult> {
  const operation = findOperation(manifest, name);
  if (operation === undefined) throw new AppError('operation_unknown');
  assertFits(deps, operation.input, input);
  const { slug, version } = manifest;
  const target = { tenantId, slug, version, operation: name, input };
  const result = await deps.tester.run({ ...target, ...(connection && { connectionId: connection.id }) });
  assertNotRefused(result);
  if (result.error === undefined || connection === undefined) return result;
  // The runtime masks secrets in what it hands back; messages are looked through once more.
  const secrets = await openCredentials(deps.keyring, {
    tenantId,
    connectionId: connection.id,
    sealed: connection.sealed,
  });
  const message = hideSecrets(result.error.message, Object.values(secrets));
  return { ...result, error: { code: result.error.code, message } };
}

function assertNotRefused({ error }: OperationTestResult): void {
  if (error === undefined || !isErrorCode(error.code) || !refusals.has(error.code)) return;
  throw new AppError(error.code, { message: error.message });
}

/** DI-42, DI-43: what does not fit is refused here, before any call and without retries. */
function assertFits(
  deps: VaultDeps,
  schema: ConnectorManifest['operations'][number]['input'],
  input: JsonObject,
): void {
  const fields = deps.findInputProblems(schema, input).map(({ path, message }) => ({ path: `/input${path}`, message }));
  if (fields.length === 0) return;
  const names = fields.map(({ path }) => path.slice('/input/'.length).replaceAll('/', '.') || 'input');
  throw new AppError('validation_error', {
    message: `The input does not fit: ${[...new Set(names)].join(', ')}.`,
    details: { fields },
  });
}
