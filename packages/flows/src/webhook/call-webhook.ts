import type { FlowRunAnswer } from '@patchbay/interpreter';
import { AppError } from '@patchbay/errors';
import type { JsonObject, JsonValue } from '@patchbay/flow-model';
import { sha256Hex } from '../flow/flow-content.ts';
import { assertTriggerData } from '../run/check-input.ts';
import { readRun } from '../run/read-run.ts';
import type { RunDeps } from '../run/run-deps.ts';
import { createRunRepository } from '../run/run-repository.ts';
import { awaitAnswer, startAndWait, startRun, type StartRunInput } from '../run/start-run.ts';
import { isWorkflowNotFound } from '../temporal/history-reader.ts';
import { assertCaller } from './verify-caller.ts';
import type { WebhookTarget } from './webhook-directory.ts';

/** Longest time a caller of a synchronous webhook waits; then it gets the address of the run. */
const replyTimeoutMs = 25_000;

/** Headers that say who the caller is, not what it wants. */
const hiddenHeaders = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
  'x-patchbay-secret',
  'x-patchbay-signature',
]);

/** A request to a webhook. */
export interface WebhookRequest {
  readonly method: string;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: JsonObject;
  readonly rawBody: Uint8Array;
  /** Reads the raw body by its content type; called after the caller has proven itself. */
  readonly parseBody: () => JsonValue;
}

/** How a webhook answers: the run's own reply, how it ended, or only that it was accepted. */
export interface WebhookAnswer {
  readonly runId: string;
  readonly reply?: FlowRunAnswer['reply'];
  /** Absent: the run goes on. */
  readonly view?: FlowRunAnswer['view'];
}

/**
 * Starts the flow behind a webhook and, for a synchronous one, waits for its reply.
 *
 * @throws AppError `webhook_signature_invalid`, `webhook_body_too_large`, `run_input_invalid`, `idempotency_conflict`,
 * `service_unavailable`.
 */
export async function callWebhook(
  deps: RunDeps,
  target: WebhookTarget,
  request: WebhookRequest,
): Promise<WebhookAnswer> {
  const { trigger } = target;
  if (request.rawBody.byteLength > trigger.maxBodyBytes) {
    throw new AppError('webhook_body_too_large', { details: { maxBodyBytes: trigger.maxBodyBytes } });
  }
  assertCaller(request, { auth: trigger.auth, secret: target.secret }, deps.now());
  const data = toTrigger(request);
  assertTriggerData(trigger, data);
  const input: StartRunInput = { target, trigger: data, triggerKind: 'webhook', ...idempotencyOf(request) };
  if (trigger.reply === 'async') {
    const { runId } = await startRun(deps, input);
    return { runId };
  }
  const started = await startAndWait(deps, input, replyTimeoutMs);
  const answer = started.isRepeated ? await repeatedAnswer(deps, target.tenantId, started.runId) : started.answer;
  return {
    runId: started.runId,
    ...(answer?.reply && { reply: answer.reply }),
    ...(answer && answer.view.state !== 'running' && { view: answer.view }),
  };
}

function toTrigger(request: WebhookRequest): JsonObject {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    value === undefined || hiddenHeaders.has(name)
      ? []
      : [[name, typeof value === 'string' ? value : value.join(', ')] as const],
  );
  return {
    body: request.parseBody(),
    query: request.query,
    headers: Object.fromEntries(headers),
    method: request.method,
  };
}

function idempotencyOf(request: WebhookRequest): Pick<StartRunInput, 'idempotency'> {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return {};
  if (key.length > 200) {
    throw new AppError('validation_error', {
      details: { fields: [{ path: '/idempotency-key', message: 'At most 200 characters.' }] },
    });
  }
  const text = [request.method, JSON.stringify(request.query), Buffer.from(request.rawBody).toString('base64')].join(
    '\n',
  );
  return { idempotency: { key, requestHash: sha256Hex(text) } };
}

/** The answer the first request got, or will get. */
async function repeatedAnswer(deps: RunDeps, tenantId: string, runId: string): Promise<FlowRunAnswer | undefined> {
  const row = await createRunRepository(deps.db.connection).get(tenantId, runId);
  if (!row.ended_at) {
    try {
      return await awaitAnswer(deps, row.workflow_id, replyTimeoutMs);
    } catch (error) {
      // Ended since, or not started yet: the folded run says which.
      if (!isWorkflowNotFound(error)) throw error;
    }
  }
  const run = await readRun(deps, tenantId, runId);
  const view = { state: run.state, ...(run.output !== undefined && { output: run.output as JsonValue }) };
  return { view, ...(run.reply && { reply: { ...run.reply, body: run.reply.body as JsonValue } }) };
}
