import { describe, expect, it } from 'vitest';
import { errorCodes, errorKinds } from '@patchbay/errors';
import { functionTable, type FunctionRow } from '@patchbay/flow-model/expression';

/** Pages made from code. `npx vitest run test/architecture/generated-docs.test.ts -u` writes them anew. */
describe('generated pages', () => {
  it('docs/errors.md lists exactly the codes of the table', async () => {
    await expect(renderErrors()).toMatchFileSnapshot('../../docs/errors.md');
  });

  it('docs/functions.md lists exactly the functions of formulas', async () => {
    await expect(renderFunctions()).toMatchFileSnapshot('../../docs/functions.md');
  });
});

function renderErrors(): string {
  const rows = Object.entries(errorCodes).map(
    ([code, row]) => `| \`${code}\` | ${row.kind} | ${errorKinds[row.kind].status} | ${row.message} | ${row.hint} |`,
  );
  return [
    '# Error codes',
    '',
    'Generated from `packages/errors/src/codes.ts`. The kind says who must act; HTTP answers carry the status, and a failed',
    'operation is tried again if its kind is `rate-limited`, `unavailable` or `timeout`.',
    '',
    '| code | kind | HTTP | what happened | what to do |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function renderFunctions(): string {
  const groups = Map.groupBy(functionTable, ({ group }) => group);
  return [
    '# Functions of formulas',
    '',
    'Generated from `packages/flow-model/src/expression/functions/`. Each can also be written after its first argument:',
    '`trim(name)` is `name.trim()`. Besides them there are the loops of CEL over lists: `map`, `filter`, `all`, `exists`, `exists_one`,',
    '`has(a.b)`, and `a.?b.orValue("-")` for data that may be missing.',
    ...[...groups].flatMap(([group, rows]) => [
      '',
      `## ${group.charAt(0).toUpperCase()}${group.slice(1)}`,
      '',
      ...functionRows(rows),
    ]),
    '',
  ].join('\n');
}

function functionRows(rows: readonly FunctionRow[]): string[] {
  const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
  return [
    '| function | what it gives | example | result |',
    '|---|---|---|---|',
    ...rows.map(
      (row) => `| ${code(row.signature)} | ${row.doc} | ${code(row.example)} | ${code(JSON.stringify(row.result))} |`,
    ),
  ];
}
