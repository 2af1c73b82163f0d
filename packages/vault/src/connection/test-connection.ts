import type { RouteResponse } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { Actor, OperationTestResult, VaultDeps } from '../vault-deps.ts';
import { assertUsable } from './assert-usable.ts';
import { createConnectionRepository } from './connection-repository.ts';
import { hideSecrets } from './mask.ts';
import { pinnedManifest } from './pinned-manifest.ts';
import { openCredentials } from './sealed-credentials.ts';

const longestMessage = 2_000;

/**
 * Calls the test operation of the connector with this connection, on a worker, and remembers what was found.
 * Throws `connection_not_found`, `connection_disabled`, `connector_not_found`, `operation_unknown` if the connector has no test, and
 * `service_unavailable` (health stays as it was) if no worker answers.
 */
export async function testConnection(
  deps: VaultDeps,
  actor: Actor,
  id: string,
): Promise<RouteResponse<'testConnection'>> {
  const connections = createConnectionRepository(deps.database.connection);
  const stored = await connections.find(actor.tenantId, id);
  if (stored === undefined) throw new AppError('connection_not_found');
  assertUsable(stored);
  const manifest = await pinnedManifest(deps, actor.tenantId, stored);
  const operation = manifest.connectionTest?.operation;
  if (operation === undefined) {
    throw new AppError('operation_unknown', {
      message: `${manifest.name} has no operation that tests a connection.`,
      hint: 'Test a step that uses the connection instead.',
    });
  }
  const { slug, version } = manifest;
  const { tenantId } = actor;
  const result = await deps.tester.run({ tenantId, slug, version, operation, connectionId: id, input: {} });
  const secrets = await openCredentials(deps.keyring, { tenantId, connectionId: id, sealed: stored.sealed });
  // Cut only after hiding: half a secret would not be found any more.
  const message = hideSecrets(messageOf(result), Object.values(secrets)).slice(0, longestMessage);
  const health = result.ok ? 'healthy' : 'offline';
  await connections.setHealth(tenantId, id, { state: health, message, at: deps.clock() });
  return {
    health,
    message,
    ...(result.error === undefined ? {} : { code: result.error.code }),
    durationMs: result.durationMs,
  };
}

/** One sentence that can be stored: a remote system may answer with anything. */
function messageOf(result: OperationTestResult): string {
  if (result.ok) return 'The connection works.';
  const message = result.error?.message ?? 'The test failed.';
  return message.replaceAll('\0', '');
}
