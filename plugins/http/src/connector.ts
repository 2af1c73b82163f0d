import { defineConnector } from '@patchbay/connector-sdk';
import { auth } from './credentials.ts';
import { get } from './operations/get.ts';
import { getRecords } from './operations/get-records.ts';
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
  operations: [get, getRecords, request, requestWithKey],
  processors: [
    {
      name: 'http',
      title: 'Records of an HTTP API',
      description:
        'Reads a list of records and follows its pages: Link header, address in the answer, or page numbers.',
      operation: getRecords,
      recordsPointer: '/records',
      page: { cursorPointer: '/cursor', cursorField: 'cursor' },
    },
  ],
  changelog: [
    { version: '0.1.0', kind: 'feature', text: 'First version: get, getRecords, request and requestWithKey.' },
  ],
});
