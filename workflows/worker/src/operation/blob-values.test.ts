import { AppError } from '@patchbay/errors';
import type { BlobStore } from '@patchbay/flows';
import { describe, expect, it } from 'vitest';
import { keepOutput, resolveReferences } from './blob-values.ts';

function memoryBlobs() {
  const values = new Map<string, Parameters<BlobStore['put']>[1]>();
  const store: BlobStore = {
    put: (tenantId, value) => {
      const $ref = `${tenantId}/${String(values.size)}`;
      values.set($ref, value);
      return Promise.resolve({ $ref, sizeBytes: JSON.stringify(value).length, preview: '' });
    },
    get: (_tenantId, { $ref }) => {
      const value = values.get($ref);
      return value === undefined ? Promise.reject(new AppError('not_found')) : Promise.resolve(value);
    },
  };
  return { store, tenantId: 't' };
}

describe('large values', () => {
  it('come back whole from wherever they stand in an input', async () => {
    const blobs = memoryBlobs();
    const big = { rows: Array.from({ length: 10_000 }, (_, index) => index) };
    const kept = await keepOutput(blobs, big, false);
    expect(kept).toMatchObject({ $ref: 't/0' });
    expect(await resolveReferences(blobs, { a: [{ b: kept }], c: 1 })).toEqual({ a: [{ b: big }], c: 1 });
  });

  it('stay inline when they are small, and when formulas need them', async () => {
    const blobs = memoryBlobs();
    expect(await keepOutput(blobs, { a: 1 }, false)).toEqual({ a: 1 });
    const big = 'x'.repeat(100_000);
    expect(await keepOutput(blobs, big, true)).toBe(big);
  });

  it('are refused when formulas need more than 1 MiB', async () => {
    await expect(keepOutput(memoryBlobs(), 'x'.repeat(1_100_000), true)).rejects.toMatchObject({
      code: 'response_too_large',
    });
  });

  it('count bytes, not characters', async () => {
    expect(await keepOutput(memoryBlobs(), '\u20ac'.repeat(12_000), false)).toMatchObject({ $ref: 't/0' });
  });

  it('leave an object alone that only looks a little like a reference', async () => {
    const value = { $ref: '#/components/x' };
    expect(await resolveReferences(memoryBlobs(), value)).toEqual(value);
  });
});
