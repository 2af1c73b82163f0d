/**
 * Reads a Temporal history (protobuf objects or their JSON) into neutral events. Plain data mapping without Temporal
 * imports, so that a server can use it.
 */
import { errorCodes, isErrorCode, type ErrorCode } from '@patchbay/errors';
import type { Plan, StepError } from '@patchbay/flow-model/plan';
import type { FlowRunResult, OperationAnswer, OperationFailureDetails } from './flow-run-contract.ts';
import type { HistoryEvent, PendingOperation } from './history-events.ts';
import type { OperationError } from './messages.ts';

/** A payload as Temporal stores it. */
export type RawPayload = Readonly<Record<string, unknown>>;

/** Decodes one payload: codec, then JSON. */
export type DecodePayload = (payload: RawPayload) => Promise<unknown>;

/** What is read of a history event; field names are those of the Temporal API. */
export type RawHistoryEvent = Readonly<Record<string, unknown>>;

interface RawFailure {
  readonly message?: string | null;
  readonly cause?: RawFailure | null;
  readonly encodedAttributes?: RawPayload | null;
  readonly applicationFailureInfo?: { readonly type?: string | null; readonly details?: RawPayloads | null } | null;
  readonly timeoutFailureInfo?: unknown;
  readonly canceledFailureInfo?: unknown;
  readonly activityFailureInfo?: unknown;
}

interface RawPayloads {
  readonly payloads?: readonly RawPayload[] | null;
}

interface Attributes {
  readonly activityId?: string;
  readonly activityType?: { readonly name?: string };
  readonly scheduledEventId?: unknown;
  readonly attempt?: number;
  readonly result?: RawPayloads | null;
  readonly failure?: RawFailure | null;
  readonly timerId?: string;
  readonly markerName?: string;
  readonly details?: Readonly<Record<string, RawPayloads>>;
}

interface Reader {
  readonly plan: Plan;
  readonly decode: DecodePayload;
  /** Step path by id of the event that scheduled it. */
  readonly scheduled: Map<string, { path: string; key: string; attempt: number }>;
  readonly timers: Map<string, string>;
}

/**
 * Maps the events of one execution. For a run that continued as new, map each execution and join the lists.
 * Payloads that cannot be decoded reject.
 */
export async function toHistoryEvents(
  plan: Plan,
  events: readonly RawHistoryEvent[],
  decode: DecodePayload,
): Promise<HistoryEvent[]> {
  const reader: Reader = { plan, decode, scheduled: new Map(), timers: new Map() };
  const mapped: HistoryEvent[] = [];
  const unseen: number[] = [];
  for (const event of events) {
    const seenAt = event['workflowTaskStartedEventAttributes'] ? toMs(event['eventTime']) : undefined;
    // A task that fails is started again: the last start before the next fact is the one that counts.
    if (seenAt !== undefined)
      for (const index of unseen) mapped[index] = { ...(mapped[index] as HistoryEvent), seenAt };
    if (event['workflowTaskCompletedEventAttributes']) unseen.length = 0;
    const next = await readEvent(reader, event);
    if (!next) continue;
    // The run takes in the answer of a local activity inside a task, when it comes.
    if (!event[attributesOf.marker]) unseen.push(mapped.length);
    mapped.push(next);
  }
  return mapped;
}

/** Maps `describe().raw.pendingActivities`. */
export async function toPendingOperations(
  plan: Plan,
  activities: readonly Readonly<Record<string, unknown>>[],
  decode: DecodePayload,
): Promise<PendingOperation[]> {
  const reader: Reader = { plan, decode, scheduled: new Map(), timers: new Map() };
  return Promise.all(activities.map((activity) => readPending(reader, activity)));
}

async function readPending(reader: Reader, activity: Readonly<Record<string, unknown>>): Promise<PendingOperation> {
  const {
    activityId = '',
    attempt = 1,
    state,
    lastFailure,
  } = activity as {
    activityId?: string;
    attempt?: number;
    state?: number | string;
    lastFailure?: RawFailure | null;
  };
  const path = stepPathOf(activityId);
  const lastError = lastFailure && (await toError(reader, lastFailure, { path, attempts: attempt - 1 }));
  const isRunning = state === 2 || state === 'PENDING_ACTIVITY_STATE_STARTED';
  return { path, attempt, isRunning, ...(lastError && { lastError }) };
}

const attributesOf = {
  started: 'workflowExecutionStartedEventAttributes',
  scheduled: 'activityTaskScheduledEventAttributes',
  attempted: 'activityTaskStartedEventAttributes',
  completed: 'activityTaskCompletedEventAttributes',
  failed: 'activityTaskFailedEventAttributes',
  timedOut: 'activityTaskTimedOutEventAttributes',
  canceled: 'activityTaskCanceledEventAttributes',
  timerStarted: 'timerStartedEventAttributes',
  timerFired: 'timerFiredEventAttributes',
  marker: 'markerRecordedEventAttributes',
  cancelRequested: 'workflowExecutionCancelRequestedEventAttributes',
  runCompleted: 'workflowExecutionCompletedEventAttributes',
  runCanceled: 'workflowExecutionCanceledEventAttributes',
  runFailed: 'workflowExecutionFailedEventAttributes',
  runTimedOut: 'workflowExecutionTimedOutEventAttributes',
  runTerminated: 'workflowExecutionTerminatedEventAttributes',
} as const;

