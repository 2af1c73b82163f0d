import { testConnector } from '@patchbay/connector-testkit';
import { connector } from '../src/index.ts';

testConnector(connector, {
  testUrl: import.meta.url,
  silence: [
    {
      operation: 'ping',
      input: () => ({}),
      connection: ({ port }) => ({
        credentials: { password: 'planted-postgres-secret' },
        config: { host: '127.0.0.1', port: String(port), database: 'd', user: 'u' },
      }),
    },
  ],
});
