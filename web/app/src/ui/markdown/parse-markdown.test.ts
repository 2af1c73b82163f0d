import { expect, it } from 'vitest';
import { parseInline, parseMarkdown } from './parse-markdown.ts';

it('reads headings, paragraphs, lists, code and tables', () => {
  const kinds = parseMarkdown(
    '# Title\n\nText over\ntwo lines.\n\n- one\n- two\n\n1. first\n\n```js\nlet a;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> said',
  ).map((block) => block.kind);
  expect(kinds).toEqual(['heading', 'paragraph', 'list', 'list', 'code', 'table', 'quote']);
});

it('reads emphasis, code and links inside text', () => {
  expect(parseInline('a **b** `c` [d](https://e.example)')).toEqual([
    { kind: 'text', text: 'a ' },
    { kind: 'strong', content: [{ kind: 'text', text: 'b' }] },
    { kind: 'text', text: ' ' },
    { kind: 'code', text: 'c' },
    { kind: 'text', text: ' ' },
    { kind: 'link', href: 'https://e.example', content: [{ kind: 'text', text: 'd' }] },
  ]);
});

it.each(['javascript:alert(1)', 'data:text/html,x', '//evil.example', 'JaVaScRiPt:x'])(
  'does not link to %s',
  (href) => {
    expect(parseInline(`[x](${href})`).map(({ kind }) => kind)).not.toContain('link');
  },
);

it('keeps HTML as text', () => {
  expect(parseMarkdown('<img src=x onerror=alert(1)>')).toEqual([
    { kind: 'paragraph', content: [{ kind: 'text', text: '<img src=x onerror=alert(1)>' }] },
  ]);
});

it('ends on any text', () => {
  for (const text of ['```', '|', '- ', '#', '**', '[](', '>'.repeat(50), '*'.repeat(200)]) parseMarkdown(text);
});
