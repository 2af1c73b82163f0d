const escapedNul = /(?<!\\)((?:\\\\)*)\\u0000/g;
/** A surrogate that `JSON.stringify` wrote as an escape has no partner. */
const escapedSurrogate = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/gi;

/**
 * JSON text for a jsonb column of values that came out of a run. What PostgreSQL cannot hold (NUL, half a character)
 * becomes U+FFFD: a run must be recorded whatever an external system answered.
 */
export function toStorableJson(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  if (!text.includes('\\u')) return text;
  return text.replace(escapedNul, '$1\\ufffd').replace(escapedSurrogate, '$1\\ufffd');
}
