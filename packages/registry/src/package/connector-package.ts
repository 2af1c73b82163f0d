import { createHash } from 'node:crypto';
import type { ConnectorManifest } from '@patchbay/manifest';
import { readTar, writeTar } from './tar.ts';

const manifestName = 'package/connector.json';
const bundleName = 'package/index.mjs';

/** The whole closure of a connector version: its manifest and, unless it is declarative, one bundle without imports. */
export interface ConnectorPackage {
  /** sha512 of `bytes` in the form of subresource integrity: locks manifest and code together. */
  readonly integrity: string;
  readonly bytes: Buffer;
}

/** Packs a version. The same content gives the same bytes on every machine. */
export function packConnector(manifest: ConnectorManifest, bundle: Uint8Array | undefined): ConnectorPackage {
  const files = [{ name: manifestName, bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) }];
  if (bundle !== undefined) files.push({ name: bundleName, bytes: Buffer.from(bundle) });
  const bytes = writeTar(files);
  return { integrity: integrityOf(bytes), bytes };
}

/** The bundle in a package; undefined for a declarative connector. Throws `plugin_invalid`. */
export function readBundle(bytes: Buffer): Buffer | undefined {
  return readTar(bytes).find((file) => file.name === bundleName)?.bytes;
}

/** `sha512-` and the base64 digest. */
export function integrityOf(bytes: Uint8Array): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}
