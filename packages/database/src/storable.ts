import { AppError } from '@patchbay/errors';

/** An odd number of backslashes before `u0000`: the escape itself, not a backslash that someone typed. */
const escapedNul = /(?<!\\)(?:\\\\)*\\u0000/;

/** A surrogate without its partner, as `JSON.stringify` writes it; jsonb refuses it. */
const escapedSurrogate = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/i;

/**
 * Refuses text that PostgreSQL cannot hold before it is sent.
 * Throws `validation_error` if a value holds the character NUL.
 */
export function assertStorable(bindings: unknown): void {
  if (!Array.isArray(bindings)) return;
  for (const value of bindings as unknown[]) {
    if (typeof value === 'string' ? value.includes('\0') : Array.isArray(value) && value.some(hasNul))
      throw unstorable();
  }
}

/**
 * JSON text for a jsonb column. Use it for every jsonb value: the driver would write a list as a PostgreSQL array.
 * Throws `validation_error` if a string in it holds NUL or half a character.
 */
export function toJsonb(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  if (text.includes('\\u') && (escapedNul.test(text) || escapedSurrogate.test(text))) throw unstorable();
  return text;
}

function hasNul(value: unknown): boolean {
  return typeof value === 'string' && value.includes('\0');
}

function unstorable(): AppError {
  return new AppError('validation_error', {
    message: 'Text may not hold the character NUL or half of a character pair.',
  });
}
