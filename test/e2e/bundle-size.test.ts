import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { readEnvironment } from '@patchbay/config';
import { expect, it } from 'vitest';

/** One entry of the manifest that Vite writes beside the build. */
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
  readonly isEntry?: boolean;
}

const dist = readEnvironment()['PATCHBAY_WEB_DIR'] ?? fileURLToPath(new URL('../../web/app/dist/', import.meta.url));
const kib = 1_024;

async function readManifest(): Promise<Record<string, Chunk>> {
  return JSON.parse(await readFile(join(dist, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;
}

/** Everything that loads with these modules, gzipped, without what is loaded later. */
async function gzipBytes(manifest: Record<string, Chunk>, names: readonly string[]): Promise<number> {
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined || seen.has(name)) return;
    seen.add(name);
    chunk.imports?.forEach(visit);
  };
  names.forEach(visit);
  const sizes = await Promise.all(
    [...seen].map(async (name) => gzipSync(await readFile(join(dist, manifest[name]?.file ?? ''))).byteLength),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

it('the first screen loads at most 110 KB of JavaScript, every other one at most 200 KB', async () => {
  const manifest = await readManifest();
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? '';
  const screens = manifest[entry]?.dynamicImports ?? [];
  const sizes = await Promise.all(
    screens.map(async (screen) => [screen, await gzipBytes(manifest, [entry, screen])] as const),
  );
  const home = sizes.find(([screen]) => screen.includes('home-screen'))?.[1] ?? Infinity;
  expect(home / kib).toBeLessThanOrEqual(110);
  for (const [screen, size] of sizes) expect(size / kib, screen).toBeLessThanOrEqual(200);
});

it('calls nobody: no address of another host is loaded by the page', async () => {
  const page = await readFile(join(dist, 'index.html'), 'utf8');
  expect(page).not.toMatch(/(src|href)="https?:/);
});
