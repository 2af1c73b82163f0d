import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrowTable, type Arrows } from './arrow-table.ts';
import {
  checkAny,
  checkDeclared,
  checkDeepImports,
  checkDocumented,
  checkEnvironment,
  checkFileCycles,
  checkFileSize,
  checkImports,
  checkManifests,
  checkNoPackageCode,
  checkPackageCycles,
  checkReplaySafety,
  checkSql,
  checkTopLevel,
  type Check,
} from './checks.ts';
import { readManifest, readRepository, root, type WorkspacePackage } from './repository.ts';
import { parseSource } from './source-file.ts';

const repository = readRepository();
/** A check once, though several samples show what it reports. */
const unique = (all: typeof rules): typeof rules =>
  all.filter((rule, index) => all.findIndex((other) => other.check === rule.check) === index);

interface Sample {
  readonly dir: string;
  readonly manifest?: Record<string, unknown>;
  readonly files?: Readonly<Record<string, string>>;
}

/** A package as the checks see it, from a few lines. */
function aPackage({ dir, manifest = {}, files = {} }: Sample): WorkspacePackage {
  const id = dir.split('/').at(-1) ?? '';
  const name = dir.startsWith('plugins/') ? `@patchbay/connector-${id}` : `@patchbay/${id}`;
  const read = readManifest(JSON.stringify({ name, exports: { '.': './src/index.ts' }, ...manifest }), dir);
  const parsed = Object.entries(files).map(([path, text]) => parseSource(`${dir}/${path}`, text));
  return { ...read, id: read.name.split('/').at(-1) ?? '', dir, files: parsed };
}

/** Each rule with a sample that breaks it, and a piece of what it must say then. */
const rules: readonly { title: string; check: Check; sample: readonly Sample[]; says: string }[] = [
  {
    title: 'every dependency has an arrow',
    check: checkManifests,
    sample: [{ dir: 'packages/manifest', manifest: { dependencies: { '@patchbay/flows': 'workspace:*' } } }],
    says: 'no arrow from manifest to flows',
  },
  {
    title: 'every import has an arrow',
    check: checkImports,
    sample: [{ dir: 'web/app', files: { 'src/a.ts': `import { run } from '@patchbay/connector-http';` } }],
    says: 'no arrow from app to connector-http',
  },
  {
    title: 'plugins import the SDK only',
    check: checkImports,
    sample: [{ dir: 'plugins/slack', files: { 'src/a.ts': `import { AppError } from '@patchbay/errors';` } }],
    says: 'no arrow from connector-slack to errors',
  },
  {
    title: 'an import by import() or of a type is an arrow too',
    check: checkImports,
    sample: [{ dir: 'packages/server', files: { 'src/a.ts': `type X = import('@patchbay/connector-testkit').X;` } }],
    says: 'no arrow from server to connector-testkit',
  },
  {
    title: 'the server uses only the entry of the connector runtime that runs no package code',
    check: checkImports,
    sample: [{ dir: 'packages/server', files: { 'src/a.ts': `import { x } from '@patchbay/connector-runtime';` } }],
    says: '@patchbay/connector-runtime is not open to server',
  },
  {
    title: 'no plugin host can be reached from that entry',
    check: checkNoPackageCode,
    sample: [
      {
        dir: 'packages/connector-runtime',
        manifest: { exports: { './declarative': './src/declarative/index.ts' } },
        files: {
          'src/declarative/index.ts': `import '../plugin-host/plugin-pool.ts';`,
          'src/plugin-host/plugin-pool.ts': '',
        },
      },
    ],
    says: 'plugin-pool.ts into the server',
  },
  {
    title: 'the interpreter uses only the entries of the flow model without zod',
    check: checkImports,
    sample: [{ dir: 'workflows/interpreter', files: { 'src/a.ts': `import { x } from '@patchbay/flow-model';` } }],
    says: '@patchbay/flow-model is not open to interpreter',
  },
  {
    title: 'only the worker loads the Temporal adapter',
    check: checkImports,
    sample: [{ dir: 'web/app', files: { 'src/a.ts': `import { x } from '@patchbay/interpreter/workflows';` } }],
    says: '@patchbay/interpreter/workflows is not open to app',
  },
  {
    title: 'every import is declared, and what ships rests on no development dependency',
    check: checkDeclared,
    sample: [
      {
        dir: 'packages/flows',
        manifest: { devDependencies: { 'fast-check': '1' } },
        files: { 'src/a.ts': `import fc from 'fast-check';\nimport { v4 } from '@x/uuid/v4';` },
      },
    ],
    says: '@x/uuid is not a declared dependency',
  },
  {
    title: 'no import reaches into another package by name',
    check: checkDeepImports,
    sample: [{ dir: 'packages/flows', files: { 'src/a.ts': `import { x } from '@patchbay/errors/src/codes.ts';` } }],
    says: 'reaches into another package',
  },
  {
    title: 'no import reaches into another package by path',
    check: checkDeepImports,
    sample: [{ dir: 'packages/flows', files: { 'src/a.ts': `export { x } from '../../errors/src/codes.ts';` } }],
    says: 'reaches into another package',
  },
  {
    title: 'packages have no cycle',
    check: checkPackageCycles,
    sample: [
      { dir: 'packages/a', manifest: { dependencies: { '@patchbay/b': '*' } } },
      { dir: 'packages/b', manifest: { devDependencies: { '@patchbay/a': '*' } } },
    ],
    says: 'cycle: @patchbay/a -> @patchbay/b -> @patchbay/a',
  },
  {
    title: 'files have no cycle at run time',
    check: checkFileCycles,
    sample: [
      {
        dir: 'packages/a',
        files: { 'src/a.ts': `import { b } from './b.ts';`, 'src/b.ts': `export { a } from './a.ts';` },
      },
    ],
    says: 'cycle: packages/a/src/a.ts -> packages/a/src/b.ts -> packages/a/src/a.ts',
  },
  {
    title: 'workflow code reaches neither zod nor Node',
    check: checkReplaySafety,
    sample: [
      {
        dir: 'workflows/interpreter',
        manifest: { exports: { './workflows': './src/adapter/index.ts' } },
        files: { 'src/adapter/index.ts': `import { p } from '@patchbay/plan';` },
      },
      { dir: 'packages/plan', files: { 'src/index.ts': `import { z } from 'zod';` } },
    ],
    says: 'packages/plan/src/index.ts brings zod into workflow code',
  },
  {
    title: 'there is no any',
    check: checkAny,
    sample: [{ dir: 'packages/a', files: { 'src/a.ts': `\nconst a = 1 as any;` } }],
    says: 'packages/a/src/a.ts:2: any',
  },
  {
    title: 'only packages/config reads process.env',
    check: checkEnvironment,
    sample: [{ dir: 'packages/a', files: { 'src/a.ts': `const { env } = process;` } }],
    says: 'packages/a/src/a.ts:1: process.env',
  },
  {
    title: 'SQL stands in repositories and migrations only',
    check: checkSql,
    sample: [
      { dir: 'packages/a', files: { 'src/service.ts': 'run(`select id\n from users where x`);\ndb("users");' } },
    ],
    says: 'packages/a/src/service.ts:1: SQL',
  },
  {
    title: 'what is exported is documented',
    check: checkDocumented,
    sample: [{ dir: 'packages/a', files: { 'src/a.ts': '/** Yes. */\nexport const a = 1;\nexport function b() {}' } }],
    says: 'packages/a/src/a.ts: b has no doc comment',
  },
  {
    title: 'no file is over its budget of lines',
    check: checkFileSize,
    sample: [{ dir: 'packages/a', files: { 'src/a.ts': 'x;\n'.repeat(401), 'src/a.test.ts': 'x;\n'.repeat(600) } }],
    says: 'packages/a/src/a.ts: 401 lines, at most 400',
  },
];

