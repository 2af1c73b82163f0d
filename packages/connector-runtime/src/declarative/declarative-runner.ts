import { randomUUID } from 'node:crypto';
import { AppError, toAppError, type FieldProblem } from '@patchbay/errors';
import type { ConnectorManifest, JsonObject, JsonValue } from '@patchbay/manifest';
import type { EgressPolicy } from '../egress/allow-list.ts';
import { createEgressGuard, type ResolveHost } from '../egress/egress-guard.ts';
import type { CallRecord, RecordedExchange } from '../http/call-record.ts';
import { guardedHttpOver, type GuardedHttp } from '../http/guarded-http.ts';
import { accessTokenField } from '../http/authorizer.ts';
import { createHttpTransport } from '../http/http-transport.ts';
import { findProblemsInTime } from '../bounded-check.ts';
import type { RuntimeLog } from '../operation-call.ts';
import { redactError, redactRecord, withPreparedCall } from '../prepare-call.ts';
import { createRedactor } from '../redaction/redactor.ts';
import { defaultRuntimeLimits } from '../runtime-limits.ts';
import { exchangeDeclarative, type DeclarativeDeps, type PreparedCall } from './invoke-declarative.ts';
import { parseBody, readAnswer } from './read-answer.ts';

/** What a runner is made of. */
export interface DeclarativeRunnerOptions {
  readonly egress: EgressPolicy;
  /** Largest answer, after decompression; default that of the worker. */
  readonly maxResponseBytes?: number;
  readonly log: RuntimeLog;
  /** Default: the operating system. */
  readonly resolveHost?: ResolveHost;
}

