import { isAppError } from '@patchbay/errors';
import { describe, expect, it } from 'vitest';
import { loadDocuments } from './document-set.ts';
import { parseDescription } from './parse-description.ts';

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return isAppError(error) ? error.code : String(error);
  }
  return 'nothing was thrown';
}

describe('parseDescription', () => {
  it('reads JSON, YAML and JSON-like YAML', () => {
    expect(parseDescription('\uFEFF{"a":["]}\\"["]}')).toEqual({ a: [']}"['] });
    expect(parseDescription('a:\n  - &x {b: 1}\n  - *x\n')).toEqual({ a: [{ b: 1 }, { b: 1 }] });
    expect(parseDescription('{a: 1, b: [x]}')).toEqual({ a: 1, b: ['x'] });
    expect(parseDescription('day: 2026-11-21\nno: no\n')).toEqual({ day: '2026-11-21', no: 'no' });
  });

  it('says where a text cannot be read', () => {
    expect(codeOf(() => parseDescription('a: [1'))).toBe('import_unreadable');
    expect(() => parseDescription('a: [1')).toThrow(/line 1/);
    for (const text of ['', '[]', 'just text', '{"a":"\\u0000"}', '{"a":']) {
      expect(
        codeOf(() => parseDescription(text)),
        text,
      ).toBe('import_unreadable');
    }
  });

  it('refuses aliases of aliases (billion laughs)', () => {
    const laughs = Array.from({ length: 10 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [lol, lol]'
        : `l${String(level)}: &l${String(level)} [${Array(10)
            .fill(`*l${String(level - 1)}`)
            .join(', ')}]`,
    );
    expect(codeOf(() => parseDescription(laughs.join('\n')))).toBe('import_too_complex');
    const wide = `a: &a [${Array(9_000).fill('x').join(',')}]\nb:\n${'- *a\n'.repeat(9_000)}`;
    expect(codeOf(() => parseDescription(wide))).toBe('import_too_complex');
  });

  it.each([
    ['JSON lists', '['.repeat(1_000_000)],
    ['JSON objects', '{"a":'.repeat(1_000_000)],
    ['closed JSON', `{"a":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`],
    ['YAML flow', `a: ${'['.repeat(1_000_000)}`],
    ['YAML compact lists', `a:\n ${'- '.repeat(1_000_000)}x`],
    ['YAML compact keys', `${'? '.repeat(1_000_000)}x`],
    ['YAML indentation', Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('refuses a million levels of nesting in %s, quickly', (_name, text) => {
    const startedAt = performance.now();
    expect(codeOf(() => parseDescription(text))).toBe('import_too_complex');
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('loadDocuments', () => {
  const description = (reference: string): string =>
    JSON.stringify({ openapi: '3.1.0', paths: { '/a': { $ref: reference }, '/b': { $ref: '#/paths/~1a' } } });
  const fetched: string[] = [];
  const fetchText = (url: string): Promise<string> => {
    fetched.push(url);
    return Promise.resolve(
      `get:\n  summary: from ${url}\n  x-next: {$ref: ignored.yaml}\n  example: {$ref: 'http://data'}\n`,
    );
  };

  it('follows references to other documents, relative to the address of the description', async () => {
    const documents = await loadDocuments(
      { text: description('parts/a.yaml'), url: 'https://example.com/api/openapi.json' },
      fetchText,
    );
    const part = { value: { $ref: '#/paths/~1b' }, base: documents.root.base };
    expect(documents.resolve(part)).toMatchObject({
      base: 'https://example.com/api/parts/a.yaml',
      value: { get: { summary: 'from https://example.com/api/parts/a.yaml' } },
    });
    expect(fetched).toEqual(['https://example.com/api/parts/a.yaml']);
  });

  it('refuses files, and addresses that the server refuses, and names the reference', async () => {
    await expect(loadDocuments({ text: description('file:///etc/passwd'), url: '' }, fetchText)).rejects.toMatchObject({
      code: 'import_unreadable',
      message: expect.stringContaining('file:///etc/passwd') as unknown,
    });
    await expect(loadDocuments({ text: description('./a.yaml'), url: '' }, fetchText)).rejects.toMatchObject({
      code: 'import_unreadable',
    });
    const refuse = (): Promise<string> =>
      Promise.reject(Object.assign(new Error('private'), { code: 'egress_forbidden' }));
    await expect(
      loadDocuments({ text: description('http://169.254.169.254/latest#/a'), url: '' }, refuse),
    ).rejects.toMatchObject({
      code: 'egress_forbidden',
      message: expect.stringContaining('169.254.169.254') as unknown,
    });
  });

  it('stops at twenty documents and ten megabytes', async () => {
    let count = 0;
    const chain = (): Promise<string> => Promise.resolve(`next: {$ref: 'https://example.com/${String((count += 1))}'}`);
    await expect(loadDocuments({ text: description('https://example.com/0'), url: '' }, chain)).rejects.toMatchObject({
      code: 'import_too_complex',
    });
    expect(count).toBe(20);
    const asked: number[] = [];
    const large = (_url: string, maxBytes: number): Promise<string> => {
      asked.push(maxBytes);
      return Promise.resolve(`next: {$ref: 'https://example.com/${String(asked.length)}'}\n#${'x'.repeat(999_970)}`);
    };
    await expect(loadDocuments({ text: description('https://example.com/0'), url: '' }, large)).rejects.toBeDefined();
    expect(asked[0]).toBe(10_000_000);
    expect(asked[1]).toBeLessThan(9_100_000);
  });

  it('ends at references that go round', async () => {
    const text = JSON.stringify({
      openapi: '3.0.0',
      paths: { '/a': { $ref: '#/paths/~1b' }, '/b': { $ref: '#/paths/~1a' } },
    });
    const documents = await loadDocuments({ text, url: '' }, fetchText);
    expect(documents.resolve({ value: { $ref: '#/paths/~1a' }, base: '' })).toBeUndefined();
  });

  it('names what is no OpenAPI at all', async () => {
    await expect(loadDocuments({ text: '{"openapi":"4.0"}', url: '' }, fetchText)).rejects.toMatchObject({
      code: 'import_unreadable',
    });
    await expect(
      loadDocuments({ text: '{"swagger":"2.0","paths":{"/a":{"get":{"parameters":[{}]}}}}', url: '' }, fetchText),
    ).rejects.toMatchObject({
      code: 'import_unreadable',
    });
  });
});
