import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { FileAccess } from '@patchbay/connector-sdk';
import type { Dirent } from 'node:fs';

/** Which files are looked for. */
export interface FileSearch {
  readonly files: FileAccess;
  readonly signal: AbortSignal;
  readonly isRecursive: boolean;
  /** Lower case, without the dot; empty: all. */
  readonly extensions: readonly string[];
  /** Path of the last file that is known already. */
  readonly after?: string | undefined;
}

/**
 * Files in and under a folder, by path relative to the root, in the order of their paths. With `after` folders that lie wholly before it
 * are not even opened. Links to files inside of the root are followed, links to folders are not.
 */
export async function* walkFolder(search: FileSearch, folder: string): AsyncGenerator<string> {
  search.signal.throwIfAborted();
  const entries = await readdir(join(search.files.root, folder), { withFileTypes: true });
  // With the slash at the end a folder stands where its files stand in the order of all paths.
  const keyed = entries.map((entry) => ({ entry, key: entry.isDirectory() ? `${entry.name}/` : entry.name }));
  keyed.sort((left, right) => (left.key < right.key ? -1 : 1));
  for (const { entry } of keyed) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (search.isRecursive && !liesBefore(path, search.after)) yield* walkFolder(search, path);
    } else if (isWanted(search, path) && (await isOwnFile(search.files, path, entry))) {
      yield path;
    }
  }
}

/** True for a file or a link to one that does not lead out of the root. */
export async function isOwnFile(
  files: FileAccess,
  path: string,
  entry: Pick<Dirent, 'isFile' | 'isSymbolicLink'>,
): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  try {
    return (await stat(await files.resolve(path, '/paths'))).isFile();
  } catch {
    return false;
  }
}

/** A real path inside of the root as the paths of records are written. */
export function toRelative({ root }: FileAccess, real: string): string {
  return relative(root, real).split(sep).join('/');
}

function isWanted({ after, extensions }: FileSearch, path: string): boolean {
  if (after !== undefined && path <= after) return false;
  return extensions.length === 0 || extensions.includes(extensionOf(path));
}

/** True if no file of the folder can come after the path. */
function liesBefore(folder: string, after: string | undefined): boolean {
  return after !== undefined && `${folder}/` < after && !after.startsWith(`${folder}/`);
}

/** What stands after the last dot of the name, in lower case; empty without one. */
export function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}
