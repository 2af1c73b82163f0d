import { describe, expect, it } from 'vitest';
import { errorCodes, errorKinds } from '@patchbay/errors';

/** Pages made from code. `npx vitest run test/architecture/generated-docs.test.ts -u` writes them anew. */
describe('generated pages', () => {
  it('docs/errors.md lists exactly the codes of the table', async () => {
    await expect(renderErrors()).toMatchFileSnapshot('../../docs/errors.md');
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
