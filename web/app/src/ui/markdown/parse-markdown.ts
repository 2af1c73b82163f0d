/** A piece of text inside a block. */
export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly content: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly content: readonly Inline[] };

/** A block of a markdown page. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[] }
  | { readonly kind: 'paragraph' | 'quote'; readonly content: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly (readonly Inline[])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

const inlinePattern = /(`[^`]+`)|(\*\*[^*]+\*\*)|(\*[^*\s][^*]*\*|\b_[^_]+_\b)|\[([^\]]+)\]\(([^)\s]+)\)/;
const listPattern = /^\s*([-*+]|\d+[.)])\s+(.*)$/;

/**
 * Reads the part of Markdown that connector pages use: headings, paragraphs, lists, tables, code, emphasis, links.
 * HTML stays text, and a link leads only to http, https or mailto: nothing of a page can run.
 */
export function parseMarkdown(source: string): Block[] {
  const lines = source.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const [block, next] = readBlock(lines, at);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function readBlock(lines: readonly string[], at: number): [Block, number] {
  const line = lines[at] ?? '';
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading)
    return [{ kind: 'heading', level: heading[1]?.length ?? 1, content: parseInline(heading[2] ?? '') }, at + 1];
  if (line.startsWith('```')) return readCode(lines, at);
  if (listPattern.test(line)) return readList(lines, at);
  if (line.startsWith('|') && /^\|[\s:|-]+\|?\s*$/.test(lines[at + 1] ?? '')) return readTable(lines, at);
  return readParagraph(lines, at);
}

function readCode(lines: readonly string[], at: number): [Block, number] {
  const end = lines.findIndex((line, index) => index > at && line.startsWith('```'));
  const last = end === -1 ? lines.length : end;
  return [{ kind: 'code', text: lines.slice(at + 1, last).join('\n') }, last + 1];
}

function readList(lines: readonly string[], at: number): [Block, number] {
  const items: string[] = [];
  let next = at;
  for (; next < lines.length; next += 1) {
    const line = lines[next] ?? '';
    const item = listPattern.exec(line);
    if (item) items.push(item[2] ?? '');
    else if (/^\s+\S/.test(line) && items.length > 0) items.push(`${items.pop() ?? ''} ${line.trim()}`);
    else break;
  }
  const isOrdered = /^\s*\d/.test(lines[at] ?? '');
  return [{ kind: 'list', isOrdered, items: items.map(parseInline) }, next];
}

function readTable(lines: readonly string[], at: number): [Block, number] {
  const cells = (line: string): (readonly Inline[])[] =>
    line
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => parseInline(cell.trim()));
  let next = at + 2;
  const rows: (readonly (readonly Inline[])[])[] = [];
  for (; (lines[next] ?? '').startsWith('|'); next += 1) rows.push(cells(lines[next] ?? ''));
  return [{ kind: 'table', head: cells(lines[at] ?? ''), rows }, next];
}

function readParagraph(lines: readonly string[], at: number): [Block, number] {
  const isQuote = (lines[at] ?? '').startsWith('>');
  const isEnd = (line: string): boolean => line.trim() === '' || /^#{1,6}\s|^```/.test(line) || listPattern.test(line);
  let next = at + 1;
  while (next < lines.length && !isEnd(lines[next] ?? '')) next += 1;
  const text = lines
    .slice(at, next)
    .map((line) => line.replace(/^>\s?/, '').trim())
    .join(' ');
  return [{ kind: isQuote ? 'quote' : 'paragraph', content: parseInline(text) }, next];
}

/** Reads one line of text with its emphasis, code and links. */
export function parseInline(text: string): Inline[] {
  const match = inlinePattern.exec(text);
  if (match === null) return text === '' ? [] : [{ kind: 'text', text }];
  const before = text.slice(0, match.index);
  const after = text.slice(match.index + match[0].length);
  const [whole, code, strong, , label, href] = match;
  const found: Inline =
    code !== undefined
      ? { kind: 'code', text: code.slice(1, -1) }
      : strong !== undefined
        ? { kind: 'strong', content: parseInline(strong.slice(2, -2)) }
        : href !== undefined
          ? readLink(label ?? '', href, whole)
          : { kind: 'emphasis', content: parseInline(whole.slice(1, -1)) };
  return [...(before === '' ? [] : [{ kind: 'text', text: before } as const]), found, ...parseInline(after)];
}

function readLink(label: string, href: string, whole: string): Inline {
  const isSafe = /^(https?:\/\/|mailto:)/i.test(href);
  return isSafe ? { kind: 'link', href, content: parseInline(label) } : { kind: 'text', text: whole };
}
