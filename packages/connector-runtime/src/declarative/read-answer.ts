import { isUtf8 } from 'node:buffer';
import { AppError, isErrorCode } from '@patchbay/errors';
import { readPointer, type ErrorMapping, type JsonValue, type Operation } from '@patchbay/manifest';
import { codeForStatus, remoteError } from '@patchbay/connector-sdk';
import type { HttpAnswer } from '../http/http-transport.ts';

const maxShownBody = 2_000;

/**
 * The output of an answer: JSON or text, cut down by the output pointer. Throws the error the status means, or the one
 * the operation's error table gives it; `details.remoteBody` has the beginning of what the remote said.
 */
export function readAnswer(operation: Operation, answer: HttpAnswer): JsonValue {
  const isFailure = answer.status >= 400;
  const body = parseBody(answer, isFailure);
  const mapping = operation.errors.find((candidate) => matches(candidate, answer.status, body));
  if (isFailure || mapping !== undefined) throw toRemoteError(answer, body, mapping);
  const pointer = operation.request?.outputPointer;
  if (pointer === undefined) return body;
  const output = readPointer(body, pointer);
  if (output === undefined) {
    throw new AppError('operation_output_invalid', {
      message: `The answer has nothing at ${pointer}.`,
      details: { status: answer.status, remoteBody: shown(body), wasSent: true },
    });
  }
  return output;
}

/** The body as JSON or text; bytes that are no text as base64. Lenient: what says to be JSON and is not stays text instead of `operation_output_invalid`. */
export function parseBody(answer: HttpAnswer, isLenient: boolean): JsonValue {
  if (answer.body.length === 0) return null;
  const type = answer.headers['content-type'];
  const text = decodeText(answer.body, type);
  const isJson = type !== undefined && /[/+]json\b/i.test(type);
  if (!isJson && type !== undefined) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    if (!isJson || isLenient) return text;
    throw new AppError('operation_output_invalid', {
      message: 'The answer says it is JSON, but it is not.',
      details: { status: answer.status, remoteBody: text.slice(0, maxShownBody), wasSent: true },
      cause,
    });
  }
}

/** In the character set the answer names; bytes in no character set become base64, which loses nothing. */
function decodeText(body: Buffer, type: string | undefined): string {
  const charset = /;\s*charset="?([\w.:-]+)/i.exec(type ?? '')?.[1]?.toLowerCase();
  if (charset === 'iso-8859-1' || charset === 'latin1' || charset === 'us-ascii') return body.toString('latin1');
  if (charset === 'utf-16' || charset === 'utf-16le') return body.toString('utf16le');
  return isUtf8(body) ? body.toString('utf8') : body.toString('base64');
}

function matches(mapping: ErrorMapping, status: number, body: JsonValue): boolean {
  if (mapping.status !== status) return false;
  return mapping.bodyPointer === undefined || readPointer(body, mapping.bodyPointer) !== undefined;
}

function toRemoteError(answer: HttpAnswer, body: JsonValue, mapping: ErrorMapping | undefined): AppError {
  const words = mapping?.messagePointer === undefined ? remoteWords(body) : readPointer(body, mapping.messagePointer);
  const message = mapping?.message ?? (typeof words === 'string' ? words : undefined);
  const error = remoteError({ status: answer.status, retryAfter: answer.headers['retry-after'], message });
  const code = mapping !== undefined && isErrorCode(mapping.code) ? mapping.code : codeForStatus(answer.status);
  return new AppError(code, {
    message: answer.status >= 400 || message === undefined ? error.message : message,
    details: {
      ...error.details,
      remoteBody: shown(body),
      wasSent: true,
      ...(mapping?.retryable === undefined ? {} : { isRetryable: mapping.retryable }),
    },
  });
}

/** Where APIs usually put the sentence a person should read. */
function remoteWords(body: JsonValue): JsonValue | undefined {
  const places = ['/error/message', '/error/reason', '/message', '/error_description', '/detail', '/title', '/error'];
  return places.map((pointer) => readPointer(body, pointer)).find((value) => typeof value === 'string');
}

function shown(body: JsonValue): string {
  return (typeof body === 'string' ? body : JSON.stringify(body)).slice(0, maxShownBody);
}
