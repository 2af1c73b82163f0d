import type { JsonValue } from '@patchbay/manifest';

/** What stands in place of a secret, everywhere. */
export const mask = '******';
/** Values shorter than this are not searched for in texts: they would mask half of every sentence. */
export const minSearchedLength = 4;
/** The same for outputs, where a wrong mask would falsify data: a password such as `test` must not change a row. */
export const minSearchedOutputLength = 8;

/** Takes secrets out of whatever leaves a call. */
export interface Redactor {
  text(value: string): string;
  /** Masks texts and keys at any depth. */
  json(value: JsonValue): JsonValue;
  /** Like `json`, for the output of an operation; looks only for values of 8 characters and more. */
  output(value: JsonValue): JsonValue;
  /** Masks header values: those whose name says so, and secrets inside the others. */
  headers(headers: Readonly<Record<string, string>>): Record<string, string>;
}

const sensitiveName =
  /authorization|cookie|token|secret|api[-_]?key|access[-_]?key|private[-_]?key|password|signature/i;

/** True if a header or query parameter of this name holds a secret by convention. */
export function isSensitiveName(name: string): boolean {
  return sensitiveName.test(name);
}

/**
 * Makes a redactor for the secret values of one call. It finds each value as it stands and as base64, base64url,
 * URL-encoded and JSON-escaped text. Values shorter than {@link minSearchedLength} are not searched.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const searched = buildPattern(secrets.filter((secret) => secret.length >= minSearchedLength));
  const searchedInOutput = buildPattern(secrets.filter((secret) => secret.length >= minSearchedOutputLength));
  const text = (value: string): string => replace(value, searched);
  return {
    text,
    json: (value) => mapTexts(value, searched),
    output: (value) => mapTexts(value, searchedInOutput),
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, isSensitiveName(name) ? mask : text(value)]),
      ),
  };
}

function replace(value: string, pattern: RegExp | undefined): string {
  return pattern === undefined ? value : value.replace(pattern, mask);
}

function mapTexts(value: JsonValue, pattern: RegExp | undefined): JsonValue {
  if (pattern === undefined) return value;
  if (typeof value === 'string') return value.replace(pattern, mask);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, pattern));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.replace(pattern, mask), mapTexts(item, pattern)]),
  );
}

function buildPattern(secrets: readonly string[]): RegExp | undefined {
  const forms = new Set(secrets.flatMap(writtenForms));
  if (forms.size === 0) return undefined;
  // Longest first, so that a secret that holds another one is masked as a whole.
  const alternatives = [...forms].toSorted((left, right) => right.length - left.length).map(escapePattern);
  return new RegExp(alternatives.join('|'), 'g');
}

function writtenForms(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64');
  const urlEncoded = encodeURIComponent(secret.toWellFormed());
  const forms = [
    secret,
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
    urlEncoded,
    urlEncoded.replaceAll('%20', '+'),
    new URLSearchParams({ v: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
  ];
  return forms.filter((form) => form.length >= minSearchedLength);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
