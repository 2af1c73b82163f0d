import { describe, expect, it } from 'vitest';
import type { ConnectorManifestInput, Processor } from './connector-manifest.ts';
import { digestManifest } from './digest.ts';
import type { JsonValue } from './json.ts';
import { aManifest, anOperation } from './manifest-fixture.ts';
import { parseManifest } from './parse-manifest.ts';
import { defaultProcessor, findProcessor, inputOfPage, readPage } from './processor-pages.ts';

const listed = anOperation({
  name: 'listRecords',
  input: {
    type: 'object',
    properties: { after: { type: 'string' }, q: { type: 'string' }, units: { type: 'string' } },
    required: ['q'],
  },
});
const processor: NonNullable<ConnectorManifestInput['processors']>[number] = {
  name: 'weather',
  title: 'Weather',
  operation: 'listRecords',
  recordsPointer: '/data/items',
  idPointer: '/id',
  page: { cursorPointer: '/next', cursorField: 'after' },
};
const withProcessor = (change: object = {}, more: Partial<ConnectorManifestInput> = {}): ConnectorManifestInput =>
  aManifest({ operations: [listed, anOperation()], processors: [{ ...processor, ...change }], ...more });

function problemsOf(manifest: ConnectorManifestInput): unknown {
  try {
    parseManifest(manifest);
    return [];
  } catch (error) {
    return (error as { details: { problems: unknown } }).details.problems;
  }
}

describe('processors of a manifest', () => {
  it('CO-01 CO-51x a connector registers data processors by name', () => {
    const manifest = parseManifest(withProcessor());
    expect(findProcessor(manifest, 'weather')).toEqual({ ...processor, description: '' });
    expect(findProcessor(manifest, 'other')).toBeUndefined();
    expect(defaultProcessor(manifest)).toBe('weather');
    expect(defaultProcessor(manifest, 'other')).toBe('other');
  });

  it.each([
    [{ operation: 'none' }, '/operation', 'There is no operation "none".'],
    [{ recordsPointer: 'items' }, '/recordsPointer', 'not a JSON pointer'],
    [{ idPointer: '/a~2' }, '/idPointer', 'not a JSON pointer'],
    [{ page: { cursorPointer: 'x', cursorField: 'after' } }, '/page/cursorPointer', 'not a JSON pointer'],
    [{ page: { cursorPointer: '', cursorField: 'none' } }, '/page/cursorField', 'has no field "none"'],
    [{ page: { cursorPointer: '', cursorField: 'q' } }, '/page/cursorField', 'is required'],
    [{ name: 'Weather Data' }, '/name', 'Small letters'],
  ])('CO-15 refuses %o at %s', (change, path, message) => {
    expect(problemsOf(withProcessor(change))).toEqual([
      { path: `/processors/0${path}`, message: expect.stringContaining(message) as string },
    ]);
  });

  it('refuses an operation that writes, and a name that is there twice', () => {
    const writing = withProcessor({}, { operations: [{ ...listed, effect: 'once' }] });
    expect(problemsOf(writing)).toMatchObject([{ path: '/processors/0/operation' }]);
    const twice = withProcessor({}, { processors: [processor, processor] });
    expect(problemsOf(twice)).toMatchObject([{ path: '/processors/1/name', message: '"weather" is there twice.' }]);
  });

  it('lets only connectors of the node runtime read files', () => {
    const permissions = { files: 'read' as const };
    expect(problemsOf(aManifest({ permissions }))).toMatchObject([{ path: '/permissions/files' }]);
    const node = aManifest({ permissions, runtime: 'node', entry: './dist/index.mjs' });
    const operations = [{ ...anOperation(), request: undefined }];
    expect(problemsOf({ ...node, baseUrl: undefined, operations })).toEqual([]);
  });

  it('keeps the digest and the stored form of manifests from before', () => {
    const manifest = parseManifest(aManifest());
    expect(Object.keys(manifest)).not.toContain('processors');
    expect(Object.keys(manifest)).not.toContain('permissions');
    expect(digestManifest(manifest)).toBe('sha256-5c68db4959d745c91fe81c9ae095c890eb6daa31ad158c3b79c57e3962351987');
  });
});

describe('pages of a processor', () => {
  const parsed = findProcessor(parseManifest(withProcessor()), 'weather') as Processor;
  const single = { ...parsed, page: undefined };

  it('asks for the page at the cursor', () => {
    expect(inputOfPage(parsed, { q: 'x' })).toEqual({ q: 'x' });
    expect(inputOfPage(parsed, { q: 'x' }, 'c')).toEqual({ q: 'x', after: 'c' });
    expect(() => inputOfPage(single, {}, 'c')).toThrow(/one page only/);
  });

  it.each<[JsonValue, object]>([
    [
      { data: { items: [1] }, next: 'c' },
      { records: [1], cursor: 'c' },
    ],
    [
      { data: { items: [1] }, next: 0 },
      { records: [1], cursor: 0 },
    ],
    [{ data: { items: [] }, next: '' }, { records: [] }],
    [{ data: { items: [] }, next: null }, { records: [] }],
    [{ data: { items: [] } }, { records: [] }],
  ])('reads %o', (output, page) => {
    expect(readPage(parsed, output)).toEqual(page);
  });

  it.each<[JsonValue, string]>([
    [{ data: { items: {} } }, 'found no list of records but a value of type object at "/data/items"'],
    [null, 'found no list of records but nothing at "/data/items"'],
    [{ data: { items: [] }, next: [] }, 'found no cursor but a list at "/next"'],
  ])('refuses %o', (output, words) => {
    expect(() => readPage(parsed, output)).toThrow(words);
  });
});
