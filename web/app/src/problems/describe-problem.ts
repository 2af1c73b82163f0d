import { toAppError, type AppError, type ErrorKind } from '@patchbay/errors';
import type { IconName } from '../ui/icon/icon-names.ts';

/** An error in words for a person: what happened, why if known, what to do. */
export interface ProblemWords {
  readonly title: string;
  readonly reason: string;
  readonly todo: string;
  readonly code: string;
  readonly icon: IconName;
  /** The same call may work later: offer "Try again". */
  readonly canRetry: boolean;
}

const icons: Partial<Record<ErrorKind, IconName>> = {
  unauthenticated: 'lock',
  forbidden: 'lock',
  'not-found': 'search',
  gone: 'search',
  unavailable: 'server-off',
  timeout: 'server-off',
  bug: 'server-off',
};

const titles: Partial<Record<ErrorKind, string>> = {
  forbidden: 'You may not see this',
  'not-found': 'Not found',
  gone: 'Gone',
  unavailable: 'could not be loaded',
  timeout: 'could not be loaded',
  'rate-limited': 'Too many requests',
};

/**
 * The one place where an error becomes words on a screen. `subject` names what was wanted, for example "Runs".
 * Sentences come from the error table of `@patchbay/errors`; the server may have made them more exact.
 */
export function describeProblem(error: unknown, subject = 'This page'): ProblemWords {
  const problem = toAppError(error);
  const kindTitle = titles[problem.kind];
  const isLoading = kindTitle === undefined || kindTitle === 'could not be loaded';
  return {
    title: isLoading ? `${subject} could not be loaded` : kindTitle,
    reason: reasonOf(problem),
    todo: problem.hint,
    code: problem.code,
    icon: icons[problem.kind] ?? 'circle-alert',
    canRetry: problem.kind !== 'forbidden' && problem.kind !== 'not-found' && problem.kind !== 'gone',
  };
}

function reasonOf(problem: AppError): string {
  if (problem.code !== 'service_unavailable') return problem.message;
  return `${problem.message.replace(/\.?$/, '.')} Nothing is lost.`;
}

/** One sentence for a toast or a form: what happened and what to do. */
export function problemSentence(error: unknown): string {
  const problem = toAppError(error);
  const hint = problem.hint === '' || problem.message.includes(problem.hint) ? '' : ` ${problem.hint}`;
  return `${problem.message}${hint}`;
}

/** Messages of a validation error by JSON pointer, `''` for the whole; empty for any other error. */
export function fieldProblems(error: unknown): Readonly<Record<string, string>> {
  const { fields, missing } = toAppError(error).details as { fields?: unknown; missing?: unknown };
  const found: Record<string, string> = {};
  if (Array.isArray(fields)) {
    for (const field of fields as { path?: string; message?: string }[]) {
      if (typeof field.path === 'string') found[field.path] ??= field.message ?? 'This value is not valid.';
    }
  }
  if (Array.isArray(missing)) {
    for (const name of missing as string[]) found[`/credentials/${name}`] ??= 'This is needed.';
  }
  return found;
}
