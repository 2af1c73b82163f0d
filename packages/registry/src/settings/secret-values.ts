import { secretMask } from '@patchbay/api-contract';
import { isJsonObject, type JsonValue } from '@patchbay/manifest';

/** Keys that hold a secret, at any depth (requirements.md 5.16). `token_url` is none. */
const secretKey = /(password|passwd|token|secret|api_?key|access_?key|private_?key)$/i;

/** User and password inside an address: `scheme://user:password@host`. */
const userInfo = /([a-z][a-z0-9+.-]*:\/\/)[^/?#@\s"']*(?:@[^/?#@\s"']*)*@/gi;

/** A sealed value in a stored config, and what of it may be shown. A config from outside may not hold this key. */
export const sealedKey = '$sealed';

/** One sealed value. */
export interface SealedValue {
  readonly [sealedKey]: string;
  readonly shown: string;
}

/** True if the value of a key is never shown, whatever it is. */
export function isSecretKey(key: string): boolean {
  return secretKey.test(key);
}

/** True for a sealed value of a stored config. */
export function isSealed(value: unknown): value is SealedValue {
  return isJsonObject(value) && typeof value[sealedKey] === 'string';
}

/** The text with user info in its addresses masked. */
export function maskAddresses(text: string): string {
  return text.replace(userInfo, (_, scheme: string) => `${scheme}${secretMask}@`);
}

/** What may be shown of a value under a key: the mask, an address without its user info, or `undefined`: all of it. */
export function shownOf(key: string, value: JsonValue): string | undefined {
  const isEmpty = value === null || value === '' || typeof value === 'boolean';
  if (isSecretKey(key) && !isEmpty) return secretMask;
  if (typeof value !== 'string') return undefined;
  const shown = maskAddresses(value);
  return shown === value ? undefined : shown;
}

/** A stored config as the API shows it. */
export function maskConfig(stored: JsonValue): JsonValue {
  if (isSealed(stored)) return stored.shown;
  if (Array.isArray(stored)) return stored.map(maskConfig);
  if (!isJsonObject(stored)) return stored;
  return Object.fromEntries(Object.entries(stored).map(([key, value]) => [key, maskConfig(value)]));
}
