import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { createTenantScope, type DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';
import type { BlobReference } from '@patchbay/flow-model/plan';

/** Values above this many bytes of JSON text stand as a reference. */
export const inlineLimitBytes = 32 * 1024;

/** Values above this many bytes are not sent to a person who looks at a run. */
export const displayLimitBytes = 1024 * 1024;

const previewLength = 200;
const compress = promisify(gzip);
const decompress = promisify(gunzip);

interface BlobRow {
  id: string;
  bytes: Buffer;
  size_bytes: number;
  encoding: string;
}

/** Where large values live. */
export interface BlobStore {
  /** Stores a value; the same value of a tenant is stored once. */
  put(tenantId: string, value: JsonValue): Promise<BlobReference>;
  /**
   * Reads a value back.
   *
   * @throws AppError `not_found` if the tenant has no such value.
   */
  get(tenantId: string, reference: BlobReference): Promise<JsonValue>;
}

/** Keeps large values in PostgreSQL, compressed. */
export function createBlobStore(db: DatabaseConnection): BlobStore {
  return {
    async put(tenantId, value) {
      const text = JSON.stringify(value);
      const sizeBytes = Buffer.byteLength(text);
      const id = `${tenantId}/${createHash('sha256').update(text).digest('hex')}`;
      const bytes = await compress(text);
      await createTenantScope(db, tenantId)
        .insert('payload_blobs', { id, bytes, size_bytes: sizeBytes, encoding: 'json/gzip' })
        .onConflict('id')
        .ignore();
      return { $ref: id, sizeBytes, preview: text.slice(0, previewLength) };
    },
    async get(tenantId, reference) {
      const row = await createTenantScope(db, tenantId)
        .rows<BlobRow>('payload_blobs')
        .where({ id: reference.$ref })
        .first<BlobRow | undefined>('bytes');
      if (!row) throw new AppError('not_found', { message: 'The stored value is gone.' });
      return JSON.parse((await decompress(row.bytes)).toString('utf8')) as JsonValue;
    },
  };
}

/** True for a reference that stands in the place of a large value. */
export function isBlobReference(value: unknown): value is BlobReference {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as Partial<BlobReference>).$ref === 'string' &&
    typeof (value as Partial<BlobReference>).sizeBytes === 'number'
  );
}

/** The value itself when it is small, else a reference to where it was stored. */
export async function storeIfLarge(store: BlobStore, tenantId: string, value: JsonValue): Promise<JsonValue> {
  const text = JSON.stringify(value);
  if (text.length <= inlineLimitBytes && Buffer.byteLength(text) <= inlineLimitBytes) return value;
  return { ...(await store.put(tenantId, value)) };
}

/** The value behind a reference if a person may see it at once (1 MiB); anything else comes back as it is. */
export async function resolveForDisplay(store: BlobStore, tenantId: string, value: JsonValue): Promise<JsonValue> {
  if (!isBlobReference(value) || value.sizeBytes > displayLimitBytes) return value;
  return store.get(tenantId, value);
}
