import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes, type RouteDefinition, type RouteId } from '@patchbay/api-contract';
import { arbitraryFlowDocument } from '@patchbay/flow-model/testing';
import { z } from 'zod';
import { greetingDocument, startServerHarness, type Answer, type ServerHarness } from './server-harness.ts';

/** Calls per route. Raise it by hand to look for more. */
const callsPerRoute = 60;

let server: ServerHarness;
let token: string;
let flowId: string;

beforeAll(async () => {
  server = await startServerHarness();
  token = (await server.makeTenant('Fuzz')).tokens.platform_admin;
  flowId = (await server.call('createFlow', { token, body: { document: greetingDocument('manual') } })).body._id;
}, 60_000);
afterAll(() => server.stop());

type JsonSchema = Record<string, unknown>;

/** Values that break readers: wrong types, huge, deep, odd text, keys that reach a prototype. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null, true, -1, 0, 1e308, 2 ** 53, '', '\0', 'a\0b', '\ud83d', '../../etc/passwd', "'; drop table flows; --", '%', '_', '\\',
    '{{ 1 }}', 'x'.repeat(100_000), [], {}, [[[[[]]]]], { __proto__: null }, { constructor: { prototype: {} } }, '2026-13-45T99:99:99Z',
  ), // prettier-ignore
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.double(),
  fc.jsonValue({ maxDepth: 5 }),
  // Deeper ones, which the reader of this file itself could not take, are in routes.integration.test.ts.
  fc.integer({ min: 10, max: 300 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
  fc.constant(JSON.parse('{"__proto__":{"polluted":true},"a":1}') as unknown),
);

/** Something near a value that fits the schema: most parts fit, some do not. */
function near(schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 5, arbitrary: fitting(schema, depth) }, { weight: 1, arbitrary: hostile });
}

function fitting(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const options = (schema['anyOf'] ?? schema['oneOf']) as JsonSchema[] | undefined;
  if (options) return fc.oneof(...options.map((option) => near(option, depth + 1)));
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  switch (schema['type']) {
    case 'object':
      return fittingObject(schema, depth);
    case 'array':
      return fc.array(near((schema['items'] ?? {}) as JsonSchema, depth + 1), { maxLength: 4 });
    case 'string':
      return fc.oneof(
        fc.string({ maxLength: 40 }),
        fc.constantFrom('greet', 'demo', 'a@b.example', '2026-11-21T00:00:00Z', 'x'),
      );
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: -5, max: 500 }), fc.double());
    case 'boolean':
      return fc.boolean();
    default:
      return hostile;
  }
}

function fittingObject(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  if (depth > 4) return fc.constant({});
  const parts = Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, near(part, depth + 1)]));
  const required = ((schema['required'] ?? []) as string[]).filter((name) => name in parts);
  const known = fc.record(parts, { requiredKeys: required });
  const extra = fc.dictionary(
    fc.oneof(fc.constantFrom('extra', 'constructor', 'toString'), fc.string({ maxLength: 10 })),
    hostile,
    { maxKeys: 1 },
  );
  return fc.oneof(
    { weight: 4, arbitrary: known },
    { weight: 1, arbitrary: fc.tuple(known, extra).map(([fields, more]) => ({ ...fields, ...more })) },
  );
}

const schemaOf = (schema: z.ZodType | undefined): JsonSchema | undefined =>
  schema && (z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema);

function withRefs(schema: JsonSchema | undefined): JsonSchema {
  return schema ?? {};
}

/** Query and path are text on the wire. */
const textOf = (value: unknown): string =>
  (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 3_000);

interface FuzzCall {
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  readonly body: unknown;
  readonly revision: string;
}

