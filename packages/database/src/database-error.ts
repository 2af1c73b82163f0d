import { AppError, isAppError, type AppErrorOptions, type ErrorCode } from '@patchbay/errors';

/** The fields of a failure that PostgreSQL or its driver reports. */
interface DriverError {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly message?: unknown;
}

/** SQLSTATE of values that PostgreSQL cannot hold: bad bytes, `\u0000` in jsonb, out of range. */
const unstorableStates = new Set(['22021', '22P05', '22P02', '22003', '22007', '22008']);

/** SQLSTATE classes that pass by themselves: connection, resources, operator intervention, rollback by deadlock. */
const passingClasses = new Set(['08', '53', '57', '58', '40', '55']);

const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);

/**
 * Translates what passes or what the caller must correct; everything else (a broken constraint, wrong SQL) stays as it is,
 * so that a repository can name its own code or the edge reports a bug.
 */
export function toDatabaseError(cause: unknown): unknown {
  if (isAppError(cause)) return cause;
  const { code, message } = cause as DriverError;
  const state = typeof code === 'string' ? code : '';
  if (unstorableStates.has(state)) {
    return new AppError('validation_error', {
      message: 'A value holds characters or numbers that cannot be stored.',
      cause,
    });
  }
  if (isConnectionFailure(state, message)) {
    return new AppError('service_unavailable', { message: 'The database does not answer right now.', cause });
  }
  return cause;
}

/** True if the connection cannot be used again: the server ended it or the socket is gone. */
export function isDeadConnection(cause: unknown): boolean {
  const { code, message } = cause as DriverError;
  const state = typeof code === 'string' ? code : '';
  return state !== '57014' && !/^(53|40|55)/.test(state) && isConnectionFailure(state, message);
}

function isConnectionFailure(state: string, message: unknown): boolean {
  if (socketCodes.has(state)) return true;
  if (state.length === 5) return passingClasses.has(state.slice(0, 2));
  return typeof message === 'string' && /connection (terminated|ended)|not queryable|timeout exceeded/i.test(message);
}

/** True if `error` is the violation of a unique constraint, of `constraint` if one is given. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const failure = (typeof error === 'object' && error !== null ? error : {}) as DriverError;
  return failure.code === '23505' && (constraint === undefined || failure.constraint === constraint);
}

/** True if `error` is the violation of a foreign key: the row is referred to, or refers to nothing. */
export function isForeignKeyViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && (error as DriverError).code === '23503';
}

/** Runs a write; a unique violation becomes the caller's code. */
export async function onUniqueViolation<Result>(
  write: PromiseLike<Result>,
  code: ErrorCode,
  options: Omit<AppErrorOptions, 'cause'> = {},
): Promise<Result> {
  try {
    return await write;
  } catch (cause) {
    if (isUniqueViolation(cause)) throw new AppError(code, { ...options, cause });
    throw cause;
  }
}
