import { dirname } from 'node:path';
import { anyPlugin, anything, arrowTable, entryRules, narrowArrows, type Arrows } from './arrow-table.ts';
import { resolveRelative, type WorkspacePackage } from './repository.ts';
import type { SourceFile, SourceImport } from './source-file.ts';

/** Each check answers the violations it found, one sentence each; none is good. */
export type Check = (packages: readonly WorkspacePackage[]) => string[];

const scope = '@patchbay/';
const budgets = { source: 400, test: 600 };
/** Who reads the environment: the configuration package, and the tooling that prepares machines. */
const environmentReaders = ['packages/config/src/', 'packages/tooling/'];
/** Where SQL may stand although it is neither a repository nor a migration, and why. */
const sqlExceptions = [
  'packages/database/src/', // runs migrations and takes locks for everyone
  'packages/tooling/src/', // makes databases for tests
  'plugins/postgres/', // SQL is what this connector is about
];
const allowedTopLevel = new Set([
  ...['packages', 'plugins', 'web', 'workflows', 'test', 'docs', '.ci'],
  ...['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', 'tsconfig.base.json', 'tsconfig.json', '.nvmrc'],
  ...['eslint.config.js', 'tsconfig.lint.json', 'vitest.config.ts', '.editorconfig'],
  ...['.gitignore', '.prettierignore', '.prettierrc.json'],
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'],
  ...['.git', '.cache', '.patchbay', 'node_modules'],
]);

/** No file or folder at the root that the layout does not name. */
export function checkTopLevel(names: readonly string[]): string[] {
  return names.filter((name) => !allowedTopLevel.has(name)).map((name) => `${name} is new at the top level`);
}

/** Every dependency on a package of ours has an arrow. */
export const checkManifests: Check = (packages) =>
  packages.flatMap((owner) => {
    const { mayImport, testsMayImport } = arrowsOf(owner);
    const inTests = [...mayImport, ...testsMayImport];
    return [
      ...missingArrows(owner, [...owner.dependencies, ...owner.peerDependencies], mayImport),
      ...missingArrows(owner, owner.devDependencies, inTests),
    ].map((target) => `${owner.dir}/package.json: no arrow from ${owner.id} to ${target}`);
  });

/** Every import of a package of ours has an arrow, and only through an entry that is open to the importer. */
export const checkImports: Check = (packages) =>
  forEachImport(packages, (owner, file, { specifier, isTypeOnly }) => {
    if (!specifier.startsWith(scope)) return [];
    const { mayImport, testsMayImport } = arrowsOf(owner);
    const allowed = file.isTest ? [...mayImport, ...testsMayImport, owner.id] : mayImport;
    const target = specifier.split('/')[1] ?? '';
    const hasArrow = allowed.includes(anything) || allowed.includes(target);
    if (!hasArrow) return [`${file.path}: no arrow from ${owner.id} to ${target}`];
    const isNarrow = !file.isTest && !isTypeOnly;
    return isOpenEntry(owner, specifier, isNarrow) ? [] : [`${file.path}: ${specifier} is not open to ${owner.id}`];
  });

/**
 * Every import is declared in the importer's own `package.json`; what ships never rests on a development dependency. A
 * plugin ships as one bundle, so whatever it is built from is a development dependency.
 */
export const checkDeclared: Check = (packages) =>
  forEachImport(packages, (owner, file, { specifier }) => {
    if (specifier.startsWith('.') || specifier.startsWith('node:') || /^(virtual:|\/)/.test(specifier)) return [];
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    if (name === owner.name) return [];
    const shipped = [...owner.dependencies, ...owner.peerDependencies];
    const isShipped = !file.isTest && file.path.startsWith(`${owner.dir}/src/`) && !isPlugin(owner);
    const declared = isShipped ? shipped : [...shipped, ...owner.devDependencies, 'vitest'];
    return declared.includes(name) ? [] : [`${file.path}: ${name} is not a declared dependency`];
  });

/** Nobody reaches into another package past its entries, neither by name nor by a relative path. */
export const checkDeepImports: Check = (packages) => {
  const entries = new Set(packages.flatMap((item) => Object.keys(item.entries)));
  return forEachImport(packages, (owner, file, { specifier }) => {
    const isDeepName = specifier.startsWith(scope) && !entries.has(specifier);
    const leaves = specifier.startsWith('.') && !resolveRelative(file.path, specifier).startsWith(`${owner.dir}/`);
    return isDeepName || leaves ? [`${file.path}: ${specifier} reaches into another package`] : [];
  });
};

/** No cycle between packages, by their manifests. */
export const checkPackageCycles: Check = (packages) => {
  const known = new Set(packages.map((item) => item.name));
  const graph = new Map(
    packages.map((item) => {
      const all = [...item.dependencies, ...item.devDependencies, ...item.peerDependencies];
      return [item.name, all.filter((name) => known.has(name))];
    }),
  );
  return findCycle(graph);
};

/** No cycle between files at run time; imports of types only vanish and do not count. */
export const checkFileCycles: Check = (packages) => findCycle(runtimeGraph(packages));

/** Nothing that a workflow loads can reach zod or Node: a replay must not change with either. */
export const checkReplaySafety: Check = (packages) => {
  const graph = runtimeGraph(packages, (specifier) => /^(zod|node:.*)$/.test(specifier));
  const start = packages.find((item) => item.id === 'interpreter')?.entries['@patchbay/interpreter/workflows'];
  if (start === undefined) return ['the interpreter has no entry for workflows'];
  const bad = [...reachableFrom(graph, start)].filter(([name]) => /^(zod|node:.*)$/.test(name));
  return bad.map(([name, parent]) => `${parent} brings ${name} into workflow code`);
};

