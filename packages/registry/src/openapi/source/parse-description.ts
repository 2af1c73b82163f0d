import { AppError } from '@patchbay/errors';
import { isJsonObject } from '@patchbay/manifest';
import { parseDocument } from 'yaml';
import { assertReadableText, assertReadableValue, tooComplex } from './text-guard.ts';

/** Uses of one anchor, counted through anchors that it uses itself. */
const maxAliases = 10_000;

/**
 * Parses a description or a part of one, JSON or YAML. The value is a tree of its own: nothing in it is shared.
 *
 * @throws AppError `import_unreadable`, `import_too_complex`.
 */
export function parseDescription(text: string): Record<string, unknown> {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const isJson = /^\s*[{[]/.test(content);
  assertReadableText(content, { isJson });
  const value = isJson ? parseJson(content) : parseYaml(content);
  if (!isJsonObject(value)) {
    throw new AppError('import_unreadable', { message: 'This is no OpenAPI description: it must be an object.' });
  }
  return value;
}

function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // YAML may start with a bracket too; only a text that is neither is refused.
    if (text.length < 1_000_000) return parseYaml(text);
    throw unreadable(cause);
  }
  assertReadableValue(value);
  return value;
}

function parseYaml(text: string): unknown {
  let value: unknown;
  try {
    const document = parseDocument(text, { schema: 'core', uniqueKeys: false, logLevel: 'silent', prettyErrors: true });
    const [problem] = document.errors;
    if (problem !== undefined) throw problem;
    value = document.toJS({ maxAliasCount: maxAliases, mapAsMap: false });
  } catch (cause) {
    // The parser reports a stack that overflows as a mistake in the text.
    if (cause instanceof RangeError || isOverflow(cause)) throw tooComplex('It is nested too deeply.');
    if (cause instanceof ReferenceError) throw tooComplex('It uses aliases of aliases.');
    throw unreadable(cause);
  }
  assertReadableValue(value);
  // Aliases share objects, dates and the like are no JSON: what is read later is a plain tree.
  return JSON.parse(JSON.stringify(value ?? null)) as unknown;
}

function isOverflow(cause: unknown): boolean {
  return cause instanceof Error && cause.message.startsWith('Maximum call stack size exceeded');
}

function unreadable(cause: unknown): AppError {
  const reason = cause instanceof Error ? (cause.message.split('\n', 1)[0] ?? '').slice(0, 300) : '';
  return new AppError('import_unreadable', { message: `The text is neither JSON nor YAML. ${reason}`, cause });
}
