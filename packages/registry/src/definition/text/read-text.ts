import { AppError } from '@patchbay/errors';
import { isJsonObject, type JsonObject } from '@patchbay/manifest';
import { parseDocument, type YAMLError } from 'yaml';

/** Aliases that one text may use; a text of a few lines with nested ones stands for gigabytes. */
const mostAliases = 100;
/** Deeper than any connector; keeps every recursive reader behind it safe. */
const deepest = 64;
/** A text may hold brackets that close nothing; so many, one in the other, no text has. */
const mostBrackets = 256;

/** A text and what it is written in. */
export interface ImportText {
  readonly content: string;
  readonly format: 'yaml' | 'json';
}

/** Reads a YAML or JSON text that holds one object. Throws `import_unreadable` with the place, `import_too_complex`. */
export function readText(text: ImportText): JsonObject {
  const value = guardStack(() => (text.format === 'json' ? readJson(text.content) : readYaml(text.content)));
  assertPlain(value);
  if (!isJsonObject(value)) throw unreadable('The text must hold one object: keys with their values.');
  return value as JsonObject;
}

function readJson(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw unreadable(cause instanceof Error ? cause.message : 'It is no JSON.', cause);
  }
}

/** Brackets inside brackets, and lists inside lists on one line: what makes a parser slow long before it gives up. */
function assertShallow(content: string): void {
  let depth = 0;
  for (const sign of content.matchAll(/[[\]{}]/g)) {
    depth = Math.max(0, depth + (sign[0] === '[' || sign[0] === '{' ? 1 : -1));
    if (depth > mostBrackets) throw tooDeep();
  }
  if (/(?:[-?:][ \t]+){64}/.test(content)) throw tooDeep();
}

function tooDeep(cause?: unknown): AppError {
  return new AppError('import_too_complex', { message: 'The text is nested too deeply.', cause });
}

function readYaml(content: string): unknown {
  assertShallow(content);
  const document = parseDocument(content, { prettyErrors: true, uniqueKeys: true, logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) throw unreadable(placed(error), error);
  try {
    return document.toJS({ maxAliasCount: mostAliases }) as unknown;
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    if (!(cause instanceof ReferenceError)) throw unreadable('It cannot be read as YAML.', cause);
    throw new AppError('import_too_complex', { message: 'The text uses too many aliases.', cause });
  }
}

function placed(error: YAMLError): string {
  const line = error.linePos?.[0];
  const [reason = ''] = error.message.split('\n');
  return line === undefined || reason.includes(' at line ')
    ? reason
    : `${reason} (line ${String(line.line)}, column ${String(line.col)})`;
}

/** A text of nothing but brackets ends the stack of every parser. */
function guardStack(read: () => unknown): unknown {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw tooDeep(cause);
  }
}

interface Node {
  readonly value: unknown;
  readonly depth: number;
}

/** Only what JSON can hold, not too deep, and no key that reaches a prototype. Walks with a list of its own. */
function assertPlain(root: unknown): void {
  const open: Node[] = [{ value: root, depth: 0 }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { value, depth } = node;
    if (typeof value === 'number' && !Number.isFinite(value)) throw unreadable('A number must be finite.');
    if (typeof value === 'bigint') throw unreadable('A number is too large.');
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= deepest) throw tooDeep();
    for (const [key, child] of Object.entries(value)) {
      if (key === '__proto__') throw unreadable('The key __proto__ is not allowed.');
      open.push({ value: child as unknown, depth: depth + 1 });
    }
  }
}

/** Names the reason and, if known, the place. */
export function unreadable(message: string, cause?: unknown): AppError {
  return new AppError('import_unreadable', { message: `The text cannot be imported. ${message}`, cause });
}
