import { defineOperation } from '@patchbay/connector-sdk';
import { z } from 'zod';
import { readRecords } from '../read-records.ts';
import { commonFields, requestUi } from '../request-schema.ts';

const pointer = z.string().max(500);

/** Reads a list of records page by page; the data processor of this connector. */
export const getRecords = defineOperation({
  name: 'getRecords',
  title: 'Get records page by page',
  description: 'Reads a list of records from an HTTP API, one page per call. Later pages must lie on the same host.',
  effect: 'read',
  input: z.strictObject({
    url: commonFields.url,
    query: commonFields.query,
    headers: commonFields.headers,
    recordsPointer: pointer.default('').meta({
      title: 'Records pointer',
      description: 'JSON pointer to the list in the answer, for example /data/items; empty: the answer is the list.',
    }),
    paging: z.enum(['none', 'link_header', 'next_url', 'page_number']).default('none').meta({
      title: 'Paging',
      description:
        'link_header: the header Link with rel="next". next_url: the answer holds the address. page_number: counted until a page is empty.',
    }),
    nextPointer: pointer.optional().meta({
      title: 'Next pointer',
      description: 'For next_url: JSON pointer to the address of the next page, for example /links/next.',
    }),
    pageParameter: z.string().min(1).max(120).default('page').meta({
      title: 'Page parameter',
      description: 'For page_number: query parameter that takes the number.',
    }),
    firstPage: z.int().min(0).default(1).meta({ title: 'First page', description: 'For page_number.' }),
    pageSize: z.int().min(1).max(100_000).optional().meta({
      title: 'Records per page',
      description: 'For page_number: a page with fewer records is the last one. It is not sent; put it into the query.',
    }),
    cursor: z.string().max(8_000).optional().meta({
      title: 'Cursor',
      description: 'From the page before; empty for the first page.',
    }),
  }),
  output: z.strictObject({
    status: z.int().meta({ title: 'Status' }),
    records: z.array(z.unknown()).meta({ title: 'Records' }),
    cursor: z.string().optional().meta({ title: 'Cursor', description: 'Absent on the last page.' }),
  }),
  ui: {
    '/query': requestUi['/query'],
    '/headers': requestUi['/headers'],
    '/firstPage': { isAdvanced: true },
    '/pageSize': { isAdvanced: true },
    '/cursor': { isAdvanced: true },
  },
  samples: [
    {
      input: { url: 'https://api.example.com/orders', recordsPointer: '/items', paging: 'link_header' },
      output: { status: 200, records: [{ id: 1 }], cursor: 'https://api.example.com/orders?page=2' },
    },
  ],
  run: (input, context) => readRecords(context, input),
});
