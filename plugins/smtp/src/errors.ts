import { operationError, type OperationErrorCode } from '@patchbay/connector-sdk';

/** What nodemailer adds to an error. */
interface MailError extends Error {
  readonly code?: string;
  /** Status of the SMTP server, for example 550. */
  readonly responseCode?: number;
  /** The SMTP command that failed. */
  readonly command?: string;
}

/** What a failure means and how to say it. */
interface Meaning {
  readonly code: OperationErrorCode;
  readonly message: string;
  readonly hint?: string;
}

const unreachableCodes = new Set(['ECONNECTION', 'ESOCKET', 'EDNS', 'ETIMEDOUT', 'ECONNREFUSED', 'ECONNRESET']);

/** The error a failure of the mail library means. What is no failure of it is returned as it is. */
export function toOperationError(failure: unknown): unknown {
  if (!(failure instanceof Error)) return failure;
  const { responseCode, command }: MailError = failure;
  const meaning = toMeaning(failure);
  if (meaning === undefined) return failure;
  const { code, message, hint } = meaning;
  // Only while the content is under way can a mail have been taken without an answer; a refusal is an answer.
  const wasSent = code === 'network_error' && command === 'DATA';
  return operationError(code, {
    message: `${message}: ${failure.message}`,
    ...(hint === undefined ? {} : { hint }),
    details: {
      wasSent,
      ...(responseCode === undefined ? {} : { responseCode }),
      ...(command === undefined ? {} : { command }),
    },
  });
}

function toMeaning({ code = '', responseCode = 0, command }: MailError): Meaning | undefined {
  if (code === 'ETLS' || command === 'STARTTLS') {
    const hint = 'Check port and encryption of the connection.';
    return { code: 'remote_bad_request', message: 'No encrypted connection to the mail server', hint };
  }
  // 4xx: the server asks to come back later, also while signing in.
  if (responseCode >= 400 && responseCode < 500) {
    return { code: 'remote_unavailable', message: 'The mail server refused for now' };
  }
  if (code === 'EAUTH') return { code: 'remote_unauthorized', message: 'The mail server refused to sign in' };
  if (responseCode >= 500) return { code: 'remote_bad_request', message: 'The mail server refused the mail' };
  if (unreachableCodes.has(code)) return { code: 'network_error', message: 'The mail server cannot be reached' };
  const isOurFault = code === 'EENVELOPE' || code === 'EMESSAGE';
  return isOurFault ? { code: 'remote_bad_request', message: 'The mail cannot be sent' } : undefined;
}