type Kind = keyof typeof attributesOf;

function kindOf(event: RawHistoryEvent): Kind | undefined {
  for (const kind in attributesOf) {
    if (event[attributesOf[kind as Kind]]) return kind as Kind;
  }
  return undefined;
}

async function readEvent(reader: Reader, event: RawHistoryEvent): Promise<HistoryEvent | undefined> {
  const kind = kindOf(event);
  if (!kind) return undefined;
  const at = toMs(event['eventTime']);
  const attributes = event[attributesOf[kind]] as Attributes;
  switch (kind) {
    case 'started':
      return { type: 'runStarted', at };
    case 'cancelRequested':
      return { type: 'cancelRequested', at };
    case 'timerStarted':
      return readTimer(reader, event, attributes);
    case 'timerFired':
      return timerFired(reader, attributes, at);
    case 'marker':
      return readMarker(reader, attributes, at);
    case 'runCompleted':
      return runCompleted(reader, attributes, at);
    case 'runFailed':
      return runFailed(reader, attributes, at);
    case 'runCanceled':
    case 'runTimedOut':
    case 'runTerminated':
      return runBroken(kind, at);
    default:
      return readActivity(reader, { kind, event, attributes, at });
  }
}

async function readTimer(reader: Reader, event: RawHistoryEvent, { timerId }: Attributes): Promise<undefined> {
  const { summary } = (event['userMetadata'] ?? {}) as { summary?: RawPayload | null };
  const path = summary && (await reader.decode(summary));
  if (typeof path === 'string') reader.timers.set(timerId ?? '', path);
}

function timerFired(reader: Reader, { timerId }: Attributes, at: number): HistoryEvent | undefined {
  const path = reader.timers.get(timerId ?? '');
  return path === undefined ? undefined : { type: 'timerFired', path, at };
}

/** A local activity: its marker holds the result, which names the step, or the failure, whose details do. */
async function readMarker(reader: Reader, attributes: Attributes, at: number): Promise<HistoryEvent | undefined> {
  if (attributes.markerName !== 'core_local_activity') return undefined;
  if (attributes.failure) {
    const path = await failedPath(reader, attributes.failure);
    if (path === undefined) return undefined;
    const error = await toError(reader, attributes.failure, { path, attempts: 1 });
    return { type: 'operationFailed', path, at, error, isLocal: true };
  }
  const payload = attributes.details?.['result']?.payloads?.[0];
  const answer = payload && (await reader.decode(payload));
  if (!isLocalAnswer(answer)) return undefined;
  const { path, output, attempts } = answer;
  return { type: 'operationCompleted', path, at, output, attempts };
}

function isLocalAnswer(value: unknown): value is OperationAnswer & { readonly path: string } {
  return typeof value === 'object' && value !== null && typeof (value as OperationAnswer).path === 'string';
}

async function failedPath(reader: Reader, failure: RawFailure): Promise<string | undefined> {
  const { path } = await detailsOf(reader, innermost(failure));
  return path;
}

interface ActivityEvent {
  readonly kind: Kind;
  readonly event: RawHistoryEvent;
  readonly attributes: Attributes;
  readonly at: number;
}

async function readActivity(reader: Reader, activity: ActivityEvent): Promise<HistoryEvent | undefined> {
  const { kind, event, attributes, at } = activity;
  if (kind === 'scheduled') {
    const path = stepPathOf(attributes.activityId ?? '');
    reader.scheduled.set(toText(event['eventId']), { path, key: lastKey(path), attempt: 1 });
    return { type: 'operationScheduled', path, at };
  }
  const step = reader.scheduled.get(toText(attributes.scheduledEventId));
  if (!step) return undefined;
  const { path } = step;
  if (kind === 'attempted') step.attempt = attributes.attempt ?? 1;
  else if (kind === 'canceled') return { type: 'operationCancelled', path, at };
  else if (kind === 'completed') return readCompletion(reader, attributes, { path, at, attempt: step.attempt });
  else if (attributes.failure) {
    const error = await toError(reader, attributes.failure, { path, attempts: step.attempt });
    return { type: 'operationFailed', path, at, error, isLocal: false };
  }
  return undefined;
}

