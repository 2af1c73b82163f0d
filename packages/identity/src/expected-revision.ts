import { AppError } from '@patchbay/errors';

/** What `If-Match` said: a revision, `*` for whatever is there, or nothing. */
export type ExpectedRevision = number | '*' | undefined;

/** Throws `revision_conflict` if the caller based the write on another revision. */
export function assertRevision(actual: number, expected: ExpectedRevision): void {
  if (typeof expected === 'number' && expected !== actual)
    throw new AppError('revision_conflict', { details: { revision: actual } });
}
