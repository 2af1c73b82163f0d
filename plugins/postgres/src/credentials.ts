import { operationError, type ConnectorProfile, type OperationContext } from '@patchbay/connector-sdk';
import type { PoolConfig } from 'pg';

/** What a person fills in to connect. */
export const auth: ConnectorProfile['auth'] = [
  {
    type: 'custom',
    fields: [
      { name: 'host', label: 'Host', type: 'string', help: 'Name or address of the database server.' },
      { name: 'port', label: 'Port', type: 'string', default: '5432' },
      { name: 'database', label: 'Database', type: 'string' },
      { name: 'user', label: 'User', type: 'string' },
      { name: 'password', label: 'Password', type: 'password' },
      {
        name: 'ssl_mode',
        label: 'Encryption',
        type: 'string',
        default: 'disable',
        help: 'disable: none. require: encrypted, any certificate. verify-full: encrypted, and the certificate must be valid for the host.',
      },
    ],
  },
];

const sslModes: Readonly<Record<string, PoolConfig['ssl']>> = {
  disable: false,
  require: { rejectUnauthorized: false },
  'verify-full': { rejectUnauthorized: true },
};

/** The driver's settings for a connection. Throws `operation_input_invalid` for a port or an encryption it does not know. */
export function toPoolConfig(credentials: OperationContext['credentials']): PoolConfig {
  const { host, port = '5432', database, user, password, ssl_mode: sslMode = 'disable' } = credentials;
  const ssl = Object.hasOwn(sslModes, sslMode) ? sslModes[sslMode] : undefined;
  const portNumber = Number(port);
  if (ssl === undefined) throw invalid('Encryption must be disable, require or verify-full.');
  if (!Number.isInteger(portNumber) || portNumber < 1 || portNumber > 65_535) {
    throw invalid('The port must be a number from 1 to 65535.');
  }
  return { host, port: portNumber, database, user, password, ssl };
}

function invalid(message: string): Error {
  return operationError('operation_input_invalid', { message, details: { wasSent: false } });
}