async function readCompletion(
  reader: Reader,
  attributes: Attributes,
  step: { path: string; at: number; attempt: number },
): Promise<HistoryEvent> {
  const payload = attributes.result?.payloads?.[0];
  const answer = payload && ((await reader.decode(payload)) as Partial<OperationAnswer> | null);
  const { output = null, attempts = step.attempt } = answer ?? {};
  return { type: 'operationCompleted', path: step.path, at: step.at, output, attempts };
}

async function runFailed(reader: Reader, { failure }: Attributes, at: number): Promise<HistoryEvent> {
  const cause = innermost(failure ?? {});
  const details = (await firstDetail(reader, cause)) as Partial<StepError> | undefined;
  if (details && typeof details.code === 'string' && typeof details.stepPath === 'string') {
    return { type: 'runClosed', at, outcome: { state: 'failed', error: details as StepError } };
  }
  const error = await toError(reader, cause, { path: '', attempts: 0 });
  return { type: 'runClosed', at, outcome: { state: 'failed', error: { ...error, stepPath: '' } } };
}

async function runCompleted(reader: Reader, { result }: Attributes, at: number): Promise<HistoryEvent> {
  const payload = result?.payloads?.[0];
  const given = payload && ((await reader.decode(payload)) as Partial<FlowRunResult> | null);
  return { type: 'runClosed', at, outcome: { state: 'succeeded', output: given?.output ?? null } };
}

/** Cancelled, or ended from outside without the workflow having a say. */
function runBroken(kind: 'runCanceled' | 'runTimedOut' | 'runTerminated', at: number): HistoryEvent {
  const code = kind === 'runTerminated' ? 'run_terminated' : 'run_cancelled';
  const { message, hint } = errorCodes[code];
  const error = { code, message, hint, retryable: false, attempts: 0, stepPath: '' };
  return { type: 'runClosed', at, outcome: { state: kind === 'runTimedOut' ? 'failed' : 'cancelled', error } };
}

async function toError(
  reader: Reader,
  failure: RawFailure,
  step: { readonly path: string; readonly attempts: number },
): Promise<OperationError> {
  const cause = innermost(failure);
  const info = cause.applicationFailureInfo;
  const isOnce = isOnceStep(reader.plan, step.path);
  const foreignCode = isOnce ? 'operation_outcome_unknown' : 'internal_error';
  if (!info) return plainError(cause.timeoutFailureInfo && !isOnce ? 'operation_timeout' : foreignCode, step);
  const code = isErrorCode(info.type) ? info.type : foreignCode;
  const { hint, retryable, attempts, details } = await detailsOf(reader, cause);
  const message = await messageOf(reader, cause);
  return {
    ...plainError(code, { attempts: attempts ?? step.attempts }),
    ...(message !== undefined && { message }),
    ...(hint !== undefined && { hint }),
    ...(retryable !== undefined && { retryable }),
    ...(details !== undefined && { details }),
  };
}

function isOnceStep(plan: Plan, path: string): boolean {
  const step = plan.steps[lastKey(path)];
  return step?.kind === 'operation' && step.effect === 'once';
}

function plainError(code: ErrorCode, { attempts }: { readonly attempts: number }): OperationError {
  const { message, hint } = errorCodes[code];
  return { code, message, hint, retryable: code === 'operation_timeout', attempts };
}

function innermost(failure: RawFailure): RawFailure {
  let current = failure;
  while (current.activityFailureInfo && current.cause) current = current.cause;
  return current;
}

async function detailsOf(reader: Reader, failure: RawFailure): Promise<Partial<OperationFailureDetails>> {
  const first = await firstDetail(reader, failure);
  return typeof first === 'object' && first !== null ? first : {};
}

async function firstDetail(reader: Reader, failure: RawFailure): Promise<unknown> {
  const payload = failure.applicationFailureInfo?.details?.payloads?.[0];
  return payload && (await reader.decode(payload));
}

/** The message may be encrypted beside the failure (`encodeCommonAttributes`). */
async function messageOf(reader: Reader, failure: RawFailure): Promise<string | undefined> {
  if (!failure.encodedAttributes) return failure.message ?? undefined;
  const { message } = ((await reader.decode(failure.encodedAttributes)) ?? {}) as { message?: string };
  return message;
}

/** Activity ids are step paths; a repeated execution adds `~2`. */
function stepPathOf(activityId: string): string {
  const mark = activityId.indexOf('~');
  return mark < 0 ? activityId : activityId.slice(0, mark);
}

function lastKey(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** Seconds and nanoseconds of protobuf (numbers, Long or text), or an ISO instant, as epoch milliseconds. */
function toMs(time: unknown): number {
  if (typeof time === 'string') return Date.parse(time);
  const { seconds = 0, nanos = 0 } = (time ?? {}) as { seconds?: unknown; nanos?: number };
  return Number(toText(seconds)) * 1_000 + Math.floor(nanos / 1_000_000);
}

/** Ids and counts are numbers, texts or Long objects. */
function toText(value: unknown): string {
  return value === null || value === undefined ? '' : (value as { toString(): string }).toString();
}