/** One call of one operation of a declarative connector. */
export interface DeclarativeCall {
  /** Pass a parsed manifest of runtime `declarative`. */
  readonly manifest: ConnectorManifest;
  readonly operation: string;
  readonly input: JsonObject;
  /** In plain text, for this call only. */
  readonly credentials: Readonly<Record<string, string>>;
  /**
   * Gets the token of an oauth2 scheme whose `access_token` is not among the credentials, after all checks and before the call.
   * Absent: `access_token` has to be there.
   */
  readonly obtainToken?: ((values: Readonly<Record<string, string>>) => Promise<string>) | undefined;
  /** Given: nothing is sent, and no credentials are needed; this is taken for the answer (DI-87x). */
  readonly mock?: { readonly status: number; readonly body: JsonValue } | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What a call gave, secrets masked; status, headers and body stand there also when it failed. */
export interface DeclarativeAnswer {
  /** Absent: nothing was sent. */
  readonly request?: { readonly method: string; readonly url: string; readonly headers: Record<string, string> };
  readonly status?: number;
  readonly headers: Record<string, string>;
  readonly body: JsonValue;
  readonly durationMs: number;
  /** Where the answer does not fit the declared output; empty for a failed call. */
  readonly outputProblems: readonly FieldProblem[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

/** Calls declarative connectors in this process. No code of a package ever runs here. */
export interface DeclarativeRunner extends GuardedHttp {
  /**
   * Makes the call once. Throws what is wrong before anything is sent (`operation_unknown`, `operation_input_invalid`,
   * `credentials_incomplete`); every later failure is the `error` of the answer.
   */
  call(call: DeclarativeCall): Promise<DeclarativeAnswer>;
}

/** Makes a runner. Throws `config_invalid` for an unreadable egress policy. */
export function createDeclarativeRunner(options: DeclarativeRunnerOptions): DeclarativeRunner {
  const guard = createEgressGuard(options.egress, options.resolveHost);
  const transport = createHttpTransport(guard);
  const maxResponseBytes = options.maxResponseBytes ?? defaultRuntimeLimits.maxResponseBytes;
  return {
    ...guardedHttpOver({ guard, transport }),
    call: (call) => {
      if (call.manifest.runtime !== 'declarative') throw new AppError('plugin_invalid');
      return withPreparedCall(toOperationCall(call), async (prepared) => {
        const answer = await perform({ guard, transport, maxResponseBytes }, call, prepared);
        options.log.debug({ operation: call.operation, status: answer.status, error: answer.error?.code }, 'test call');
        return answer;
      });
    },
  };
}

/** Stands for a token that is obtained later, so that everything else is checked first. It is never sent. */
const tokenToCome = randomUUID();

function toOperationCall(call: DeclarativeCall): PreparedCall['call'] {
  const manifest = withNeededFields(call);
  const [scheme] = manifest.auth;
  const { credentials } = call;
  const isToCome = call.obtainToken !== undefined && !hasToken(credentials);
  return {
    manifest,
    operation: call.operation,
    input: call.input,
    credentials:
      isToCome || call.mock !== undefined ? { [accessTokenField]: tokenToCome, ...credentials } : credentials,
    timeoutMs: call.timeoutMs,
    signal: call.signal,
    tenantId: '',
    integrity: '',
    idempotencyKey: randomUUID(),
    connection: { id: '', config: {}, ...(scheme && { authType: scheme.type }) },
  };
}

/** With a token at hand, or with no call at all, nobody needs client id and secret. */
function withNeededFields({ manifest, mock, credentials, obtainToken }: DeclarativeCall): ConnectorManifest {
  const isToken = manifest.auth[0]?.type === 'oauth2' && (hasToken(credentials) || obtainToken === undefined);
  if (mock === undefined && !isToken) return manifest;
  const auth = manifest.auth.map((scheme) => ({
    ...scheme,
    fields: scheme.fields.map((field) => ({ ...field, required: false })),
  }));
  return { ...manifest, auth };
}

function hasToken(credentials: DeclarativeCall['credentials']): boolean {
  return (credentials[accessTokenField] ?? '') !== '';
}

async function perform(
  deps: DeclarativeDeps,
  call: DeclarativeCall,
  checked: PreparedCall,
): Promise<DeclarativeAnswer> {
  const startedAt = performance.now();
  if (call.mock !== undefined) return mockedAnswer(checked, call.mock);
  let prepared = checked;
  try {
    prepared = await withToken(call, checked);
    return answerOf(prepared, await exchangeDeclarative(deps, prepared), startedAt);
  } catch (failure) {
    const error = redactError(failure, prepared.redactor);
    const record = error.details['call'] as CallRecord | undefined;
    return {
      ...(record && { request: requestOf(record) }),
      ...{ headers: {}, body: null, durationMs: elapsed(startedAt), outputProblems: [], error: shownError(error) },
    };
  }
}

async function withToken(call: DeclarativeCall, prepared: PreparedCall): Promise<PreparedCall> {
  const { secrets } = prepared;
  if (call.obtainToken === undefined || secrets.values[accessTokenField] !== tokenToCome) return prepared;
  const token = await call.obtainToken(secrets.values);
  const all = [...secrets.secrets, token];
  const values = { ...secrets.values, [accessTokenField]: token };
  return { ...prepared, secrets: { ...secrets, values, secrets: all }, redactor: createRedactor(all) };
}

function mockedAnswer(prepared: PreparedCall, mock: NonNullable<DeclarativeCall['mock']>): DeclarativeAnswer {
  const headers = { 'content-type': 'application/json' };
  const answer = { status: mock.status, headers, body: Buffer.from(JSON.stringify(mock.body)) };
  return { ...judged(prepared, answer), durationMs: 0 };
}

function answerOf(prepared: PreparedCall, { answer, call }: RecordedExchange, startedAt: number): DeclarativeAnswer {
  const request = requestOf(redactRecord(call, prepared.redactor));
  return { request, ...judged(prepared, answer), durationMs: elapsed(startedAt) };
}

/** What is shown of an answer, and whether it is a failure or does not fit the schema. */
function judged(
  prepared: PreparedCall,
  answer: RecordedExchange['answer'],
): Omit<DeclarativeAnswer, 'request' | 'durationMs'> {
  const { operation, redactor } = prepared;
  const outcome = outcomeOf(prepared, answer);
  return {
    status: answer.status,
    headers: redactor.headers(answer.headers),
    body: redactor.json(parseBody(answer, true)),
    ...('error' in outcome
      ? { outputProblems: [], error: shownError(outcome.error) }
      : {
          outputProblems: findProblemsInTime(operation.output, outcome.output).map(({ path, message }) => ({
            path,
            message: redactor.text(message),
          })),
        }),
  };
}

function outcomeOf(
  { operation, redactor }: PreparedCall,
  answer: RecordedExchange['answer'],
): { readonly output: JsonValue } | { readonly error: AppError } {
  try {
    return { output: readAnswer(operation, answer) };
  } catch (failure) {
    return { error: redactError(toAppError(failure), redactor) };
  }
}

function requestOf(record: CallRecord): NonNullable<DeclarativeAnswer['request']> {
  return { method: record.method, url: record.url, headers: { ...record.requestHeaders } };
}

function shownError({ code, message, hint }: AppError): NonNullable<DeclarativeAnswer['error']> {
  return { code, message, hint };
}

function elapsed(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 100) / 100;
}
