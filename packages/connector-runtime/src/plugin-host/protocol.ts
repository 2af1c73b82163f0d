import { isJsonObject, type JsonObject, type JsonValue } from '@patchbay/manifest/json';
import type { AuthScheme } from '@patchbay/manifest';
import type { EgressPolicy } from '../egress/allow-list.ts';
import type { EgressRule } from '../egress/egress-guard.ts';
import type { CallRecord } from '../http/call-record.ts';

/** First message to a plugin host. */
export interface StartMessage {
  readonly type: 'start';
  readonly egress: EgressPolicy;
  readonly maxResponseBytes: number;
  readonly maxLogLines: number;
  readonly maxLogLineLength: number;
}

/** Runs one operation. */
export interface CallMessage {
  readonly type: 'call';
  readonly id: number;
  readonly entryUrl: string;
  readonly operation: string;
  readonly input: JsonObject;
  /** What the operation may see. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What `fetch` puts into requests; absent when the operation uses the credentials itself. */
  readonly auth?: { readonly scheme: AuthScheme; readonly values: Readonly<Record<string, string>> };
  readonly egress: EgressRule;
  readonly idempotencyKey: string;
  /** Real path of the folder whose files it may read. */
  readonly filesRoot?: string;
}

/** Ends a call; the plugin host answers with a failure at once. */
export interface AbortMessage {
  readonly type: 'abort';
  readonly id: number;
  readonly reason: 'operation_timeout' | 'operation_cancelled';
}

export type ParentMessage = StartMessage | CallMessage | AbortMessage;

/** What a plugin host says. Everything in it is untrusted: plugin code can write to the channel. */
export type HostMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'heartbeat'; readonly id: number }
  | { readonly type: 'log'; readonly id: number; readonly level: LogLevel; readonly line: string }
  | { readonly type: 'result'; readonly id: number; readonly output: JsonValue; readonly call?: CallRecord }
  | { readonly type: 'failure'; readonly id: number; readonly failure: HostFailure; readonly call?: CallRecord };

export type LogLevel = (typeof logLevels)[number];

/** An error as data. */
export interface HostFailure {
  readonly code: string;
  readonly message: string;
  readonly details: JsonObject;
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
const maxDetailsLength = 16_384;
const maxMessageLength = 2_000;

/** Checks a message of a plugin host; undefined for anything that is not exactly one. */
export function readHostMessage(message: unknown): HostMessage | undefined {
  if (!isJsonObject(message)) return undefined;
  const { type, id } = message;
  if (type === 'ready') return { type };
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return undefined;
  switch (type) {
    case 'heartbeat':
      return { type, id };
    case 'log':
      return readLog(message, id);
    case 'result':
      return message['output'] === undefined
        ? undefined
        : { type, id, output: message['output'] as JsonValue, ...readCall(message['call']) };
    case 'failure':
      return readFailure(message, id);
    default:
      return undefined;
  }
}

function readLog(message: Record<string, unknown>, id: number): HostMessage | undefined {
  const level = logLevels.find((candidate) => candidate === message['level']);
  const { line } = message;
  return level === undefined || typeof line !== 'string' ? undefined : { type: 'log', id, level, line };
}

function readFailure(message: Record<string, unknown>, id: number): HostMessage | undefined {
  const { failure } = message;
  if (!isJsonObject(failure)) return undefined;
  const { code, message: text, details } = failure;
  if (typeof code !== 'string' || typeof text !== 'string') return undefined;
  const isSmall = isJsonObject(details) && JSON.stringify(details).length <= maxDetailsLength;
  const safe = { code, message: text.slice(0, maxMessageLength), details: isSmall ? (details as JsonObject) : {} };
  return { type: 'failure', id, failure: safe, ...readCall(message['call']) };
}

/** A call record with exactly its own fields, or nothing. */
function readCall(value: unknown): { call?: CallRecord } {
  if (!isJsonObject(value)) return {};
  const { method, url, status, durationMs, requestBytes, responseBytes } = value;
  if (typeof method !== 'string' || typeof url !== 'string') return {};
  return {
    call: {
      method: method.slice(0, 20),
      url: url.slice(0, 4_000),
      ...(typeof status === 'number' ? { status } : {}),
      durationMs: numberOr0(durationMs),
      requestHeaders: readTexts(value['requestHeaders']),
      responseHeaders: readTexts(value['responseHeaders']),
      requestBytes: numberOr0(requestBytes),
      responseBytes: numberOr0(responseBytes),
    },
  };
}

const numberOr0 = (value: unknown): number => (typeof value === 'number' ? value : 0);

function readTexts(value: unknown): Record<string, string> {
  if (!isJsonObject(value)) return {};
  const entries = Object.entries(value).slice(0, 100);
  return Object.fromEntries(
    entries.flatMap(([name, text]) => (typeof text === 'string' ? [[name, text.slice(0, 4_000)]] : [])),
  );
}
