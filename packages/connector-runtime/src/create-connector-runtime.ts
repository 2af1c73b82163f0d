import { AppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/manifest';
import { invokeDeclarative, type PreparedCall } from './declarative/invoke-declarative.ts';
import type { EgressPolicy } from './egress/allow-list.ts';
import { createEgressGuard, type ResolveHost } from './egress/egress-guard.ts';
import type { CallRecord } from './http/call-record.ts';
import { createHttpTransport } from './http/http-transport.ts';
import { findProblemsInTime } from './bounded-check.ts';
import type { ConnectorRuntime, OperationCall, OperationResult, PluginStore, RuntimeLog } from './operation-call.ts';
import { invokePlugin } from './plugin-host/invoke-plugin.ts';
import { createPluginPool } from './plugin-host/plugin-pool.ts';
import { redactRecord, withPreparedCall } from './prepare-call.ts';
import { defaultRuntimeLimits, type RuntimeLimits } from './runtime-limits.ts';

/** What a runtime is made of. */
export interface ConnectorRuntimeOptions {
  readonly pluginStore: PluginStore;
  readonly egress: EgressPolicy;
  /** Replaces single default limits. */
  readonly limits?: Partial<RuntimeLimits>;
  readonly log: RuntimeLog;
  /** Folder with one folder of files for each tenant; absent: connectors that read files do not run. */
  readonly filesDir?: string;
  /** How the declarative runtime resolves host names; default: the operating system. */
  readonly resolveHost?: ResolveHost;
}

type Invoke = (prepared: PreparedCall) => Promise<{ output: JsonValue; call?: CallRecord }>;

/** Makes the runtime of a worker. Throws `config_invalid` for an unreadable egress policy. */
export function createConnectorRuntime(options: ConnectorRuntimeOptions): ConnectorRuntime {
  const limits = { ...defaultRuntimeLimits, ...options.limits };
  const guard = createEgressGuard(options.egress, options.resolveHost);
  const transport = createHttpTransport(guard);
  const pool = createPluginPool({ egress: options.egress, limits });
  const { maxResponseBytes, maxLogLines } = limits;
  const { pluginStore, log, filesDir } = options;
  const run: Invoke = (prepared) => {
    switch (prepared.call.manifest.runtime) {
      case 'declarative':
        return invokeDeclarative({ guard, transport, maxResponseBytes }, prepared);
      case 'node':
        return invokePlugin({ pool, pluginStore, guard, log, maxLogLines, filesDir }, prepared);
      case 'sandbox':
        throw new AppError('plugin_invalid', { message: 'This installation does not run sandboxed connectors.' });
      case 'flow':
        throw new AppError('plugin_invalid', { message: 'A connector that is a flow is run by the engine.' });
    }
  };
  return {
    invoke: (call) => invoke(run, call),
    close: async () => {
      await Promise.all([transport.close(), pool.close()]);
    },
  };
}

async function invoke(run: Invoke, call: OperationCall): Promise<OperationResult> {
  return withPreparedCall(call, async (prepared) => {
    const { output, call: record } = await run(prepared);
    return finish(prepared, output, record);
  });
}

function finish(prepared: PreparedCall, output: JsonValue, record: CallRecord | undefined): OperationResult {
  const { call, operation, redactor } = prepared;
  return {
    output: redactor.output(output),
    ...(record === undefined ? {} : { call: redactRecord(record, redactor) }),
    ...(call.shouldCheckOutput === true ? { outputProblems: findProblemsInTime(operation.output, output) } : {}),
  };
}
