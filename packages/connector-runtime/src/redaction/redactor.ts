import type { JsonValue } from '@patchbay/manifest';

/** What stands in place of a secret, everywhere. */
export const mask = '******';
/** Values shorter than this are not searched for in texts: they would mask half of every sentence. */
export const minSearchedLength = 4;
/** The same for outputs, where a wrong mask would falsify data: a password such as `test` must not change a row. */
export const minSearchedOutputLength = 8;
/** Beginnings of a secret shorter than this, at the end of a text that was cut, tell too little to be worth a wrong mask. */
const minCutLength = 6;

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
 * URL-encoded, JSON-escaped and hexadecimal text. Values shorter than {@link minSearchedLength} are not searched.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const forms = formsOf(secrets, minSearchedLength);
  const whole = createReplacer(forms);
  const wholeInOutput = createReplacer(formsOf(secrets, minSearchedOutputLength));
  const text = (value: string): string => maskCutEnd(whole(value), forms);
  return {
    text,
    json: (value) => (forms.length === 0 ? value : mapTexts(value, text)),
    output: (value) => mapTexts(value, wholeInOutput),
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, isSensitiveName(name) ? mask : text(value)]),
      ),
  };
}

function mapTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapTexts(item, change)]));
}

/** All written forms, longest first, so that a secret that holds another one is masked as a whole. */
function formsOf(secrets: readonly string[], minLength: number): string[] {
  const forms = new Set(secrets.filter((secret) => secret.length >= minLength).flatMap(writtenForms));
  return [...forms].toSorted((left, right) => right.length - left.length);
}

function createReplacer(forms: readonly string[]): (value: string) => string {
  if (forms.length === 0) return (value) => value;
  const pattern = new RegExp(forms.map(escapePattern).join('|'), 'g');
  return (value) => value.replace(pattern, mask);
}

/**
 * Connectors cut what the remote said to a length, sometimes in the middle of a secret: the beginning of one at the very
 * end of a text is masked too.
 */
function maskCutEnd(value: string, forms: readonly string[]): string {
  const cut = Math.max(0, ...forms.map((form) => lengthOfCut(value, form)));
  return cut === 0 ? value : value.slice(0, -cut) + mask;
}

function lengthOfCut(value: string, form: string): number {
  for (let length = Math.min(form.length - 1, value.length); length >= minCutLength; length -= 1) {
    if (value.endsWith(form.slice(0, length))) return length;
  }
  return 0;
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
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('hex').toUpperCase(),
  ];
  return forms.filter((form) => form.length >= minSearchedLength);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
