import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, packageDirOf, startConnector, type ConnectorHarness } from '@patchbay/connector-testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connector } from '../src/index.ts';

interface Page {
  readonly records: unknown[];
  readonly cursor?: string;
}
type Input = Parameters<ConnectorHarness['invoke']>[1];

let harness: ConnectorHarness;
const write = (name: string, content: string): Promise<void> => writeFile(join(harness.filesRoot, name), content);

beforeAll(async () => {
  harness = await startConnector(connector, packageDirOf(import.meta.url));
});

afterAll(() => harness.close());

async function pageOf(input: Input): Promise<Page> {
  return (await harness.invoke('readRecords', input)).output as unknown as Page;
}

async function pull(input: Input): Promise<{ records: unknown[]; pages: number }> {
  const records: unknown[] = [];
  let pages = 0;
  let cursor: string | undefined;
  do {
    const page = await pageOf({ ...input, ...(cursor !== undefined && { cursor }) });
    records.push(...page.records);
    cursor = page.cursor;
    pages += 1;
  } while (cursor !== undefined);
  return { records, pages };
}

describe('records of real files', () => {
  const rows = [
    { id: '1', name: 'Ada "the first"', note: 'é' },
    { id: '2', name: 'two\r\nlines', note: '' },
    { id: '3', name: 'a, b', note: 'x' },
    { id: '4', name: 'last', note: 'no end' },
  ];
  const csv = '\ufeffid, name ,note\r\n1,"Ada ""the first""",é\r\n2,"two\r\nlines",\r\n\r\n3,"a, b",x\r\n4,last,no end';

  it.each([1, 2, 3, 4, 9])('CO-01 pulls the rows of a CSV file in pages of %i', async (pageSize) => {
    await write('rows.csv', csv);
    const { records, pages } = await pull({ path: 'rows.csv', pageSize });
    expect(records).toEqual(rows);
    expect(pages).toBe(Math.ceil(rows.length / pageSize));
  });

  it('reads other delimiters, rows without names and rows of any length', async () => {
    await write('other.txt', 'a;b\n1;2;3\n4\n');
    const input = { path: 'other.txt', format: 'csv', delimiter: ';' };
    expect((await pageOf({ ...input, hasHeader: false })).records).toEqual([['a', 'b'], ['1', '2', '3'], ['4']]);
    expect((await pageOf(input)).records).toEqual([{ a: '1', b: '2', column_3: '3' }, { a: '4' }]);
    await write('names.csv', 'a,a,,__proto__\n1,2,3,4\n');
    expect(JSON.stringify((await pageOf({ path: 'names.csv' })).records)).toBe(
      '[{"a":"1","column_2":"2","column_3":"3","__proto__":"4"}]',
    );
  });

  it('CO-01 pulls the values of an NDJSON file', async () => {
    await write('values.ndjson', '{"id":1,"t":"é"}\n\n[2]\r\n"three"\nnull');
    for (const pageSize of [1, 2, 5]) {
      const { records } = await pull({ path: 'values.ndjson', pageSize });
      expect(records).toEqual([{ id: 1, t: 'é' }, [2], 'three', null]);
    }
  });

  it('CO-01 pulls the items of a list in a JSON file', async () => {
    await write('doc.json', JSON.stringify({ data: { items: [1, 2, 3, 4, 5] } }));
    const input = { path: 'doc.json', recordsPointer: '/data/items', pageSize: 2 };
    expect(await pull(input)).toEqual({ records: [1, 2, 3, 4, 5], pages: 3 });
  });

  it('reads a file of 60 MB page by page in little memory and time', async () => {
    const line = `${'x'.repeat(590)},2\n`;
    await write('large.csv', `a,b\n${line.repeat(100_000)}`);
    const first = await pageOf({ path: 'large.csv', pageSize: 5_000 });
    expect(first.records).toHaveLength(5_000);
    expect(first.cursor).toBe(String(4 + 5_000 * line.length));
    const last = await pageOf({ path: 'large.csv', cursor: String(4 + 99_990 * line.length) });
    expect(last).toEqual({ records: Array.from({ length: 10 }, () => ({ a: 'x'.repeat(590), b: '2' })) });
  });

  it('ends a page that would become too large', async () => {
    await write('wide.ndjson', `${JSON.stringify('y'.repeat(900_000))}\n`.repeat(7));
    // The harness allows answers of 4 MiB; the page ends just above it, so the records are asked for one by one.
    const { records } = await pull({ path: 'wide.ndjson', pageSize: 4 });
    expect(records).toHaveLength(7);
  });

  it.each([
    ['rows.csv', { cursor: '3' }, '/cursor'],
    ['rows.csv', { cursor: '99999' }, '/cursor'],
    ['rows.csv', { cursor: 'x' }, '/cursor'],
    ['other.txt', {}, '/format'],
    ['none.csv', {}, '/path'],
    ['../rows.csv', {}, '/path'],
    ['.', { format: 'csv' }, '/path'],
    ['doc.json', { recordsPointer: 'x' }, '/recordsPointer'],
  ])('refuses %s with %o and names %s', async (path, more, field) => {
    const error = await failureOf(pageOf({ path, ...more }));
    expect([error.code, error.details['problems']]).toMatchObject(['operation_input_invalid', [{ path: field }]]);
  });

  it.each([
    ['broken.csv', 'a,b\n"1,2\n', 'The file is no CSV'],
    ['broken.ndjson', '1\n{\n', 'The line at byte 2 is no JSON'],
    ['long.ndjson', `"${'x'.repeat(2_000_000)}"`, 'longer than 1 MiB'],
    ['broken.json', '{', 'The file is no JSON'],
    ['object.json', '{}', 'no list at ""'],
  ])('says what is wrong with %s', async (path, content, words) => {
    await write(path, content);
    const error = await failureOf(pageOf({ path }));
    expect([error.code, error.message]).toEqual(['remote_bad_request', expect.stringContaining(words)]);
  });
});
