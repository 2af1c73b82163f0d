import type { RouteBody, RouteResponse } from '@patchbay/api-contract';
import type { JsonObject, JsonValue } from '@patchbay/manifest';
import type { Actor, OperationTestResult, VaultDeps } from '../vault-deps.ts';
import { assertUsable } from './assert-usable.ts';
import { callOperation } from './call-operation.ts';
import { findConnection } from './connection-repository.ts';
import { pinnedManifest } from './pinned-manifest.ts';

/**
 * Runs one operation through a connection, on a worker. A call that failed outside is an answer with `ok: false`. Throws
 * `connection_not_found`, `connection_disabled`, `connection_required`, `reauthorization_required`, and what `callOperation` throws.
 */
export async function invokeConnection(
  deps: VaultDeps,
  { tenantId }: Actor,
  { id, body }: { readonly id: string; readonly body: RouteBody<'invokeConnection'> },
): Promise<RouteResponse<'invokeConnection'>> {
  const connection = await findConnection(deps.database.connection, tenantId, id);
  assertUsable(connection);
  const manifest = await pinnedManifest(deps, tenantId, connection);
  const { operation } = body;
  return toAnswer(
    await callOperation(deps, tenantId, { manifest, connection, operation, input: body.input as JsonObject }),
  );
}

function toAnswer({ ok, call, output, durationMs, error }: OperationTestResult): RouteResponse<'invokeConnection'> {
  return {
    ok,
    ...(call?.status !== undefined && { status_code: call.status }),
    headers: { ...call?.responseHeaders },
    response: (output ?? null) satisfies JsonValue,
    duration_ms: durationMs,
    ...(error && { error }),
  };
}
