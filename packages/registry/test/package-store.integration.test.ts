import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createPackageStore, seedBuiltins } from '../src/index.ts';
import { aManifest, createRegistryFixture, type RegistryFixture } from './registry-fixture.ts';

let fixture: RegistryFixture;
let cacheDir: string;

beforeAll(async () => {
  fixture = await createRegistryFixture(inject('databaseUrl'));
  cacheDir = await mkdtemp(join(tmpdir(), 'patchbay-store-'));
});

afterAll(async () => {
  await rm(cacheDir, { recursive: true, force: true });
  await fixture.close();
});

const seed = async (slug: string, code: string | undefined): Promise<string> => {
  const bundle = code === undefined ? undefined : Buffer.from(code);
  const [seeded] = await seedBuiltins(fixture.database, [{ manifest: aManifest(slug), bundle }]);
  return seeded?.integrity ?? '';
};
const store = () => createPackageStore(fixture.database.connection, cacheDir);
const answerOf = async (entryUrl: string): Promise<unknown> => ((await import(entryUrl)) as { answer: unknown }).answer;

describe('the package store', () => {
  it('puts a bundle where it can be imported, at a path that holds the digest', async () => {
    const integrity = await seed('loads', 'export const answer = 42;');
    const { entryUrl } = await store().load(integrity);
    expect(await answerOf(entryUrl)).toBe(42);
    const hex = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex');
    expect(fileURLToPath(entryUrl)).toBe(join(cacheDir, 'sha512', hex.slice(0, 2), hex.slice(2), 'index.mjs'));
  });

  it('holds two contents of one version side by side', async () => {
    const urls = [];
    for (const answer of ['1', '2']) {
      urls.push((await store().load(await seed('twice', `export const answer = ${answer};`))).entryUrl);
    }
    expect(await Promise.all(urls.map(answerOf))).toEqual([1, 2]);
  });

  it('is safe when ten load the same package at once, and leaves nothing half done', async () => {
    const integrity = await seed('crowd', 'export const answer = 10;');
    const urls = await Promise.all(Array.from({ length: 10 }, () => store().load(integrity)));
    expect(new Set(urls.map((each) => each.entryUrl)).size).toBe(1);
    expect(await readdir(join(cacheDir, 'incoming'))).toEqual([]);
  });

  it('heals a file that someone changed in the cache', async () => {
    const integrity = await seed('healed', 'export const answer = "mine";');
    const path = fileURLToPath((await store().load(integrity)).entryUrl);
    await chmod(path, 0o644);
    await writeFile(path, 'export const answer = "theirs";');
    const { entryUrl } = await store().load(integrity);
    expect(await answerOf(entryUrl)).toBe('mine');
  });

  it('refuses bytes that do not match their digest', async () => {
    const integrity = await seed('changed', 'export const answer = "good";');
    const other = await seed('other', 'export const answer = "evil";');
    await fixture.database.connection.raw(
      'update connector_packages set bytes = (select bytes from connector_packages where integrity = ?) where integrity = ?',
      [other, integrity],
    );
    await expect(store().load(integrity)).rejects.toMatchObject({ code: 'package_integrity_mismatch' });
  });

  it.each(['sha512-../../../etc/passwd', 'sha512-AAAA', '', `sha512-${'A'.repeat(86)}==`])(
    'refuses %s',
    async (integrity) => {
      await expect(store().load(integrity)).rejects.toMatchObject({ code: 'plugin_invalid' });
    },
  );

  it('has nothing to load for a connector without code', async () => {
    const integrity = await seed('no-code', undefined);
    await expect(store().load(integrity)).rejects.toMatchObject({ code: 'plugin_invalid' });
  });
});
