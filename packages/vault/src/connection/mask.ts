import { secretMask } from '@patchbay/api-contract';
import { isSensitiveField, type ConnectorManifest } from '@patchbay/manifest';

/** Names that hold a secret whatever the manifest says (requirements.md 5.16). `token_url` is none. */
const secretName = /(password|passwd|token|secret|api_?key|access_?key|private_?key)$/i;

/** User and password inside an address: `scheme://user:password@host`. */
const userInfo = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#@\s]*(?:@[^/?#@\s]*)*@/i;

/** True if the value of a field is never shown. A connector that is gone says nothing any more: then all are. */
export function isSecretField(manifest: ConnectorManifest | undefined, field: string): boolean {
  return manifest === undefined || secretName.test(field) || isSensitiveField(manifest, field);
}

/** What the API shows for a value that is no secret: user info in an address is masked, the rest stays. */
export function maskAddress(value: string): string {
  return value.replace(userInfo, (_, scheme: string) => `${scheme}${secretMask}@`);
}

/** True if a value from a form holds the mask instead of a secret. */
export function holdsMask(value: string): boolean {
  return value === secretMask || value.includes(`${secretMask}@`);
}

/** Takes the given secrets out of a text for people. Values shorter than 4 characters are not searched: they match anything. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= 4)
    .toSorted((left, right) => right.length - left.length)
    .reduce((hidden, secret) => hidden.replaceAll(secret, secretMask), text);
}
