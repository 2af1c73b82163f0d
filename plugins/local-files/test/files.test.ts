import { mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { failureOf, packageDirOf, startConnector, type ConnectorHarness } from '@patchbay/connector-testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connector } from '../src/index.ts';

interface Page {
  readonly files: { readonly path: string; readonly text?: string }[];
  readonly cursor?: string;
}
type Input = Parameters<ConnectorHarness['invoke']>[1];

let harness: ConnectorHarness;

async function write(path: string, content: string | Buffer): Promise<void> {
  const full = join(harness.filesRoot, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, content);
}

beforeAll(async () => {
  harness = await startConnector(connector, packageDirOf(import.meta.url));
  const files = ['a.txt', 'a/1.csv', 'a/2.TXT', 'a/b/3.txt', 'a-b.txt', 'z/9.txt', 'z.txt'];
  for (const path of files) await write(path, `text of ${path}`);
  await write('picture.png', Buffer.from([0x89, 0x50, 0x00, 0x01]));
  await write('latin.txt', Buffer.from([0x67, 0xe9]));
  await write('long.md', `${'x'.repeat(9)}é`);
  await write('../outside.txt', 'not yours');
  await symlink('../outside.txt', join(harness.filesRoot, 'out.txt'));
  await symlink('a.txt', join(harness.filesRoot, 'same.txt'));
  await symlink('a', join(harness.filesRoot, 'folder'));
  await utimes(join(harness.filesRoot, 'a.txt'), 0, 86_400);
});

afterAll(() => harness.close());

async function pageOf(operation: string, input: Input): Promise<Page> {
  return (await harness.invoke(operation, input)).output as unknown as Page;
}

async function pull(operation: string, input: Input): Promise<{ paths: string[]; pages: number }> {
  const paths: string[] = [];
  let pages = 0;
  let cursor: string | undefined;
  do {
    const page = await pageOf(operation, { ...input, ...(cursor !== undefined && { cursor }) });
    paths.push(...page.files.map(({ path }) => path));
    cursor = page.cursor;
    pages += 1;
  } while (cursor !== undefined);
  return { paths, pages };
}

describe('listing real files', () => {
  const texts = ['a-b.txt', 'a.txt', 'a/2.TXT', 'a/b/3.txt', 'latin.txt', 'same.txt', 'z.txt', 'z/9.txt'];

  it.each([1, 2, 3, 8, 100])('CO-01 pulls all of them in pages of %i, each once', async (pageSize) => {
    const { paths, pages } = await pull('listFiles', { extensions: ['.txt'], pageSize });
    expect(paths).toEqual(texts);
    expect(pages).toBe(Math.ceil(texts.length / pageSize));
  });

  it('looks only where it is told to, and gives a file that is meant twice once', async () => {
    const paths = ['a/b', 'a', './a', 'z.txt'];
    expect((await pull('listFiles', { paths, pageSize: 1 })).paths).toEqual([
      ...['a/1.csv', 'a/2.TXT', 'a/b/3.txt', 'z.txt'],
    ]);
    expect((await pull('listFiles', { paths: ['a'], recursive: false })).paths).toEqual(['a/1.csv', 'a/2.TXT']);
    expect((await pull('listFiles', { paths: ['z.txt'], extensions: ['csv'] })).paths).toEqual([]);
  });

  it('describes a file', async () => {
    const { files } = await pageOf('listFiles', { paths: ['a.txt'] });
    const described = {
      path: 'a.txt',
      name: 'a.txt',
      extension: 'txt',
      size: 13,
      modified: '1970-01-02T00:00:00.000Z',
    };
    expect(files).toEqual([described]);
    expect((await pageOf('readFiles', { paths: ['a.txt'] })).files).toEqual([{ ...described, text: 'text of a.txt' }]);
  });

  it('gives the text of what is text, whole characters of its beginning', async () => {
    const { files } = await pageOf('readFiles', { paths: ['picture.png', 'latin.txt', 'long.md'], maxTextBytes: 10 });
    expect(files.map(({ text }) => text)).toEqual([undefined, undefined, 'x'.repeat(9)]);
    expect(files[2]).toMatchObject({ isTruncated: true, size: 11 });
  });

  it('goes on after a file that vanished', async () => {
    await write('gone/1', '');
    await write('gone/2', '');
    await write('gone/3', '');
    const first = await pageOf('listFiles', { paths: ['gone'], pageSize: 2 });
    await rm(join(harness.filesRoot, 'gone/2'));
    const second = await pageOf('listFiles', { paths: ['gone'], pageSize: 2, cursor: first.cursor ?? '' });
    expect(second.files.map(({ path }) => path)).toEqual(['gone/3']);
  });

  it('shares a page by the size of the texts', async () => {
    for (const name of ['1', '2', '3']) await write(`big/${name}.txt`, 'x'.repeat(1_048_576));
    const input = { paths: ['big'], maxTextBytes: 1_048_576 };
    expect(await pull('readFiles', input)).toEqual({ paths: ['big/1.txt', 'big/2.txt', 'big/3.txt'], pages: 2 });
  });

  it.each([
    ['../outside.txt', '/paths/1'],
    ['/etc', '/paths/1'],
    ['out.txt', '/paths/1'],
    ['nowhere', '/paths/1'],
  ])('refuses the path %s and names the field', async (path, field) => {
    const error = await failureOf(pageOf('listFiles', { paths: ['a', path] }));
    expect([error.code, error.details['problems']]).toMatchObject(['operation_input_invalid', [{ path: field }]]);
  });

  it('refuses a cursor that is none', async () => {
    const error = await failureOf(pageOf('listFiles', { cursor: 'x' }));
    expect(error.details['problems']).toMatchObject([{ path: '/cursor' }]);
  });
});
