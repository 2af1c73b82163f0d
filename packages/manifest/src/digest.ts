import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ConnectorManifest } from './connector-manifest.ts';

/**
 * Content digest of a manifest: `sha256-` and the hex SHA-256 of its canonical JSON (RFC 8785). The order of keys and
 * white space do not matter. A subpath of its own because the browser has no `node:crypto`.
 */
export function digestManifest(manifest: ConnectorManifest): string {
  return digestJson(manifest);
}

/** The same for any value that JSON can hold. */
export function digestJson(value: unknown): string {
  return `sha256-${createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex')}`;
}
