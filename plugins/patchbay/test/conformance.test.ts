import { testConnector } from '@patchbay/connector-testkit';
import { connector } from '../src/index.ts';

testConnector(connector, {
  testUrl: import.meta.url,
  http: [
    {
      operation: 'startRun',
      input: () => ({ flowId: 'f1', input: { order: 7 } }),
      connection: (url) => ({ credentials: { token: 'planted-patchbay-token' }, config: { url } }),
    },
  ],
});
