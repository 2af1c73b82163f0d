import { AppError, toAppError } from '@patchbay/errors';
import { findOperation, type JsonObject, type JsonValue, type Operation } from '@patchbay/manifest';
import { assertComplete, sortSecrets } from './call-secrets.ts';
import { startDeadline } from './deadline.ts';
import { invokeDeclarative, type PreparedCall } from './declarative/invoke-declarative.ts';
import type { EgressPolicy } from './egress/allow-list.ts';
import { createEgressGuard, type ResolveHost } from './egress/egress-guard.ts';
import type { CallRecord } from './http/call-record.ts';
import { createHttpTransport } from './http/http-transport.ts';
import { checkInput, findProblems } from './input-check.ts';
import type { ConnectorRuntime, OperationCall, OperationResult, PluginStore, RuntimeLog } from './operation-call.ts';
import { invokePlugin } from './plugin-host/invoke-plugin.ts';
import { createPluginPool } from './plugin-host/plugin-pool.ts';
import { createRedactor, type Redactor } from './redaction/redactor.ts';
import { defaultRuntimeLimits, type RuntimeLimits } from './runtime-limits.ts';

/** What a runtime is made of. */
export interface ConnectorRuntimeOptions {
  readonly pluginStore: PluginStore;
  readonly egress: EgressPolicy;
  /** Replaces single default limits. */
  readonly limits?: Partial<RuntimeLimits>;
  readonly log: RuntimeLog;
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
  const { pluginStore, log } = options;
  const run: Invoke = (prepared) => {
    switch (prepared.call.manifest.runtime) {
      case 'declarative':
        return invokeDeclarative({ guard, transport, maxResponseBytes }, prepared);
      case 'node':
        return invokePlugin({ pool, pluginStore, guard, log, maxLogLines }, prepared);
      case 'sandbox':
        throw new AppError('plugin_invalid', { message: 'This installation does not run sandboxed connectors.' });
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
  const operation = findOperation(call.manifest, call.operation);
  if (operation === undefined) {
    throw new AppError('operation_unknown', {
      message: `${call.manifest.name} ${call.manifest.version} has no operation "${call.operation}".`,
    });
  }
  const secrets = sortSecrets(call);
  const redactor = createRedactor(secrets.secrets);
  const deadline = startDeadline(call.signal, call.timeoutMs);
  try {
    deadline.signal.throwIfAborted();
    const input = checkInput(operation.input, call.input);
    assertComplete(call, secrets);
    const { output, call: record } = await run({ call, operation, input, secrets, redactor, signal: deadline.signal });
    return finish({ call, operation, redactor }, output, record);
  } catch (failure) {
    throw redactError(failure, redactor);
  } finally {
    deadline.dispose();
  }
}

function finish(
  context: { call: OperationCall; operation: Operation; redactor: Redactor },
  output: JsonValue,
  record: CallRecord | undefined,
): OperationResult {
  const { call, operation, redactor } = context;
  return {
    output: redactor.output(output),
    ...(record === undefined ? {} : { call: redactRecord(record, redactor) }),
    ...(call.shouldCheckOutput === true ? { outputProblems: findProblems(operation.output, output) } : {}),
  };
}

/** The record of a plugin host was made beside foreign code, so it is masked again here. */
function redactRecord(record: CallRecord, redactor: Redactor): CallRecord {
  return {
    ...record,
    url: redactor.text(record.url),
    requestHeaders: redactor.headers(record.requestHeaders),
    responseHeaders: redactor.headers(record.responseHeaders),
  };
}

/** The same error without secrets. Its cause stays behind: it may hold anything. */
function redactError(failure: unknown, redactor: Redactor): AppError {
  const error = toAppError(failure);
  const { call, ...details } = error.details;
  const safe = redactor.json(JSON.parse(JSON.stringify(details)) as JsonValue) as JsonObject;
  return new AppError(error.code, {
    message: redactor.text(error.message),
    hint: error.hint,
    details: call === undefined ? safe : { ...safe, call: redactRecord(call as CallRecord, redactor) },
  });
}
