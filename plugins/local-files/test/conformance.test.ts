import { testConnector } from '@patchbay/connector-testkit';
import { connector } from '../src/index.ts';

testConnector(connector, { testUrl: import.meta.url });
