import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDocument, arbitraryFlowDocument } from '../testing/index.ts';
import { emptyDocument } from './empty-document.ts';
import { migrateWith } from './migrate-document.ts';
import { parseDocument, parseDocumentYaml } from './parse-document.ts';
import { toJson, toYaml } from './write-document.ts';

describe('parseDocument', () => {
  it('reads what toJson and toYaml write', () => {
    fc.assert(
      fc.property(arbitraryFlowDocument(), (document) => {
        expect(parseDocument(JSON.parse(toJson(document)))).toEqual(document);
        expect(parseDocumentYaml(toYaml(document))).toEqual(document);
      }),
      { numRuns: 100 },
    );
  });

  it('writes the same text whatever the order of keys was', () => {
    const document = aDocument({ root: { steps: ['b', 'a'], edges: ['b>a'] } });
    const { steps, samples, ...rest } = document;
    const shuffled = { samples, ...rest, steps: Object.fromEntries(Object.entries(steps).reverse()) };
    expect(toJson(shuffled)).toBe(toJson(document));
    expect(Object.keys((JSON.parse(toJson(shuffled)) as { steps: object }).steps)).toEqual(['b', 'a']);
  });

  it('names the field that is wrong', () => {
    const document = { ...emptyDocument({ name: 'x' }), steps: { 'a b': {} } };
    expect(() => parseDocument(document)).toThrow(expect.objectContaining({ code: 'flow_document_invalid' }));
    const bad = { ...aDocument({ root: { steps: ['a'] } }), name: '' };
    expect(() => parseDocument(bad)).toThrow(/at \/name/);
  });

  it('names a field that there is not', () => {
    const document = { ...aDocument({ root: { steps: ['a'] } }), colour: 'red', size: 1 };
    expect(() => parseDocument(document)).toThrow(
      expect.objectContaining({
        details: {
          fields: [
            { path: '/colour', message: 'There is no such field.' },
            { path: '/size', message: 'There is no such field.' },
          ],
        },
      }),
    );
  });

  it.each(['a\u0000b', 'half \ud83d'])('refuses text that cannot be stored: %j', (text) => {
    const document = aDocument({ root: { steps: ['a'] } });
    const refused = (json: unknown, path: string): void => {
      expect(() => parseDocument(json)).toThrow(
        expect.objectContaining({
          code: 'flow_document_invalid',
          details: { fields: [expect.objectContaining({ path })] },
        }),
      );
    };
    refused({ ...document, samples: { a: [text] } }, '/samples/a/0');
    refused({ ...document, samples: { a: { [text]: 1 } } }, '/samples/a');
    expect(() => parseDocumentYaml(`name: ${JSON.stringify(text)}`)).toThrow(/\/name/);
  });

  it('refuses what is too new, too big or too deep', () => {
    const document = emptyDocument({ name: 'x' });
    expect(() => parseDocument({ ...document, schemaVersion: 99 })).toThrow(
      expect.objectContaining({ code: 'flow_document_too_new' }),
    );
    const long = { ...document, samples: { trigger: 'x'.repeat(600_000) } };
    expect(() => parseDocument(long)).toThrow(expect.objectContaining({ code: 'flow_too_large' }));
    let deep: unknown = 1;
    for (let i = 0; i < 20_000; i++) deep = [deep];
    expect(() => parseDocument({ ...document, samples: { trigger: deep } })).toThrow(
      expect.objectContaining({ code: 'flow_too_large' }),
    );
    const steps = Array.from({ length: 1_001 }, (_, index) => `s${String(index)}`);
    expect(() => parseDocument(aDocument({ root: { steps } }))).toThrow(
      expect.objectContaining({ code: 'flow_too_large' }),
    );
  });

  it('refuses YAML that is no YAML, or that unfolds aliases', () => {
    for (const text of ['a: [', 'a: &x 1\nb: *x', '- - :\n -', 'a: 1\na: 2']) {
      expect(() => parseDocumentYaml(text)).toThrow(expect.objectContaining({ code: 'flow_document_invalid' }));
    }
  });

  it('gives an AppError for any JSON, never another error', () => {
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.record({ schemaVersion: fc.constant(1), steps: fc.jsonValue(), scopes: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(junk, (json) => {
        expect(() => parseDocument(json)).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^flow_/) as unknown }),
        );
      }),
    );
  });
});

describe('migrateWith', () => {
  const table = [
    (document: { readonly [key: string]: unknown }) => ({ ...document, title: document['name'] }),
    ({ name: _name, ...document }: { readonly [key: string]: unknown }) => document,
  ];

  it('lifts a document through all versions', () => {
    expect(migrateWith(table, { schemaVersion: 1, name: 'x' }, 3)).toEqual({ schemaVersion: 3, title: 'x' });
    expect(migrateWith(table, { schemaVersion: 3, title: 'x' }, 3)).toEqual({ schemaVersion: 3, title: 'x' });
  });

  it('leaves what has no version to the schema', () => {
    for (const json of [null, 1, 'x', [], {}, { schemaVersion: '1' }]) expect(migrateWith(table, json, 3)).toBe(json);
  });
});
