import { connect } from 'node:net';
import { operationError, type OperationContext } from '@patchbay/connector-sdk';
import { createTransport, type Transporter } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import { toOperationError } from './errors.ts';

/** A transport to one mail server. */
export type MailTransport = Transporter<SMTPTransport.SentMessageInfo, SMTPTransport.Options>;

const encryptions: Readonly<Record<string, Pick<SMTPTransport.Options, 'secure' | 'requireTLS' | 'ignoreTLS'>>> = {
  starttls: { secure: false, requireTLS: true },
  tls: { secure: true },
  none: { secure: false, ignoreTLS: true },
};
const greetingTimeoutMs = 20_000;
const socketTimeoutMs = 120_000;

/**
 * Uses the mail server of the connection for one piece of work and closes it. Fails with the error the server's answer
 * means; an abort closes the socket at once.
 */
export async function withTransport<Result>(
  context: OperationContext,
  work: (transport: MailTransport) => Promise<Result>,
): Promise<Result> {
  const transport = createTransport(toOptions(context));
  try {
    return await work(transport);
  } catch (failure) {
    throw toOperationError(failure);
  } finally {
    transport.close();
  }
}

function toOptions({ credentials, signal }: OperationContext): SMTPTransport.Options {
  const { host = '', port = '587', security = 'starttls', user = '', password = '' } = credentials;
  const encryption = Object.hasOwn(encryptions, security) ? encryptions[security] : undefined;
  if (encryption === undefined) {
    throw operationError('operation_input_invalid', {
      message: 'Encryption must be starttls, tls or none.',
      details: { wasSent: false },
    });
  }
  return {
    host,
    port: Number(port),
    ...encryption,
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    // The content of a mail comes from the flow; it must not make this process read files or call addresses.
    disableFileAccess: true,
    disableUrlAccess: true,
    greetingTimeout: greetingTimeoutMs,
    socketTimeout: socketTimeoutMs,
    // An own socket, because nodemailer's cannot be aborted.
    getSocket: (_options, callback) => {
      const socket = connect({ host, port: Number(port), signal });
      socket.once('error', (error) => {
        callback(error, false);
      });
      socket.once('connect', () => {
        socket.removeAllListeners('error');
        callback(null, { connection: socket });
      });
    },
  };
}
