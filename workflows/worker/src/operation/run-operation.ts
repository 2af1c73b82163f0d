/** One attempt of one operation: large values in, secrets, the call, large values out, the attempt's record. */
import { AppError } from '@patchbay/errors';
import type { CallRecord, OperationCall as RuntimeCall } from '@patchbay/connector-runtime';
import type { OperationAnswer, OperationCall } from '@patchbay/interpreter';
import { keepOutput, resolveReferences, type TenantBlobs } from './blob-values.ts';
import { runFlow } from './run-flow.ts';
import { errorOfAttempt, toApplicationFailure } from './classify-failure.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { invokeAuthorized } from './invoke-authorized.ts';
import type { Attempt, ConnectionSecrets, CredentialUse, OperationServices } from './operation-services.ts';

/** Runs the attempt. Throws an ApplicationFailure that says whether it is repeated. */
export async function runOperation(
  services: OperationServices,
  call: OperationCall,
  attempt: Attempt,
): Promise<OperationAnswer> {
  const record = {
    tenantId: call.tenantId,
    runId: call.runId,
    path: call.path,
    number: attempt.number,
    startedAt: Date.now(),
  };
  services.recorder.attemptStarted(record);
  try {
    const { answer, http } = await perform(services, call, attempt);
    services.recorder.attemptEnded({ ...record, endedAt: Date.now(), state: 'succeeded', ...(http && { call: http }) });
    return answer;
  } catch (thrown) {
    const error = errorOfAttempt(thrown, call);
    const http = error.details['call'] as CallRecord | undefined;
    services.recorder.attemptEnded({
      ...record,
      endedAt: Date.now(),
      state: 'failed',
      error: { code: error.code, message: error.message },
      ...(http && { call: http }),
    });
    throw failureOf(error, call, attempt);
  }
}

function failureOf(error: AppError, call: OperationCall, attempt: Attempt): Error {
  const failures = attempt.failures + 1;
  const failure = toApplicationFailure(error, { call, number: attempt.number, failures });
  if (!failure.nonRetryable) attempt.keepFailures(failures);
  return failure;
}

async function perform(
  services: OperationServices,
  call: OperationCall,
  attempt: Attempt,
): Promise<{ answer: OperationAnswer; http: CallRecord | undefined }> {
  const blobs: TenantBlobs = { store: services.blobs, tenantId: call.tenantId };
  const { slug, version, integrity } = call.connector;
  // First of all: what was blocked, retired or switched off meanwhile gets neither credentials nor a call (4.2).
  await services.versions.assertRunnable(call.connector);
  const manifest = await services.manifests.manifestFor(slug, version, integrity);
  const [connection, input] = await Promise.all([
    readConnection(services, call, { manifest }),
    resolveReferences(blobs, call.input),
  ]);
  if (manifest.flow !== undefined) {
    const output = await runFlow(services, {
      call,
      attempt,
      flow: manifest.flow,
      input: input as RuntimeCall['input'],
    });
    const kept = await keepOutput(blobs, output, call.needsOutput);
    return { answer: { output: kept, attempts: attempt.number }, http: undefined };
  }
  const result = await invokeAuthorized(
    services.runtime,
    {
      tenantId: call.tenantId,
      manifest,
      integrity,
      operation: call.operation,
      input: input as RuntimeCall['input'],
      timeoutMs: call.resilience.timeoutMs,
      signal: attempt.signal,
      idempotencyKey: idempotencyKey(attempt.workflowId, call.path),
      effect: call.effect,
    },
    { connection, readAgain: (refusedToken) => readConnection(services, call, { manifest, refusedToken }) },
  );
  const output = await keepOutput(blobs, result.output, call.needsOutput);
  const answer = { output, attempts: attempt.number, ...(attempt.isLocal && { path: call.path }) };
  return { answer, http: result.call };
}

async function readConnection(
  services: OperationServices,
  { tenantId, connectionId, connector }: OperationCall,
  use: CredentialUse,
): Promise<ConnectionSecrets | undefined> {
  if (connectionId === undefined) return undefined;
  const connection = await services.credentials.read(tenantId, connectionId, use);
  if (!connection.enabled) throw new AppError('connection_disabled', { details: { wasSent: false } });
  if (connection.authorization === 'reauth_required') {
    throw new AppError('reauthorization_required', { details: { wasSent: false } });
  }
  if (connection.authorization !== 'authorized') {
    throw new AppError('connection_required', {
      message: 'The connection is not authorized.',
      details: { wasSent: false },
    });
  }
  if (connection.connectorSlug !== connector.slug) throw new AppError('connection_auth_mismatch');
  return connection;
}
