import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages the plugin host itself imports. */
const hostPackages = ['@patchbay/errors', '@patchbay/manifest', 'undici', 'ipaddr.js'] as const;

/** The program a plugin host runs. */
export const hostMainPath = fileURLToPath(new URL('./main.ts', import.meta.url));

/**
 * Folders a plugin host must read to run at all: this package (its workspace links included) and the packages it imports,
 * at their real places. Nothing else of the repository or the machine is readable.
 */
export function hostReadablePaths(): string[] {
  const require = createRequire(import.meta.url);
  const own = dirname(dirname(dirname(realpathSync(hostMainPath))));
  return [own, ...hostPackages.map((name) => packageFolder(realpathSync(require.resolve(name)), name))];
}

/** The folder of a package from one of its files: everything up to and including its name, or its `src` folder's parent. */
function packageFolder(file: string, name: string): string {
  const marker = join('node_modules', name);
  const position = file.lastIndexOf(marker);
  return position === -1 ? dirname(dirname(file)) : file.slice(0, position + marker.length);
}
