/** What a text says as JSON, or why it says nothing. */
export type JsonReading =
  | { readonly value: unknown }
  | { readonly problem: string; /** From 1; undefined: unknown. */ readonly line: number | undefined };

/** Reads JSON text; an empty text is `undefined`. */
export function readJson(text: string): JsonReading {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : '';
    const line = lineOf(message, text);
    const reason = message.replace(/\s*(\(line.*\)|in JSON at position \d+.*|, "[\s\S]*" is not valid JSON)$/, '');
    return { problem: `Line ${line ?? 1} cannot be read: ${reason || 'this is not JSON'}.`, line };
  }
}

/** The engine says the position, the line, or nothing when the text ends too early. */
function lineOf(message: string, text: string): number | undefined {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return text.slice(0, Number(position)).split('\n').length;
  return /end of/i.test(message) ? text.trimEnd().split('\n').length : undefined;
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
