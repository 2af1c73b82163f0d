/** What a text says as JSON, or why it says nothing. */
export type JsonReading =
  { readonly value: unknown } | { readonly problem: string; /** From 1. */ readonly line: number };

/** Reads JSON text; an empty text is `undefined`. */
export function readJson(text: string): JsonReading {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : '';
    const line = text.slice(0, placeOfProblem(text)).split('\n').length;
    const reason = message.replace(/\s*(\(line.*\)|in JSON at position \d+.*|, (\.\.\.)?"[\s\S]*)$/, '');
    return { problem: `Line ${line} cannot be read: ${reason || 'this is not JSON'}.`, line };
  }
}

const token = /\s*("(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null|[{}[\],:])/y;

/**
 * Where the text stops being JSON. Engines tell it for some problems and not for others, so the shortest beginning of the text
 * that no end could save is searched for.
 */
function placeOfProblem(text: string): number {
  const ends = tokenEnds(text);
  let fine = -1;
  let wrong = ends.length;
  while (wrong - fine > 1) {
    const middle = Math.floor((fine + wrong) / 2);
    if (isBeginning(text.slice(0, ends[middle]))) fine = middle;
    else wrong = middle;
  }
  return ends[wrong] ?? Math.min((ends.at(-1) ?? 0) + 1, text.trimEnd().length);
}

function tokenEnds(text: string): number[] {
  const ends: number[] = [];
  token.lastIndex = 0;
  while (token.test(text)) ends.push(token.lastIndex);
  return ends;
}

function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : '';
    const position = /position (\d+)/.exec(message)?.[1];
    return /end of/i.test(message) || (position !== undefined && Number(position) >= text.length);
  }
}

/** JSON text as a person reads it; empty for nothing. */
export const jsonText = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value, null, 2));

/** Line (from 1) of the text where the value at a JSON pointer begins; for text made by {@link jsonText}. */
export function lineOfPointer(value: unknown, pointer: string): number | undefined {
  const marker = '\u0000here';
  const marked = markAt(value, pointer.split('/').slice(1), marker);
  const line = jsonText(marked)
    .split('\n')
    .findIndex((text) => text.includes('\\u0000here'));
  return line === -1 ? undefined : line + 1;
}

function markAt(value: unknown, [head, ...rest]: readonly string[], marker: string): unknown {
  if (head === undefined) return marker;
  if (typeof value !== 'object' || value === null) return value;
  const key = head.replaceAll('~1', '/').replaceAll('~0', '~');
  const entries = Object.entries(value).map(([name, child]): [string, unknown] => [
    name,
    name === key ? markAt(child, rest, marker) : child,
  ]);
  return Array.isArray(value) ? entries.map(([, child]) => child) : Object.fromEntries(entries);
}
