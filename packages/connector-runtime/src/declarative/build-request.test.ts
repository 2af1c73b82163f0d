import { isAppError } from '@patchbay/errors';
import type { ConnectorManifest, Operation } from '@patchbay/manifest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aManifest } from '../../test/call-fixture.ts';
import { buildRequest, type BuiltRequest } from './build-request.ts';

const text = { type: 'string' };
const manifest: ConnectorManifest = aManifest({
  operations: [
    {
      name: 'op',
      title: 'Op',
      effect: 'keyed',
      input: { type: 'object', properties: { id: text, q: text, name: text, h: text }, required: ['id'] },
      output: {},
      request: {
        method: 'POST',
        path: '/a/{id}/b',
        parameters: [
          { name: 'id', location: 'path' },
          { name: 'q', location: 'query' },
          { name: 'name', location: 'body' },
          { name: 'h', location: 'header', wireName: 'x-h' },
        ],
      },
    },
  ],
});

/** The request, or undefined when the input was refused. Any other failure fails the test. */
async function build(input: Record<string, string>): Promise<BuiltRequest | undefined> {
  const operation = manifest.operations[0] as Operation;
  const { request } = operation;
  if (request === undefined) throw new Error('the fixture has a request');
  const values = { url: 'https://api.example.com/v1' };
  try {
    return await buildRequest({ manifest, operation, request, input, values, idempotencyKey: 'k' });
  } catch (error) {
    if (isAppError(error) && error.code === 'operation_input_invalid') return undefined;
    throw error;
  }
}

describe('buildRequest', () => {
  it('keeps any value in its place: it changes neither host nor path nor other fields', async () => {
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('..', '%2e%2e', '/', '?x=1', '#', '\\'),
    );
    await fc.assert(
      fc.asyncProperty(value, value, value, async (id, q, name) => {
        const built = await build({ id, q, name });
        if (built === undefined) return;
        const { url } = built;
        const segments = url.pathname.split('/');
        expect([url.origin, url.hash, segments.length]).toEqual(['https://api.example.com', '', 5]);
        expect(decodeURIComponent(segments[3] ?? '')).toBe(id.toWellFormed());
        expect([...url.searchParams]).toEqual([['q', q.toWellFormed()]]);
        expect(JSON.parse(Buffer.from(built.body ?? []).toString())).toEqual({
          name: JSON.parse(JSON.stringify(name.toWellFormed())),
        });
      }),
      { numRuns: 500 },
    );
  });

  it('lets only what a header can carry into a header', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (h) => {
        const value = (await build({ id: '1', h }))?.headers['x-h'];
        if (value !== undefined) expect(value).toMatch(/^[\t -~\u0080-\u00ff]*$/);
      }),
    );
  });
});