describe('architecture', () => {
  it.each(unique(rules))('$title', ({ check }) => {
    expect(check(repository)).toEqual([]);
  });

  it('nothing new stands at the top level', () => {
    expect(checkTopLevel(readdirSync(root))).toEqual([]);
  });

  it('every package has a row in the arrow table, and every row a package', () => {
    const ids = repository.map((item) => (item.dir.startsWith('plugins/') ? 'plugins/*' : item.id));
    expect([...new Set(ids)].sort()).toEqual(Object.keys(arrowTable).sort());
  });
});

describe('docs/architecture.md', () => {
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');

  it('shows exactly the arrows of the table', () => {
    expect(readArrows(page)).toEqual(arrowTable);
  });

  it('names every package', () => {
    const folders = repository.map((item) => (item.dir.startsWith('plugins/') ? 'plugins/<id>' : item.dir));
    for (const folder of new Set(folders)) expect(page).toContain(`| \`${folder}\` `);
  });
});

describe('architecture checks report what they are for', () => {
  it.each(rules)('$title', ({ check, sample, says }) => {
    const reported = check(sample.map(aPackage));
    expect(reported.join('\n')).toContain(says);
  });

  it('a new folder at the top level', () => {
    expect(checkTopLevel(['packages', 'utils'])).toEqual(['utils is new at the top level']);
  });

  it.each([
    `process.env.X`,
    `process['env']`,
    `globalThis.process.env`,
    `import { env } from 'node:process'`,
    `const { env: e } = process`,
  ])('the environment in %j', (text) => {
    expect(parseSource('packages/a/src/a.ts', text).environmentLines).toEqual([1]);
  });

  it.each(["trx('runs')", "db.raw('x')", '`insert into runs ${x}`', '"update runs set a = 1"', "'DELETE FROM x'"])(
    'SQL in %s',
    (text) => {
      expect(parseSource('packages/a/src/a.ts', text).sqlLines).toEqual([1]);
    },
  );

  it.each(['Select a row from the list', 'update the flow', 'drop it here'])('but not words: %s', (text) => {
    expect(parseSource('packages/a/src/a.ts', `say('${text}')`).sqlLines).toEqual([]);
  });
});

/** The rows below `## Arrows`; a dash stands for none. */
function readArrows(page: string): Record<string, Arrows> {
  const section = page.split('\n## Arrows\n')[1] ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  const list = (cell = ''): string[] => (cell.trim() === '-' ? [] : cell.split(',').map((name) => name.trim()));
  const cells = rows.slice(2).map((row) => row.split('|').slice(1, 4));
  return Object.fromEntries(
    cells.map(([name = '', mayImport, testsMayImport]) => [
      name.trim(),
      { mayImport: list(mayImport), testsMayImport: list(testsMayImport) },
    ]),
  );
}
