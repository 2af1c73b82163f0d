import { testConnector, type HttpProbe } from '@patchbay/connector-testkit';
import { connector } from '../src/index.ts';

const secret = 'planted-http-secret/1';
const probe = (operation: string, connection: NonNullable<HttpProbe['connection']>): HttpProbe => ({
  operation,
  input: (baseUrl) => ({ url: `${baseUrl}/things` }),
  connection,
});

testConnector(connector, {
  testUrl: import.meta.url,
  http: [
    probe('get', () => ({ authType: 'api_key', credentials: { api_key: secret } })),
    probe('getRecords', () => ({ authType: 'bearer', credentials: { token: secret } })),
    probe('request', () => ({ authType: 'bearer', credentials: { token: secret } })),
    probe('requestWithKey', () => ({
      authType: 'basic',
      credentials: { password: secret },
      config: { username: 'ada' },
    })),
  ],
});
