import { operationError, type OperationErrorCode } from '@patchbay/connector-sdk';
import type { DatabaseError } from 'pg';

/** SQLSTATE, or the beginning of one, to our code; the longest match counts. */
const codeBySqlState: Readonly<Record<string, OperationErrorCode>> = {
  '08': 'network_error',
  '22': 'remote_bad_request',
  '23': 'remote_bad_request',
  '23505': 'remote_conflict',
  '23P01': 'remote_conflict',
  '28': 'remote_unauthorized',
  '3D000': 'remote_not_found',
  '40': 'remote_unavailable',
  '42': 'remote_bad_request',
  '42501': 'remote_forbidden',
  '53': 'remote_unavailable',
  '55P03': 'remote_unavailable',
  '57': 'remote_unavailable',
  '57014': 'operation_timeout',
  '58': 'remote_unavailable',
  XX: 'remote_unavailable',
};

/** The error a failure of the driver means. What is no failure of the driver is returned as it is. */
export function toOperationError(failure: unknown): unknown {
  if (!(failure instanceof Error)) return failure;
  if (isDatabaseError(failure)) return fromSqlState(failure);
  if (/timeout exceeded when trying to connect|timeout expired/i.test(failure.message)) {
    return operationError('network_error', {
      message: 'The database did not accept the connection in time.',
      details: { wasSent: false },
    });
  }
  if (/connection terminated|connection ended|not queryable/i.test(failure.message)) {
    return operationError('network_error', {
      message: 'The database closed the connection.',
      details: { wasSent: true },
    });
  }
  if (/does not support SSL/i.test(failure.message)) {
    return operationError('remote_bad_request', {
      message: 'The server does not support encryption.',
      hint: 'Set Encryption of the connection to disable.',
      details: { wasSent: false },
    });
  }
  return failure;
}

function isDatabaseError(failure: Error): failure is DatabaseError {
  return 'severity' in failure && 'code' in failure && typeof failure.code === 'string';
}

function fromSqlState(failure: DatabaseError): Error {
  const sqlState = failure.code ?? '';
  const code = codeBySqlState[sqlState] ?? codeBySqlState[sqlState.slice(0, 2)] ?? 'remote_bad_request';
  const { detail, constraint, table, column, position } = failure;
  const facts = { detail, constraint, table, column, position };
  return operationError(code, {
    message: `PostgreSQL: ${failure.message} (${sqlState})`,
    ...(sqlState === '25006' ? { hint: 'Use the operation Execute for statements that write.' } : {}),
    // The server answered, so the statement has not taken effect: a failed statement is rolled back.
    details: {
      sqlState,
      wasSent: false,
      ...Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)),
    },
  });
}
