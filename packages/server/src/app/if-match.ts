import { AppError } from '@patchbay/errors';

const revisionTag = /^(?:W\/)?"?(\d{1,10})"?$/;

/**
 * Reads `If-Match`: a revision (`"3"`, `W/"3"`, `3`) or `*` for "whatever it is". Absent gives undefined.
 *
 * @throws AppError `validation_error`.
 */
export function readIfMatch(header: string | undefined): number | '*' | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (text === '*') return '*';
  const revision = Number(revisionTag.exec(text)?.[1] ?? Number.NaN);
  if (Number.isSafeInteger(revision) && revision <= 2_147_483_647) return revision;
  const fields = [{ path: '/if-match', message: 'A revision in quotes, such as "3", or *.' }];
  throw new AppError('validation_error', { details: { fields } });
}
