import type { ConnectorProfile } from '@patchbay/connector-sdk';

const baseUrl = {
  name: 'base_url',
  label: 'Base URL',
  type: 'string' as const,
  required: false,
  help: 'Steps may then give only a path such as /orders. The credentials are sent to this address only.',
};
const password = (name: string, label: string) => ({ name, label, type: 'password' as const });

/** How a connection may sign its requests. Patchbay adds the credentials; this package never sees them. */
export const auth: ConnectorProfile['auth'] = [
  { type: 'none', fields: [baseUrl] },
  {
    type: 'api_key',
    parameter: 'X-API-Key',
    location: 'header',
    fields: [baseUrl, password('api_key', 'API key')],
  },
  {
    type: 'basic',
    fields: [baseUrl, { name: 'username', label: 'User name', type: 'string' }, password('password', 'Password')],
  },
  { type: 'bearer', fields: [baseUrl, password('token', 'Token')] },
];
