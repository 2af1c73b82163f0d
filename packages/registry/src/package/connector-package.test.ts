import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ConnectorManifest } from '@patchbay/manifest';
import { integrityOf, packConnector, readBundle } from './connector-package.ts';

const manifest = { slug: 'crm', version: '1.0.0' } as ConnectorManifest; // the package does not look inside

describe('a connector package', () => {
  it('gives the bundle back as it was', () => {
    const bundle = Buffer.from('export const connector = 1; // ✓'.repeat(100));
    expect(readBundle(packConnector(manifest, bundle).bytes)?.equals(bundle)).toBe(true);
    expect(readBundle(packConnector(manifest, undefined).bytes)).toBeUndefined();
  });

  it('has one integrity for one content, and another for another manifest or bundle', () => {
    const [one, same] = [packConnector(manifest, Buffer.from('a')), packConnector(manifest, Buffer.from('a'))];
    expect(one).toEqual(same);
    expect(one.integrity).toBe(integrityOf(one.bytes));
    expect(packConnector(manifest, Buffer.from('b')).integrity).not.toBe(one.integrity);
    expect(packConnector({ ...manifest, version: '1.0.1' }, Buffer.from('a')).integrity).not.toBe(one.integrity);
  });

  it('is an archive that tar can read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'patchbay-package-'));
    try {
      writeFileSync(join(folder, 'p.tar'), packConnector(manifest, Buffer.from('code')).bytes);
      execFileSync('tar', ['-xf', 'p.tar'], { cwd: folder });
      expect(readFileSync(join(folder, 'package/index.mjs'), 'utf8')).toBe('code');
      expect(JSON.parse(readFileSync(join(folder, 'package/connector.json'), 'utf8'))).toEqual(manifest);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([Buffer.alloc(512, 1), packConnector(manifest, Buffer.from('code')).bytes.subarray(0, 700)])(
    'refuses bytes that are no package',
    (bytes) => {
      expect(() => readBundle(bytes)).toThrow(expect.objectContaining({ code: 'plugin_invalid' }));
    },
  );
});
