import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, isErrorCode, type ErrorCode } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/manifest';
import type { PreparedCall } from '../declarative/invoke-declarative.ts';
import type { EgressGuard } from '../egress/egress-guard.ts';
import type { CallRecord } from '../http/call-record.ts';
import type { PluginStore, RuntimeLog } from '../operation-call.ts';
import { raceAbort } from '../deadline.ts';
import type { PluginPool, PoolKey } from './plugin-pool.ts';
import type { CallEnd } from './call-table.ts';
import type { CallMessage, HostMessage } from './protocol.ts';
import { openTenantFolder } from './tenant-folder.ts';

/** What running plugin code needs. */
export interface PluginDeps {
  readonly pool: PluginPool;
  readonly pluginStore: PluginStore;
  readonly guard: EgressGuard;
  readonly log: RuntimeLog;
  readonly maxLogLines: number;
  /** Folder with one folder of files for each tenant. */
  readonly filesDir: string | undefined;
}

/** Codes plugin code may fail with; any other becomes `operation_failed`, so that a plugin cannot speak for Patchbay. */
const pluginCode =
  /^(remote_|operation_|network_error$|response_too_large$|egress_forbidden$|plugin_invalid$|credentials_incomplete$)/;

/** Runs an operation in the plugin host of its tenant. The output is not redacted yet. */
export async function invokePlugin(
  deps: PluginDeps,
  prepared: PreparedCall,
): Promise<{ output: JsonValue; call?: CallRecord }> {
  const { call, signal } = prepared;
  await checkDriverTarget(deps.guard, prepared);
  const { entryUrl } = await raceAbort(deps.pluginStore.load(call.integrity), signal);
  const key = await hostFor(deps, prepared, entryUrl);
  const { process: host, release } = deps.pool.acquire(key);
  try {
    const end = await host.run({ ...toMessage(prepared, entryUrl), ...filesOf(key) }, signal, {
      onHeartbeat: () => call.onHeartbeat?.(),
      onLog: createLogWriter(deps, prepared),
    });
    return unwrap(end);
  } finally {
    release();
  }
}

/** A connector that reads files shares its process with no other one, not even with another version of itself. */
async function hostFor(deps: PluginDeps, { call, signal }: PreparedCall, entryUrl: string): Promise<PoolKey> {
  const { tenantId, manifest, integrity } = call;
  const ownDir = dirname(fileURLToPath(entryUrl));
  const shared = { tenantId, trustClass: manifest.runtime };
  if (manifest.permissions?.files !== 'read') return { ...shared, pluginDir: deps.pluginStore.rootDir ?? ownDir };
  const filesRoot = await raceAbort(openTenantFolder(deps.filesDir, tenantId), signal);
  return { ...shared, pluginDir: ownDir, own: { package: `${manifest.id}@${integrity}`, filesRoot } };
}

function filesOf({ own }: PoolKey): Pick<CallMessage, 'filesRoot'> {
  return own === undefined ? {} : { filesRoot: own.filesRoot };
}

function toMessage(prepared: PreparedCall, entryUrl: string): Omit<CallMessage, 'type' | 'id'> {
  const { call, operation, input, secrets } = prepared;
  const { scheme } = secrets;
  const usesItself = scheme === undefined || scheme.type === 'custom';
  return {
    entryUrl,
    operation: operation.name,
    input,
    credentials: usesItself ? secrets.values : secrets.openValues,
    ...(usesItself || scheme.type === 'none' ? {} : { auth: { scheme, values: secrets.values } }),
    egress: call.manifest.egress,
    idempotencyKey: call.idempotencyKey,
  };
}

/** Drivers open sockets themselves, so the host they are told to call is checked before they start. */
async function checkDriverTarget(guard: EgressGuard, { call, secrets }: PreparedCall): Promise<void> {
  const { scheme, values } = secrets;
  if (scheme?.type !== 'custom' || !scheme.fields.some((field) => field.name === 'host')) return;
  const { host = '', port } = values;
  if (host === '') {
    // A driver without a host would take one of its own choice.
    throw new AppError('credentials_incomplete', { details: { missing: ['host'], wasSent: false } });
  }
  if (host.startsWith('/')) {
    throw new AppError('egress_forbidden', { message: 'A socket file may not be used.', details: { wasSent: false } });
  }
  const portNumber = Number(port ?? 0);
  if (!Number.isInteger(portNumber) || portNumber < 0 || portNumber > 65_535) {
    throw new AppError('operation_input_invalid', {
      message: 'The port of the connection must be a number up to 65535.',
      details: { wasSent: false },
    });
  }
  guard.assertHost(host, call.manifest.egress);
  await guard.resolve(host, portNumber);
}

function createLogWriter(
  deps: PluginDeps,
  { call, redactor }: PreparedCall,
): (message: Extract<HostMessage, { type: 'log' }>) => void {
  const fields = { tenantId: call.tenantId, connector: call.manifest.slug, operation: call.operation };
  let remaining = deps.maxLogLines;
  return ({ level, line }) => {
    if (remaining <= 0) return;
    remaining -= 1;
    deps.log[level](fields, redactor.text(line));
  };
}

function unwrap(end: CallEnd): { output: JsonValue; call?: CallRecord } {
  const call = end.call === undefined ? {} : { call: end.call };
  if (end.type === 'result') return { output: end.output, ...call };
  const { code, message, details } = end.failure;
  throw new AppError(toPluginCode(code), { message, details: { ...details, ...call } });
}

function toPluginCode(code: string): ErrorCode {
  return isErrorCode(code) && pluginCode.test(code) ? code : 'operation_failed';
}
