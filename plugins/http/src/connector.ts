import { defineConnector } from '@patchbay/connector-sdk';
import { auth } from './credentials.ts';
import { get } from './operations/get.ts';
import { request } from './operations/request.ts';
import { requestWithKey } from './operations/request-with-key.ts';

/** Calls any HTTP API. */
export const connector = defineConnector({
  slug: 'http',
  name: 'HTTP',
  description: 'Calls any HTTP API: any method, headers, query and body.',
  tile: 'blue',
  category: 'Core',
  tags: ['http', 'rest', 'api', 'webhook', 'request'],
  runtime: 'node',
  egress: { isUserProvided: true },
  auth,
  operations: [get, request, requestWithKey],
  changelog: [{ version: '0.1.0', kind: 'feature', text: 'First version: get, request and requestWithKey.' }],
});
