import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { LruCache } from '../lru-cache.ts';
import { integrityOf, readBundle } from './connector-package.ts';
import { createPackageRepository, type PackageRepository } from './package-repository.ts';

const archiveName = 'package.tar';
const entryName = 'index.mjs';
const readyName = '.ok';
const integrityFormat = /^sha512-([A-Za-z0-9+/]{86}==)$/;

/** Puts the code of connector versions where a plugin host may import it. */
export interface PackageStore {
  /**
   * The file of the bundle with this integrity: checked against its sha512, and at a path that holds the digest, so that versions
   * never mix. Throws `plugin_invalid` (no such package, or it has no code), `package_integrity_mismatch`.
   */
  load(integrity: string): Promise<{ readonly entryUrl: string }>;
}

/** A store that keeps packages under `<cacheDir>/sha512/<aa>/<rest>/`; the cache may be deleted at any time. */
export function createPackageStore(db: DatabaseConnection, cacheDir: string): PackageStore {
  const packages = createPackageRepository(db);
  const loaded = new LruCache<Promise<{ entryUrl: string }>>(500);
  return {
    load(integrity) {
      const known = loaded.get(integrity);
      if (known !== undefined) return known;
      const loading = loadPackage(packages, cacheDir, integrity);
      loaded.set(integrity, loading);
      loading.catch(() => {
        loaded.delete(integrity);
      });
      return loading;
    },
  };
}

async function loadPackage(
  packages: PackageRepository,
  cacheDir: string,
  integrity: string,
): Promise<{ entryUrl: string }> {
  const folder = folderOf(cacheDir, integrity);
  if (!(await isIntact(folder, integrity))) await install(packages, { cacheDir, folder, integrity });
  return { entryUrl: pathToFileURL(join(folder, entryName)).href };
}

function folderOf(cacheDir: string, integrity: string): string {
  const digest = integrityFormat.exec(integrity)?.[1];
  if (digest === undefined) throw new AppError('plugin_invalid', { message: 'This is no integrity of a package.' });
  const hex = Buffer.from(digest, 'base64').toString('hex');
  return join(cacheDir, 'sha512', hex.slice(0, 2), hex.slice(2));
}

/** True if the folder holds exactly what the integrity says: also after a crash, a full disk, or somebody's hand. */
async function isIntact(folder: string, integrity: string): Promise<boolean> {
  const [ready, archive, entry] = await Promise.all(
    [readyName, archiveName, entryName].map((name) => readFile(join(folder, name)).catch(() => undefined)),
  );
  if (ready === undefined || archive === undefined || entry === undefined) return false;
  return integrityOf(archive) === integrity && readBundle(archive)?.equals(entry) === true;
}

interface Installation {
  readonly cacheDir: string;
  readonly folder: string;
  readonly integrity: string;
}

/** Writes beside the place and renames, so that another process sees all of it or nothing. */
async function install(packages: PackageRepository, { cacheDir, folder, integrity }: Installation): Promise<void> {
  const archive = await packages.find(integrity);
  if (archive === undefined) {
    throw new AppError('plugin_invalid', {
      message: 'The connector package is not stored here.',
      details: { integrity },
    });
  }
  if (integrityOf(archive) !== integrity) throw new AppError('package_integrity_mismatch', { details: { integrity } });
  const bundle = readBundle(archive);
  if (bundle === undefined) throw new AppError('plugin_invalid', { message: 'The connector has no code to load.' });
  const draft = join(cacheDir, 'incoming', randomUUID());
  await mkdir(draft, { recursive: true, mode: 0o755 });
  try {
    await writeDurably(join(draft, archiveName), archive);
    await writeDurably(join(draft, entryName), bundle);
    await writeDurably(join(draft, readyName), Buffer.from(`${integrity}\n`));
    await moveInto(draft, { cacheDir, folder, integrity });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o444);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function moveInto(draft: string, { cacheDir, folder, integrity }: Installation): Promise<void> {
  await mkdir(join(folder, '..'), { recursive: true });
  try {
    await rename(draft, folder);
  } catch (cause) {
    if (await isIntact(folder, integrity)) return; // another process was faster
    const damaged = join(cacheDir, 'incoming', randomUUID());
    await rename(folder, damaged).catch(() => undefined);
    await rm(damaged, { recursive: true, force: true });
    await rename(draft, folder).catch(async () => {
      if (!(await isIntact(folder, integrity))) throw new AppError('package_integrity_mismatch', { cause });
    });
  }
}
