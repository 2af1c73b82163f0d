import type { RouteBody, RouteResponse } from '@patchbay/api-contract';
import { AppError, isErrorCode, type ErrorCode } from '@patchbay/errors';
import { findOperation, type ConnectorManifest, type JsonObject, type JsonValue } from '@patchbay/manifest';
import type { Actor, OperationTestResult, VaultDeps } from '../vault-deps.ts';
import { assertUsable } from './assert-usable.ts';
import { findConnection, type StoredConnection } from './connection-repository.ts';
import { hideSecrets } from './mask.ts';
import { pinnedManifest } from './pinned-manifest.ts';
import { openCredentials } from './sealed-credentials.ts';

/** Refusals before anything was sent: they are errors of the request, not results of the call (4.2, 4.3). */
const refusals: ReadonlySet<ErrorCode> = new Set([
  ...(['connection_disabled', 'connection_required', 'reauthorization_required', 'connection_auth_mismatch'] as const),
  ...(['connector_disabled', 'connector_not_ready', 'version_blocked', 'version_retired', 'circuit_open'] as const),
  ...(['rate_limited', 'credentials_incomplete', 'operation_unknown'] as const),
]);

/**
 * Runs one operation through a connection, on a worker. A call that failed outside is an answer with `ok: false`. Throws
 * `connection_not_found`, `connection_disabled`, `connection_required`, `reauthorization_required`, `validation_error` for the
 * input, the refusals of 4.2, and `service_unavailable` if no worker answers.
 */
export async function invokeConnection(
  deps: VaultDeps,
  actor: Actor,
  { id, body }: { readonly id: string; readonly body: RouteBody<'invokeConnection'> },
): Promise<RouteResponse<'invokeConnection'>> {
  const { tenantId } = actor;
  const stored = await findConnection(deps.database.connection, tenantId, id);
  assertUsable(stored);
  const manifest = await pinnedManifest(deps, tenantId, stored);
  const operation = findOperation(manifest, body.operation);
  if (operation === undefined) throw new AppError('operation_unknown');
  const input = checkedInput(deps, operation.input, body.input as JsonObject);
  const { slug, version } = manifest;
  const result = await deps.tester.run({ tenantId, slug, version, operation: operation.name, connectionId: id, input });
  assertNotRefused(result);
  return toAnswer(result, await secretsOf(deps, tenantId, stored));
}

function assertNotRefused({ error }: OperationTestResult): void {
  if (error === undefined || !isErrorCode(error.code) || !refusals.has(error.code)) return;
  throw new AppError(error.code, { message: error.message });
}

/** DI-42, DI-43: what does not fit is refused here, before any call and without retries. */
function checkedInput(
  deps: VaultDeps,
  schema: ConnectorManifest['operations'][number]['input'],
  input: JsonObject,
): JsonObject {
  const fields = deps.findInputProblems(schema, input).map(({ path, message }) => ({ path: `/input${path}`, message }));
  if (fields.length === 0) return input;
  const names = fields.map(({ path }) => path.slice('/input/'.length).replaceAll('/', '.') || 'input');
  throw new AppError('validation_error', {
    message: `The input does not fit: ${[...new Set(names)].join(', ')}.`,
    details: { fields },
  });
}

async function secretsOf(deps: VaultDeps, tenantId: string, stored: StoredConnection): Promise<string[]> {
  return Object.values(
    await openCredentials(deps.keyring, { tenantId, connectionId: stored.id, sealed: stored.sealed }),
  );
}

/** The runtime masks secrets in what it hands back; messages are looked through once more. */
function toAnswer(result: OperationTestResult, secrets: readonly string[]): RouteResponse<'invokeConnection'> {
  const { call, error } = result;
  return {
    ok: result.ok,
    ...(call?.status !== undefined && { status_code: call.status }),
    headers: { ...call?.responseHeaders },
    response: (result.output ?? null) satisfies JsonValue,
    duration_ms: result.durationMs,
    ...(error && { error: { code: error.code, message: hideSecrets(error.message, secrets) } }),
  };
}