/** The entry of the connector runtime that the server uses cannot reach the plugin host, which runs code of packages. */
export const checkNoPackageCode: Check = (packages) => {
  const runtime = packages.find((item) => item.id === 'connector-runtime');
  const start = runtime?.entries['@patchbay/connector-runtime/declarative'];
  if (start === undefined) return ['the connector runtime has no entry for the server'];
  const bad = [...reachableFrom(runtimeGraph(packages), start)].filter(([name]) => name.includes('/plugin-host/'));
  return bad.map(([name, parent]) => `${parent} brings ${name} into the server`);
};

/** No `any`, except in type tests. */
export const checkAny: Check = (packages) =>
  forEachFile(packages, (file) => (file.path.endsWith('.test-d.ts') ? [] : at(file, file.anyLines, 'any')));

/** `process.env` only where configuration is read. */
export const checkEnvironment: Check = (packages) =>
  forEachFile(packages, (file) => {
    const isReader = environmentReaders.some((prefix) => file.path.startsWith(prefix));
    return isReader ? [] : at(file, file.environmentLines, 'process.env');
  });

/** SQL only in repositories and migrations; tests may look into tables. */
export const checkSql: Check = (packages) =>
  forEachFile(packages, (file) => {
    const isPlace = /-repository\.ts$/.test(file.path) || file.path.includes('/migrations/') || file.isTest;
    const isException = sqlExceptions.some((prefix) => file.path.startsWith(prefix));
    return isPlace || isException ? [] : at(file, file.sqlLines, 'SQL');
  });

/** No file over its budget of lines. */
export const checkFileSize: Check = (packages) =>
  forEachFile(packages, (file) => {
    const limit = file.isTest ? budgets.test : budgets.source;
    return file.lineCount > limit ? [`${file.path}: ${file.lineCount} lines, at most ${limit}`] : [];
  });

/** Every exported function, class and interface says what it promises. */
export const checkDocumented: Check = (packages) =>
  forEachFile(packages, (file) => {
    const isShipped = !file.isTest && file.path.includes('/src/');
    return isShipped ? file.undocumented.map((name) => `${file.path}: ${name} has no doc comment`) : [];
  });

function arrowsOf(owner: WorkspacePackage): Arrows {
  const key = isPlugin(owner) ? anyPlugin : owner.id;
  return arrowTable[key] ?? { mayImport: [], testsMayImport: [] };
}

function isPlugin(owner: WorkspacePackage): boolean {
  return dirname(owner.dir) === 'plugins';
}

function missingArrows(owner: WorkspacePackage, names: readonly string[], allowed: readonly string[]): string[] {
  if (allowed.includes(anything)) return [];
  const targets = names.filter((name) => name.startsWith(scope)).map((name) => name.slice(scope.length));
  return targets.filter((target) => !allowed.includes(target) && target !== owner.id);
}

function isOpenEntry(owner: WorkspacePackage, specifier: string, isNarrow: boolean): boolean {
  const rule = entryRules.find((item) => item.entry === specifier);
  if (rule !== undefined && !rule.only.includes(owner.id)) return false;
  const narrow = isNarrow ? narrowArrows.find((item) => item.from === owner.id) : undefined;
  return narrow === undefined || narrow.entries.includes(specifier);
}

function runtimeGraph(
  packages: readonly WorkspacePackage[],
  isKept: (specifier: string) => boolean = () => false,
): Map<string, string[]> {
  const entries = Object.assign({}, ...packages.map((item) => item.entries)) as Record<string, string>;
  const targetOf = (file: SourceFile, specifier: string): string[] => {
    if (specifier.startsWith('.')) return [resolveRelative(file.path, specifier)];
    if (isKept(specifier)) return [specifier];
    const entry = entries[specifier];
    return entry === undefined ? [] : [entry];
  };
  const files = packages.flatMap((item) => item.files);
  return new Map(
    files.map((file) => {
      const imports = file.imports.filter((item) => !item.isTypeOnly);
      return [file.path, imports.flatMap((item) => targetOf(file, item.specifier))];
    }),
  );
}

/** Every node that can be reached, with the one it was reached from first. */
function reachableFrom(graph: ReadonlyMap<string, readonly string[]>, start: string): Map<string, string> {
  const parents = new Map<string, string>([[start, '']]);
  for (const file of parents.keys()) {
    for (const next of graph.get(file) ?? []) if (!parents.has(next)) parents.set(next, file);
  }
  return parents;
}

/** The first cycle of a directed graph as one sentence, by depth-first search. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (name: string): string[] => {
    if (path.includes(name)) return [`cycle: ${[...path.slice(path.indexOf(name)), name].join(' -> ')}`];
    if (done.has(name)) return [];
    path.push(name);
    const found = (graph.get(name) ?? []).map(walk).find((cycle) => cycle.length > 0);
    path.pop();
    done.add(name);
    return found ?? [];
  };
  return [...graph.keys()].map(walk).find((cycle) => cycle.length > 0) ?? [];
}

function forEachFile(packages: readonly WorkspacePackage[], check: (file: SourceFile) => string[]): string[] {
  return packages.flatMap((owner) => owner.files.flatMap(check));
}

function forEachImport(
  packages: readonly WorkspacePackage[],
  check: (owner: WorkspacePackage, file: SourceFile, item: SourceImport) => string[],
): string[] {
  return packages.flatMap((owner) =>
    owner.files.flatMap((file) => file.imports.flatMap((item) => check(owner, file, item))),
  );
}

function at(file: SourceFile, lines: readonly number[], what: string): string[] {
  return lines.map((line) => `${file.path}:${line}: ${what}`);
}
