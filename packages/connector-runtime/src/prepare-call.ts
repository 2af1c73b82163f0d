import { AppError, toAppError } from '@patchbay/errors';
import { findOperation, type JsonObject, type JsonValue } from '@patchbay/manifest';
import { assertComplete, sortSecrets } from './call-secrets.ts';
import { startDeadline } from './deadline.ts';
import type { PreparedCall } from './declarative/invoke-declarative.ts';
import type { CallRecord } from './http/call-record.ts';
import { checkInput } from './input-check.ts';
import type { OperationCall } from './operation-call.ts';
import { createRedactor, type Redactor } from './redaction/redactor.ts';

/**
 * Looks at operation, input and credentials of a call, runs `work` under its time limit and takes the secrets out of whatever
 * fails. Throws `operation_unknown`, `operation_input_invalid`, `credentials_incomplete` and the like before `work` begins.
 */
export async function withPreparedCall<Result>(
  call: OperationCall,
  work: (prepared: PreparedCall) => Promise<Result>,
): Promise<Result> {
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
    return await work({ call, operation, input, secrets, redactor, signal: deadline.signal });
  } catch (failure) {
    throw redactError(failure, redactor);
  } finally {
    deadline.dispose();
  }
}

/** The record of a plugin host was made beside foreign code, so it is masked again here. */
export function redactRecord(record: CallRecord, redactor: Redactor): CallRecord {
  return {
    ...record,
    url: redactor.text(record.url),
    requestHeaders: redactor.headers(record.requestHeaders),
    responseHeaders: redactor.headers(record.responseHeaders),
  };
}

/** The same error without secrets. Its cause stays behind: it may hold anything. */
export function redactError(failure: unknown, redactor: Redactor): AppError {
  const error = toAppError(failure);
  const { call, ...details } = error.details;
  const safe = redactor.json(JSON.parse(JSON.stringify(details)) as JsonValue) as JsonObject;
  return new AppError(error.code, {
    message: redactor.text(error.message),
    hint: error.hint,
    details: call === undefined ? safe : { ...safe, call: redactRecord(call as CallRecord, redactor) },
  });
}
