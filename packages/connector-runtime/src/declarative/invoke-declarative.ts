import type { JsonObject, JsonValue, Operation } from '@patchbay/manifest';
import { AppError } from '@patchbay/errors';
import type { CallSecrets } from '../call-secrets.ts';
import { createAuthorizer } from '../http/authorizer.ts';
import { sendRecorded, withDetails, type CallRecord, type RecordedExchange } from '../http/call-record.ts';
import type { ExchangeDeps } from '../http/follow-redirects.ts';
import type { OperationCall } from '../operation-call.ts';
import type { Redactor } from '../redaction/redactor.ts';
import { buildRequest } from './build-request.ts';
import { readAnswer } from './read-answer.ts';

/** A call whose operation, input and credentials were looked at. */
export interface PreparedCall {
  readonly call: OperationCall;
  readonly operation: Operation;
  /** Checked, with defaults. */
  readonly input: JsonObject;
  readonly secrets: CallSecrets;
  readonly redactor: Redactor;
  /** Fires on timeout and cancellation; its reason is an AppError. */
  readonly signal: AbortSignal;
}

/** Parts of the outside world a declarative call needs. */
export type DeclarativeDeps = ExchangeDeps & { readonly maxResponseBytes: number };

/** Runs an operation that is a request template. Nothing is redacted yet but the call record. */
export async function invokeDeclarative(
  deps: DeclarativeDeps,
  prepared: PreparedCall,
): Promise<{ output: JsonValue; call: CallRecord }> {
  const { answer, call: record } = await exchangeDeclarative(deps, prepared);
  try {
    return { output: readAnswer(prepared.operation, answer), call: record };
  } catch (failure) {
    throw withDetails(failure, { call: record });
  }
}

/** Fills the request template and sends it; the answer comes back whatever its status. */
export async function exchangeDeclarative(deps: DeclarativeDeps, prepared: PreparedCall): Promise<RecordedExchange> {
  const { call, operation, input, secrets, redactor, signal } = prepared;
  const { request } = operation;
  if (request === undefined) throw new AppError('plugin_invalid', { message: `${operation.name} has no request.` });
  const { manifest, idempotencyKey } = call;
  const built = await buildRequest({ manifest, operation, request, input, values: secrets.openValues, idempotencyKey });
  return sendRecorded(
    { ...deps, redactor },
    {
      ...built,
      headers: { 'accept-encoding': 'gzip, br', ...built.headers },
      signal,
      egress: manifest.egress,
      authorize: createAuthorizer(secrets.scheme, secrets.values),
      maxResponseBytes: deps.maxResponseBytes,
    },
  );
}
