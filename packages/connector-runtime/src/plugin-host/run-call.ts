import { AppError, isAppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/manifest/json';
import { raceAbort } from '../deadline.ts';
import type { ExchangeDeps } from '../http/follow-redirects.ts';
import { toNetworkError } from '../http/network-error.ts';
import { createFileAccess } from './file-access.ts';
import { createHostFetch } from './host-fetch.ts';
import type { CallMessage, HostFailure, HostMessage, LogLevel, StartMessage } from './protocol.ts';

/** The shape a plugin module must have; checked here because the module is foreign code. */
interface LoadedOperation {
  readonly name: string;
  readonly input: Parser;
  readonly output: Parser;
  run(input: unknown, context: object): Promise<unknown>;
}

interface Parser {
  safeParse(value: unknown): ParseResult;
}

type ParseResult =
  | { readonly success: true; readonly data: unknown }
  | {
      readonly success: false;
      readonly error: {
        readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
      };
    };

/** What the host gives to each call. */
export interface HostDeps extends ExchangeDeps {
  readonly start: StartMessage;
  readonly send: (message: HostMessage) => void;
}

/** Runs one call and sends its one result or failure. Never rejects. */
export async function runCall(deps: HostDeps, message: CallMessage, signal: AbortSignal): Promise<void> {
  const { id } = message;
  const { maxResponseBytes } = deps.start;
  const fetcher = createHostFetch({ ...deps, maxResponseBytes }, message, signal);
  const withCall = (): object => ({ call: fetcher.lastCall() });
  try {
    const output = await raceAbort(perform(deps, message, { signal, fetch: fetcher.fetch }), signal);
    const text = JSON.stringify(output);
    if (text.length > maxResponseBytes) {
      throw new AppError('response_too_large', {
        message: `The output is larger than ${String(maxResponseBytes)} bytes.`,
      });
    }
    deps.send({ type: 'result', id, output, ...withCall() });
  } catch (failure) {
    deps.send({ type: 'failure', id, failure: toFailure(failure), ...withCall() });
  }
}

async function perform(
  deps: HostDeps,
  message: CallMessage,
  io: { signal: AbortSignal; fetch: typeof globalThis.fetch },
): Promise<JsonValue> {
  const operation = await findOperation(message.entryUrl, message.operation);
  const parsed = operation.input.safeParse(message.input);
  if (!parsed.success) throw schemaError('operation_input_invalid', parsed.error.issues);
  const output = await operation.run(parsed.data, {
    credentials: Object.freeze({ ...message.credentials }),
    signal: io.signal,
    fetch: io.fetch,
    log: createLog(deps, message.id),
    idempotencyKey: message.idempotencyKey,
    ...(message.filesRoot !== undefined && { files: createFileAccess(message.filesRoot) }),
    heartbeat: () => {
      deps.send({ type: 'heartbeat', id: message.id });
    },
  });
  const checked = operation.output.safeParse(output);
  if (!checked.success) throw schemaError('operation_output_invalid', checked.error.issues);
  return (checked.data ?? null) as JsonValue;
}

/** What was found once; an import of what is loaded already goes all the way through Node's loader again. */
const loadedOperations = new Map<string, LoadedOperation>();

async function findOperation(entryUrl: string, name: string): Promise<LoadedOperation> {
  const key = `${entryUrl} ${name}`;
  const operation = loadedOperations.get(key) ?? (await loadOperation(entryUrl, name));
  loadedOperations.set(key, operation);
  return operation;
}

async function loadOperation(entryUrl: string, name: string): Promise<LoadedOperation> {
  let module: { connector?: { operations?: readonly LoadedOperation[] } };
  try {
    module = (await import(entryUrl)) as typeof module;
  } catch (cause) {
    throw new AppError('plugin_invalid', { message: `The connector cannot be loaded: ${describe(cause)}`, cause });
  }
  const operation = module.connector?.operations?.find((candidate) => candidate.name === name);
  if (operation === undefined) {
    throw new AppError('plugin_invalid', { message: `The package does not export the operation "${name}".` });
  }
  return operation;
}

function createLog(deps: HostDeps, id: number): Record<LogLevel, (message: unknown, fields?: object) => void> {
  let remaining = deps.start.maxLogLines;
  // The author's types promise a text, but a bundle may pass anything.
  const write = (level: LogLevel) => (message: unknown, fields?: object) => {
    if (remaining <= 0) return;
    remaining -= 1;
    const line = fields === undefined ? String(message) : `${String(message)} ${JSON.stringify(fields)}`;
    deps.send({ type: 'log', id, level, line: line.slice(0, deps.start.maxLogLineLength) });
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

function schemaError(
  code: 'operation_input_invalid' | 'operation_output_invalid',
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): AppError {
  const problems = issues.slice(0, 50).map((issue) => ({
    path: issue.path.map((segment) => `/${String(segment)}`).join(''),
    message: issue.message,
  }));
  const where = code === 'operation_input_invalid' ? 'input' : 'output';
  return new AppError(code, {
    message: `The ${where} of the operation does not fit its schema: ${problems.map((problem) => problem.path || where).join(', ')}.`,
    details: { problems, ...(where === 'input' ? { wasSent: false } : {}) },
  });
}

/** An error as data: an AppError as it is, a network failure by its system code, anything else as `operation_failed`. */
function toFailure(thrown: unknown): HostFailure {
  const error = isAppError(thrown) ? thrown : toNetworkError(thrown);
  if (error === undefined) return { code: 'operation_failed', message: describe(thrown), details: {} };
  const { call: _call, ...details } = error.details;
  return {
    code: error.code,
    message: error.message,
    details: JSON.parse(JSON.stringify(details)) as HostFailure['details'],
  };
}

function describe(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
