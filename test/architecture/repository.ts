import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSource, type SourceFile } from './source-file.ts';

/** The root of the clone. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** What `package.json` says that matters here. */
export interface PackageManifest {
  readonly name: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  readonly peerDependencies: readonly string[];
  /** Importable specifiers, `@patchbay/x` and `@patchbay/x/y`, with the file behind each. */
  readonly entries: Readonly<Record<string, string>>;
}

/** A package of this repository. */
export interface WorkspacePackage extends PackageManifest {
  /** The last part of its name, as the arrow table writes it. */
  readonly id: string;
  /** Its folder, relative to the root, with forward slashes. */
  readonly dir: string;
  readonly files: readonly SourceFile[];
}

const groups = ['packages', 'plugins', 'web', 'workflows'];
const skipped = new Set(['node_modules', 'dist', '.cache', 'public', 'fixtures', 'histories', 'temporal']);

/** Reads every package with all its TypeScript files. */
export function readRepository(): WorkspacePackage[] {
  const dirs = groups.flatMap((group) => namesIn(join(root, group)).map((name) => `${group}/${name}`));
  return [...dirs, 'test'].filter((dir) => existsSync(join(root, dir, 'package.json'))).map(readPackage);
}

function readPackage(dir: string): WorkspacePackage {
  const manifest = readManifest(readFileSync(join(root, dir, 'package.json'), 'utf8'), dir);
  const files = typescriptFiles(join(root, dir)).map((path) => {
    return parseSource(relative(root, path), readFileSync(path, 'utf8'));
  });
  return { ...manifest, id: manifest.name.split('/').at(-1) ?? '', dir, files };
}

/** Reads a `package.json` found in the folder `dir`. */
export function readManifest(text: string, dir: string): PackageManifest {
  const json = JSON.parse(text) as Record<string, unknown>;
  const names = (key: string): string[] => Object.keys(json[key] ?? {});
  const name = String(json['name']);
  const exported = Object.entries((json['exports'] ?? {}) as Record<string, string>);
  const entries = exported.map(([key, file]) => [key.replace('.', name), join(dir, file)] as const);
  return {
    name,
    dependencies: names('dependencies'),
    devDependencies: names('devDependencies'),
    peerDependencies: names('peerDependencies'),
    entries: Object.fromEntries(entries),
  };
}

/** The file that a relative import means, relative to the root. */
export function resolveRelative(from: string, specifier: string): string {
  return join(dirname(from), specifier);
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function typescriptFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : typescriptFiles(path);
    return /\.ts$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}
