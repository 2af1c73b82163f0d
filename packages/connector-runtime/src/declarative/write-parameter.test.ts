import type { JsonValue } from '@patchbay/manifest';
import { describe, expect, it } from 'vitest';
import { toFormPairs, writePath, writeQuery, writeSimple, type StyledValue } from './write-parameter.ts';

const empty = '';
const text = 'blue';
const list = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };
const notApplicable = undefined;

/** The table "Style Examples" of the OpenAPI Specification 3.1.1, with `color` as name: empty, string, array, object. */
const table: readonly [StyledValue['style'], boolean, ...(string | undefined)[]][] = [
  ['matrix', false, ';color', ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
  ['matrix', true, ';color', ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
  ['label', false, '.', '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
  ['label', true, '.', '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
  ['simple', false, '', 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
  ['simple', true, '', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ['form', false, 'color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
  ['form', true, 'color=', 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
  [
    'spaceDelimited',
    false,
    notApplicable,
    notApplicable,
    'color=blue%20black%20brown',
    'color=R%20100%20G%20200%20B%20150',
  ],
  [
    'pipeDelimited',
    false,
    notApplicable,
    notApplicable,
    'color=blue%7Cblack%7Cbrown',
    'color=R%7C100%7CG%7C200%7CB%7C150',
  ],
  [
    'deepObject',
    true,
    notApplicable,
    notApplicable,
    notApplicable,
    'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150',
  ],
];

function write(value: JsonValue, style: StyledValue['style'], explode: boolean): string {
  const styled = { name: 'color', value, style, explode };
  return ['matrix', 'label', 'simple'].includes(style) ? writePath(styled) : writeQuery(styled).join('&');
}

describe('the style table of OpenAPI', () => {
  it.each(table)('DI-41 %s, explode %s', (style, explode, ...expected) => {
    [empty, text, list, object].forEach((value, column) => {
      if (expected[column] !== notApplicable) expect(write(value, style, explode)).toBe(expected[column]);
    });
  });

  it('writes headers as they are', () => {
    const encode = (value: string): string => value;
    expect(writeSimple(list, { explode: false, encode })).toBe('blue,black,brown');
    expect(writeSimple(object, { explode: true, encode })).toBe('R=100,G=200,B=150');
  });

  it('encodes values, never the delimiters between them', () => {
    expect(write(['a,b', 'c d', '&'], 'form', false)).toBe('color=a%2Cb,c%20d,%26');
    expect(write(['a/b', '..', '?'], 'simple', false)).toBe('a%2Fb,..,%3F');
    expect(write({ 'k=': "(*)'!" }, 'matrix', true)).toBe(';k%3D=%28%2A%29%27%21');
    expect(write('\ud800', 'form', true)).toBe('color=%EF%BF%BD');
  });

  it('sends no null and nothing empty', () => {
    expect(write(null, 'form', true)).toBe('');
    expect(write([], 'form', true)).toBe('');
    expect(write([], 'form', false)).toBe('');
    expect(write([null, 'a'], 'form', false)).toBe('color=a');
    expect(write({ a: null, b: false }, 'form', true)).toBe('b=false');
  });

  it('writes what is nested deeper with brackets', () => {
    const pairs = toFormPairs('f', { a: { b: 1 }, list: ['x', 'y'], rows: [{ c: true }, { c: null }] });
    expect(pairs).toEqual([
      ['f[a][b]', '1'],
      ['f[list][]', 'x'],
      ['f[list][]', 'y'],
      ['f[rows][0][c]', 'true'],
    ]);
  });
});
