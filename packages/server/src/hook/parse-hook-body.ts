import { AppError } from '@patchbay/errors';
import type { WebhookRequest } from '@patchbay/flows';
import { assertSafeJson, parseJsonBody } from '../app/input-guard.ts';

type JsonValue = ReturnType<WebhookRequest['parseBody']>;
type JsonObject = WebhookRequest['query'];

/**
 * Reads the body of a webhook by its content type: JSON, a form, or text. No body is null.
 *
 * @throws AppError `malformed_json`, `unsupported_media_type`, `validation_error`.
 */
export function parseHookBody(contentType: string | undefined, rawBody: Uint8Array): JsonValue {
  if (rawBody.byteLength === 0) return null;
  const type = (contentType ?? 'application/json').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const text = decode(rawBody);
  if (type === 'application/json' || type.endsWith('+json')) return parseJsonBody(text) as JsonValue; // JSON.parse gives nothing else
  if (type === 'application/x-www-form-urlencoded') return toObject(new URLSearchParams(text));
  if (type.startsWith('text/') || type === 'application/xml' || type.endsWith('+xml')) {
    assertSafeJson(text);
    return text;
  }
  throw new AppError('unsupported_media_type', { hint: 'Send JSON, a form or text.' });
}

/** Names with one value give text, repeated ones a list. */
export function toObject(parameters: URLSearchParams): JsonObject {
  const entries = [...new Set(parameters.keys())].map((name): [string, JsonValue] => {
    const values = parameters.getAll(name);
    return [name, values.length === 1 ? (values[0] ?? '') : values];
  });
  const object = Object.fromEntries(entries);
  assertSafeJson(object);
  return object;
}

function decode(rawBody: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(rawBody);
  } catch (cause) {
    throw new AppError('validation_error', {
      cause,
      details: { fields: [{ path: '', message: 'The body is not UTF-8 text.' }] },
    });
  }
}
