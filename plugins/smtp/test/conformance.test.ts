import { testConnector, type SilenceProbe } from '@patchbay/connector-testkit';
import { connector } from '../src/index.ts';

const connection: NonNullable<SilenceProbe['connection']> = ({ port }) => ({
  credentials: { password: 'planted-smtp-secret' },
  config: { host: '127.0.0.1', port: String(port), user: 'u', security: 'none' },
});

testConnector(connector, {
  testUrl: import.meta.url,
  silence: [
    { operation: 'verify', input: () => ({}), connection },
    {
      operation: 'sendMail',
      input: () => ({ from: 'a@example.com', to: ['b@example.com'], text: 'x' }),
      connection,
    },
  ],
});
