import type { ConnectorProfile } from '@patchbay/connector-sdk';

/** What a person fills in to connect. */
export const auth: ConnectorProfile['auth'] = [
  {
    type: 'custom',
    fields: [
      { name: 'host', label: 'Host', type: 'string', help: 'Name or address of the mail server.' },
      { name: 'port', label: 'Port', type: 'string', default: '587' },
      {
        name: 'security',
        label: 'Encryption',
        type: 'string',
        default: 'starttls',
        help: 'starttls: from the greeting on (port 587). tls: from the first byte (port 465). none: only for servers in your own network.',
      },
      {
        name: 'from',
        label: 'Sender',
        type: 'string',
        required: false,
        help: 'Used when a step gives no sender, for example Shop <shop@example.com>.',
      },
      { name: 'user', label: 'User', type: 'string', required: false },
      { name: 'password', label: 'Password', type: 'password', required: false },
    ],
  },
];
