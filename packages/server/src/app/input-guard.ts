import { AppError, type FieldProblem } from '@patchbay/errors';

/** Deeper JSON than any document of ours; keeps every recursive reader behind it safe. */
const maxDepth = 64;

interface Node {
  readonly value: unknown;
  readonly path: string;
  readonly depth: number;
}

/**
 * Refuses what no part of the system may meet: too deep nesting, the character NUL, keys that reach a prototype.
 * Walks with a list of its own, because nesting is exactly what cannot be trusted.
 *
 * @throws AppError `validation_error`.
 */
export function assertSafeJson(root: unknown): void {
  const open: Node[] = [{ value: root, path: '', depth: 0 }];
  for (let node = open.pop(); node; node = open.pop()) {
    const { value, path, depth } = node;
    if (typeof value === 'string') assertText(value, path);
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= maxDepth) throw invalid({ path, message: `Nested deeper than ${maxDepth} levels.` });
    for (const key of Object.keys(value)) {
      assertKey(key, path);
      open.push({ value: (value as Record<string, unknown>)[key], path: `${path}/${key}`, depth: depth + 1 });
    }
  }
}

/** Parses the text of a JSON body. @throws AppError `malformed_json`, `validation_error`. */
export function parseJsonBody(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('malformed_json', { cause });
  }
  assertSafeJson(value);
  return value;
}

function assertText(text: string, path: string): void {
  if (text.includes('\0')) throw invalid({ path, message: 'May not hold the character NUL.' });
}

function assertKey(key: string, path: string): void {
  if (key === '__proto__') throw invalid({ path: `${path}/${key}`, message: 'This key is not allowed.' });
  assertText(key, path);
}

function invalid(problem: FieldProblem): AppError {
  return new AppError('validation_error', { details: { fields: [{ ...problem, path: problem.path.slice(0, 500) }] } });
}
