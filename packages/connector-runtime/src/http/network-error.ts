import { AppError, isAppError, type ErrorCode } from '@patchbay/errors';

/** Failures before a connection stands: the remote cannot have seen the request. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
const afterSending = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'EPROTO',
]);

/**
 * The AppError of a failed exchange, or undefined when the failure is not one of the network. `details.wasSent` is false
 * when the remote certainly did not get the request, so that even a `once` operation may be repeated.
 */
export function toNetworkError(failure: unknown): AppError | undefined {
  if (isAppError(failure)) return failure;
  const reason = findSystemCode(failure);
  if (reason === undefined) return undefined;
  if (beforeSending.has(reason)) return networkError('network_error', reason, false);
  if (afterSending.has(reason) || reason.startsWith('HPE_')) return networkError('network_error', reason, true);
  return reason === 'UND_ERR_INVALID_ARG' ? networkError('operation_input_invalid', reason, false) : undefined;
}

function networkError(code: ErrorCode, reason: string, wasSent: boolean): AppError {
  const message =
    code === 'network_error'
      ? `The external system cannot be reached (${reason}).`
      : 'The address or a header of the request is not valid.';
  return new AppError(code, { message, details: { reason, wasSent } });
}

/** The `code` of an error, of its causes, or of the first of several errors (happy eyeballs). */
function findSystemCode(failure: unknown, depth = 0): string | undefined {
  if (typeof failure !== 'object' || failure === null || depth > 4) return undefined;
  const { code, cause, errors } = failure as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return findSystemCode(cause, depth + 1) ?? findSystemCode(Array.isArray(errors) ? errors[0] : undefined, depth + 1);
}