function callOf(route: RouteDefinition): fc.Arbitrary<FuzzCall> {
  const texts = (schema: z.ZodType | undefined) =>
    fc
      .record({ fields: schema ? fitting(withRefs(schemaOf(schema)), 0) : fc.constant({}) })
      .map(({ fields }) =>
        Object.fromEntries(Object.entries((fields ?? {}) as object).map(([name, value]) => [name, textOf(value)])),
      );
  const id = fc.oneof(
    { weight: 3, arbitrary: fc.constant('known') },
    { weight: 1, arbitrary: fc.constantFrom('none', '../x', '%00', 'a\0', '𝕏', '__proto__', '?') },
  );
  return fc.record({
    params: fc.tuple(texts(route.params), id).map(([params, known]) => ({ ...params, id: known })),
    query: texts(route.query),
    body: route.body ? near(withRefs(schemaOf(route.body))) : fc.constant(undefined),
    revision: fc.constantFrom('*', '"1"', '1', 'x', '"999999999999"', ''),
  });
}

async function send(id: RouteId, call: FuzzCall): Promise<Answer> {
  const params = { ...call.params, ...(call.params['id'] === 'known' && { id: flowId }) };
  return server.call(id, {
    token,
    params,
    query: call.query,
    ...(call.body !== undefined && { body: call.body }),
    headers: { 'if-match': call.revision },
  });
}

/** These would end what the others need, or wait for a worker that is not there. */
const skipped: ReadonlySet<RouteId> = new Set(['signOut', 'testStep', 'testConnection']);
const fuzzed = (Object.entries(routes) as [RouteId, RouteDefinition][]).filter(([id]) => !skipped.has(id));

describe('bad input', () => {
  it.each(fuzzed)('%s never answers 500', async (id, route) => {
    await fc.assert(
      fc.asyncProperty(callOf(route), async (call) => {
        const answer = await send(id, call);
        expect(answer.status).not.toBe(500);
        if (answer.status >= 400)
          expect(answer.body).toMatchObject({ status: answer.status, error: { code: expect.any(String) as string } });
      }),
      { numRuns: callsPerRoute, seed: 20_261_121 },
    );
  });

  it('saves, checks and exports any document of the right shape', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFlowDocument(), async (document) => {
        const saved = await server.call('createFlow', { token, body: { document } });
        expect(saved.status).toBe(200);
        const params = { id: saved.body._id };
        for (const id of ['validateFlow', 'getFlow', 'exportFlow', 'publishFlow'] as const) {
          const answer = await server.call(id, { token, params, ...(id === 'publishFlow' && { body: {} }) });
          expect([id, answer.status]).not.toEqual([id, 500]);
        }
      }),
      { numRuns: 40, seed: 20_261_121 },
    );
  });

  it('leaves the prototype alone and the server alive', async () => {
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((await server.app.inject({ url: '/healthz' })).statusCode).toBe(200);
  });
});

describe('bad webhook calls', () => {
  it('never answer 500', async () => {
    const path = await webhookPath();
    const types = fc.constantFrom(
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain',
      'application/xml',
      'image/png',
      '',
      ';;;',
      'application/json; charset=latin1',
    );
    const payloads = fc.oneof(
      fc.uint8Array({ maxLength: 500 }).map((list) => Buffer.from(list)),
      hostile.map((value) => Buffer.from(JSON.stringify(value) ?? '')),
    );
    const call = fc.record({
      type: types,
      payload: payloads,
      query: fc.webQueryParameters(),
      key: fc.string({ maxLength: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(call, async ({ type, payload, query, key }) => {
        const headers = { 'content-type': type, ...(/^[\x21-\x7e]+$/.test(key) && { 'idempotency-key': key }) };
        const response = await server.app.inject({ method: 'POST', url: `${path}?${query}`, headers, payload });
        expect(response.statusCode).not.toBe(500);
      }),
      { numRuns: 150, seed: 20_261_121 },
    );
  });
});

async function webhookPath(): Promise<string> {
  const { body } = await server.call('createFlow', { token, body: { document: greetingDocument({ reply: 'async' }) } });
  const params = { id: body._id };
  await server.call('publishFlow', { token, params, body: {} });
  const flow = (await server.call('getFlow', { token, params })).body._source as { webhook: { url: string } };
  return new URL(flow.webhook.url).pathname;
}
