import { realpath } from 'node:fs/promises';
import { isAbsolute, join, sep, win32 } from 'node:path';
import type { FileAccess } from '@patchbay/connector-sdk';
import { AppError } from '@patchbay/errors';

/** The `files` of an operation: paths inside of `root`, which is a real path. */
export function createFileAccess(root: string): FileAccess {
  return Object.freeze({ root, resolve: (path: string, field: string) => resolveInside(root, path, field) });
}

/** Node's permissions follow links out of the allowed folder, so the real path decides. */
async function resolveInside(root: string, path: string, field: string): Promise<string> {
  const problem = problemOf(path);
  if (problem !== undefined) throw fieldError(field, problem);
  const real = await realpath(join(root, path)).catch(() => undefined);
  if (real === undefined) throw fieldError(field, `There is no "${path}" among the files.`);
  if (real !== root && !real.startsWith(`${root}${sep}`)) {
    throw fieldError(field, `"${path}" is a link that leads out of the files.`);
  }
  return real;
}

/** The author's types promise a text, but a bundle may pass anything. */
function problemOf(path: unknown): string | undefined {
  if (typeof path !== 'string' || path.includes('\0')) return 'A path is a text.';
  if (isAbsolute(path) || win32.isAbsolute(path)) return `"${path}" must be relative to the folder of the files.`;
  return path.split(/[\\/]/).includes('..') ? `"${path}" leads out of the folder of the files.` : undefined;
}

function fieldError(field: string, message: string): AppError {
  return new AppError('operation_input_invalid', {
    message: `${field.slice(1).replaceAll('/', '.')}: ${message}`,
    details: { problems: [{ path: field, message }], wasSent: false },
  });
}
