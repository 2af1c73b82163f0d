import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltinPackage } from '@patchbay/registry';
import type { Logger } from 'pino';

/** Reads the built-in connectors: each folder with a `connector.json`, and its bundle if it has code. */
export async function readBuiltins(folder: string, log: Logger): Promise<BuiltinPackage[]> {
  const names = await readdir(folder).catch(() => []);
  const packages = await Promise.all(names.sort().map((name) => readBuiltin(join(folder, name), log)));
  return packages.filter((found) => found !== undefined);
}

async function readBuiltin(folder: string, log: Logger): Promise<BuiltinPackage | undefined> {
  const text = await readFile(join(folder, 'connector.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const manifest = JSON.parse(text) as { runtime?: unknown };
  if (manifest.runtime === 'declarative') return { manifest };
  const bundle = await readFile(join(folder, 'dist', 'index.mjs')).catch(() => undefined);
  if (bundle) return { manifest, bundle };
  log.warn({ folder }, 'a built-in connector is not built and was left out');
  return undefined;
}
