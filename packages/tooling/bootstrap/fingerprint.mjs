import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './places.mjs';

const ignored = new Set(['node_modules', 'dist', '.cache', 'test']);

/** A hash of the contents and names of files; a folder counts with all its files but tests. Paths are relative to the clone. */
export function fingerprint(paths, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const file of paths.flatMap((path) => filesIn(join(root, path)))) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** The `package.json` of every workspace folder, and of the root. */
export function packageFiles() {
  const groups = ['packages', 'plugins', 'web', 'workflows'];
  const folders = groups.flatMap((group) => childrenOf(join(root, group)).map((name) => join(group, name)));
  return ['', 'test', ...folders]
    .map((folder) => join(folder, 'package.json'))
    .filter((file) => existsSync(join(root, file)));
}

/** The names in a folder in a fixed order; none if it does not exist. */
export function childrenOf(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return /\.test\.ts$/.test(path) ? [] : [path];
  return childrenOf(path)
    .filter((name) => !ignored.has(name))
    .flatMap((name) => filesIn(join(path, name)));
}
