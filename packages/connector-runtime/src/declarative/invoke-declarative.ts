import type { JsonObject, JsonValue, Operation } from '@patchbay/manifest';
import { AppError } from '@patchbay/errors';
import type { CallSecrets } from '../call-secrets.ts';
import { createAuthorizer } from '../http/authorizer.ts';
import { sendRecorded, withDetails, type CallRecord } from '../http/call-record.ts';
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

/** Runs an operation that is a request template. Nothing is redacted yet but the call record. */
export async function invokeDeclarative(
  deps: ExchangeDeps & { readonly maxResponseBytes: number },
  prepared: PreparedCall,
): Promise<{ output: JsonValue; call: CallRecord }> {
  const { call, operation, input, secrets, redactor, signal } = prepared;
  const { request } = operation;
  if (request === undefined) throw new AppError('plugin_invalid', { message: `${operation.name} has no request.` });
  const { manifest, idempotencyKey } = call;
  const built = buildRequest({ manifest, operation, request, input, values: secrets.openValues, idempotencyKey });
  const { answer, call: record } = await sendRecorded(
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
  try {
    return { output: readAnswer(operation, answer), call: record };
  } catch (failure) {
    throw withDetails(failure, { call: record });
  }
}
