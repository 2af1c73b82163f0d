import type { FieldProblem } from '@patchbay/errors';
import { escapePointer } from '../expression/evaluate.ts';

const maxProblems = 50;

/**
 * Texts that cannot be stored or hashed, keys among them: half a character (a surrogate alone) or NUL. The value must not
 * be deeper than `documentLimits.maxJsonDepth`.
 */
export function textProblems(json: unknown, path = ''): FieldProblem[] {
  if (typeof json === 'string')
    return isClean(json) ? [] : [{ path, message: 'The text holds NUL or half a character.' }];
  if (typeof json !== 'object' || json === null) return [];
  const problems = Object.entries(json).flatMap(([key, value]) =>
    isClean(key)
      ? textProblems(value, `${path}/${escapePointer(key)}`)
      : [{ path, message: 'The name of a field holds NUL or half a character.' }],
  );
  return problems.slice(0, maxProblems);
}

const isClean = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
