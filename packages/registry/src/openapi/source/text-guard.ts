import { AppError } from '@patchbay/errors';

/** Longest description as text. */
export const maxTextLength = 20_000_000;
/** Deepest nesting of a description; real ones stay below 60. */
export const maxDepth = 200;
/** Sequences and keys that YAML may open on one line: `- - - x`. */
const maxMarksPerLine = 50;

/**
 * Refuses a text that no parser should see, in one pass over its characters: too long, nested too deeply, with the
 * character NUL. Brackets are counted outside of quoted text; `#` comments and plain YAML text only make the count
 * stricter, and `slack` makes up for prose with single brackets.
 *
 * @throws AppError `import_too_complex`, `import_unreadable`.
 */
export function assertReadableText(text: string, options: { readonly isJson: boolean }): void {
  if (text.length > maxTextLength) {
    throw tooComplex(`It is longer than ${String(maxTextLength / 1_000_000)} million characters.`);
  }
  if (text.includes('\0') || text.includes('\\u0000')) {
    throw new AppError('import_unreadable', { message: 'The text holds the character NUL.' });
  }
  const slack = options.isJson ? 1 : 20;
  if (bracketDepth(text, options) > maxDepth * slack) throw tooDeep();
  if (!options.isJson && /^[ \t]*(?:[-?:][ \t]+){50}/m.test(text)) {
    throw tooComplex(`A line opens more than ${String(maxMarksPerLine)} lists.`);
  }
}

/** Refuses a parsed value that is nested too deeply or grows out of all proportion by YAML aliases. */
export function assertReadableValue(root: unknown): void {
  const maxNodes = 4_000_000;
  let nodes = 0;
  const open: [unknown, number][] = [[root, 0]];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const [value, depth] = entry;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > maxDepth) throw tooDeep();
    const children: unknown[] = Array.isArray(value) ? value : Object.values(value);
    nodes += children.length;
    if (nodes > maxNodes) throw tooComplex('It holds too many values; are there aliases of aliases?');
    for (const child of children) open.push([child, depth + 1]);
  }
}

/** The clear error for a text that would take too much. */
export function tooComplex(reason: string): AppError {
  return new AppError('import_too_complex', { message: `The description is too large or too complex. ${reason}` });
}

function tooDeep(): AppError {
  return tooComplex(`It is nested deeper than ${String(maxDepth)} levels.`);
}

function bracketDepth(text: string, { isJson }: { readonly isJson: boolean }): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22 && isJson) index = endOfString(text, index);
    else if (code === 0x7b || code === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x7d || code === 0x5d) depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** Index of the quote that ends the JSON string which starts at `start`. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end < 0 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
  let slashes = 0;
  while (text.charCodeAt(index - 1 - slashes) === 0x5c) slashes += 1;
  return slashes % 2 === 1;
}
