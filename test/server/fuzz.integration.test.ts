import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { routes, type RouteDefinition, type RouteId } from '@patchbay/api-contract';
import { arbitraryFlowDocument } from '@patchbay/flow-model/testing';
import { z } from 'zod';
import { weatherBody } from '../connectors-api/connector-bodies.ts';
import { greetingDocument, startServerHarness, type Answer, type ServerHarness } from './server-harness.ts';

/** Calls per route. Raise it by hand to look for more. */
const callsPerRoute = 60;
/** Of routes that read a description in a thread of its own each time. */
const callsPerImport = 15;

let server: ServerHarness;
let token: string;
let tenantId: string;
/** Something of each kind that exists, so that calls come past the first look-up. */
let known: Record<string, string>;

beforeAll(async () => {
  server = await startServerHarness();
  token = (await server.makeTenant('Fuzz', { platformAdmin: true })).tokens.enterprise_admin;
  // Not the tenant of the caller: what it may do must not change meanwhile.
  tenantId = (await server.makeTenant('Changed')).id;
}, 60_000);
afterAll(() => server.stop());

beforeEach(async () => {
  const flow = await server.call('createFlow', { token, body: { document: greetingDocument('manual') } });
  await server.call('publishFlow', { token, params: { id: flow.body._id }, body: {} });
  const run = await server.call('startRun', { token, body: { flowId: flow.body._id, input: { name: 'A' } } });
  const name = `Fuzz ${flow.body._id}`;
  const connection = await server.call('createConnection', {
    token,
    body: { name, connector: 'worldbank', credentials: {} },
  });
  const connector = await server.call('createConnector', { token, body: { ...weatherBody, name } });
  const email = `${flow.body._id}@fuzz.example`;
  const user = await server.call('createUser', { token, body: { email, name: 'Fuzzed', role: 'viewer' } });
  known = {
    flow: flow.body._id,
    run: run.body._id,
    connection: connection.body._id,
    connector: connector.body._id,
    marketplace: 'worldbank',
    tenant: tenantId,
    user: user.body._id,
  };
});

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
  return fc.oneof({ weight: 14, arbitrary: fitting(schema, depth) }, { weight: 1, arbitrary: hostile });
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
      return fittingText(schema);
    case 'integer':
    case 'number':
      return fc.integer({
        min: Math.ceil((schema['minimum'] as number | undefined) ?? -5),
        max: Math.floor(Math.min((schema['maximum'] as number | undefined) ?? 500, 100_000)),
      });
    case 'boolean':
      return fc.boolean();
    default:
      return hostile;
  }
}

function fittingText(schema: JsonSchema): fc.Arbitrary<string> {
  if (schema['format'] === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString());
  if (schema['format'] === 'email') return fc.emailAddress();
  const min = (schema['minLength'] as number | undefined) ?? 0;
  const odd = fc.string({ unit: 'binary', minLength: min, maxLength: Math.max(min, 40) });
  return fc.oneof(odd, fc.constantFrom('greet', 'name', '-name', 'draft', 'a_valid_text_long_enough'));
}

/** A value with one part of it replaced by something hostile. */
function damaged(sound: unknown): fc.Arbitrary<unknown> {
  return fc.tuple(fc.nat(), hostile).map(([seed, value]) => {
    const copy = JSON.parse(JSON.stringify(sound)) as Record<string, unknown>;
    replacePart(copy, seed, value);
    return copy;
  });
}

/** A flow document that fits, or one with a hostile part. */
const documents: fc.Arbitrary<unknown> = fc.oneof(arbitraryFlowDocument(), damaged(greetingDocument('manual')));

const openApi = {
  openapi: '3.0.3',
  info: { title: 'Pets', version: '1' },
  servers: [{ url: 'https://pets.example/v1' }],
  paths: { '/pets/{id}': { get: { operationId: 'getPet', responses: { 200: { description: 'A pet.' } } } } },
};

/** Bodies that random values would hardly ever come near. */
const samples: Partial<Record<RouteId, unknown>> = {
  createConnector: weatherBody,
  updateConnector: { description: 'Changed.', operations: weatherBody.operations },
  importConnector: { content: 'name: Imported\nbase_url: https://imported.example\n' },
  importIntoConnector: { content: 'operation: imported\nmethod: GET\npath: /imported\n' },
  previewOpenApi: { source: { content: JSON.stringify(openApi) } },
  importOpenApi: { source: { content: JSON.stringify(openApi) } },
  importOpenApiInto: { source: { content: JSON.stringify(openApi) } },
  updateTenant: { features: { sdk_access: true }, limits: { custom_connectors: 3 } },
  createTenant: { id: 'fuzzed', name: 'Fuzzed' },
  updateUser: { role: 'developer' },
  createFlowBranch: { name: 'side' },
  checkoutFlowBranch: { branch: 'main' },
  createApiVersion: { version: '1.0.0', source_ref: 'main' },
};

function bodyOf(id: RouteId, schema: z.ZodType): fc.Arbitrary<unknown> {
  const random = near(schemaOf(schema, 'input'));
  const sample = samples[id];
  if (sample === undefined) return random;
  return fc.oneof(random, fc.constant(sample), damaged(sample));
}

function replacePart(node: Record<string, unknown>, seed: number, value: unknown): void {
  const keys = Object.keys(node);
  const key = keys[seed % keys.length] ?? 'extra';
  const child = node[key];
  const isInner = typeof child === 'object' && child !== null && Object.keys(child).length > 0;
  if (isInner && seed % 4 !== 0) replacePart(child as Record<string, unknown>, Math.floor(seed / 4), value);
  else node[key] = value;
}

/** Parts that a random value would hardly ever fit. */
const parts: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
  document: () => documents,
  text: () => documents.map((document) => JSON.stringify(document)),
  flowId: () => fc.constant({ known: 'flow' }),
  input: () => fc.oneof({ weight: 3, arbitrary: fc.constant({ name: 'A' }) }, { weight: 1, arbitrary: hostile }),
  connector: () => fc.constantFrom('worldbank', 'none'),
  step: () => fc.constantFrom('greet', 'answer', 'none'),
  operation: () => fc.constantFrom('get_current_weather', 'none'),
};

function fittingObject(schema: JsonSchema, depth: number): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>;
  if (depth > 4) return fc.constant({});
  const fields = Object.fromEntries(
    Object.entries(properties).map(([name, part]) => [name, parts[name]?.() ?? near(part, depth + 1)]),
  );
  const required = ((schema['required'] ?? []) as string[]).filter((name) => name in fields);
  const usual = fc.record(fields, { requiredKeys: required });
  const names = fc.oneof(fc.constantFrom('extra', 'constructor', 'toString'), fc.string({ maxLength: 10 }));
  const extra = fc.dictionary(names, hostile, { maxKeys: 1 });
  const extended = fc.tuple(usual, extra).map(([one, more]) => ({ ...one, ...more }));
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: extended });
}

/** A schema with its references put in place, as deep as values are made. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const root = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
  const definitions = (root['$defs'] ?? {}) as Record<string, JsonSchema>;
  const resolve = (node: unknown, depth: number): unknown => {
    if (typeof node !== 'object' || node === null || depth > 12) return Array.isArray(node) ? [] : node;
    if (Array.isArray(node)) return node.map((item) => resolve(item, depth + 1));
    const { $ref, $defs: _, ...own } = node as JsonSchema;
    const target = typeof $ref === 'string' ? (definitions[$ref.replace('#/$defs/', '')] ?? {}) : {};
    return Object.fromEntries(
      Object.entries({ ...target, ...own }).map(([key, value]) => [key, resolve(value, depth + 1)]),
    );
  };
  return resolve(root, 0) as JsonSchema;
}

/** Query and path are text on the wire. */
const textOf = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 3_000).toWellFormed();

interface FuzzCall {
  readonly params: Record<string, string>;
  readonly query: Record<string, string>;
  readonly body: unknown;
  readonly revision: string;
  readonly address: string;
}

function texts(schema: z.ZodType | undefined): fc.Arbitrary<Record<string, string>> {
  if (!schema) return fc.constant({});
  // What goes in is text; only what comes out says which text.
  const json = { ...schemaOf(schema, 'output'), required: [] };
  return near(json).map((fields) =>
    Object.fromEntries(
      Object.entries(typeof fields === 'object' ? (fields ?? {}) : {})
        .slice(0, 30)
        .map(([name, value]) => [name, textOf(value)]),
    ),
  );
}

const ids = fc.oneof(
  { weight: 8, arbitrary: fc.constant('known') },
  { weight: 1, arbitrary: fc.constantFrom('none', '../x', '%00', 'a\0', '𝕏', '__proto__', '?') },
);

function callOf(id: RouteId, route: RouteDefinition): fc.Arbitrary<FuzzCall> {
  const numbered = fc.oneof(
    fc.constantFrom('1', '1', '2', '0.1.0', '1.0.0'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  );
  return fc.record({
    params: fc.record({ id: ids, number: numbered, version: numbered }),
    query: texts(route.query),
    body: route.body ? bodyOf(id, route.body) : fc.constant(undefined),
    revision: fc.constantFrom('*', '*', '"1"', '1', 'x', '"999999999999"', ''),
    address: fc.ipV4(),
  });
}

/** They would wait for a worker that is not there; with real things they run in runs.integration.test.ts. */
const waitsForWorker: ReadonlySet<RouteId> = new Set(['testStep', 'testConnection', 'invokeConnection']);

async function send(id: RouteId, call: FuzzCall): Promise<Answer> {
  const thing = /^\/(\w+)\//.exec(routes[id].path[1])?.[1] ?? '';
  const isKnown = call.params['id'] === 'known' && !waitsForWorker.has(id);
  const params = { ...call.params, ...(isKnown && { id: known[thing] ?? 'none' }) };
  return server.call(id, {
    // Signing out for real would end what the other routes are called with.
    token: id === 'signOut' ? `pb_${call.revision}` : token,
    params,
    query: call.query,
    ...(call.body !== undefined && {
      body: JSON.stringify(call.body).replaceAll('{"known":"flow"}', JSON.stringify(known['flow'])),
    }),
    headers: { 'if-match': call.revision },
    address: call.address,
  });
}

/**
 * Routes that random input does not open: they need a secret, a worker, another stage, or a thing that is used up by the
 * first call.
 */
const closed: ReadonlySet<RouteId> = new Set([
  'signOut',
  'testStep',
  'testConnection',
  'signIn',
  'signInByLink',
  'setPassword',
  'createSignInLink',
  'deleteToken',
  'createUser',
  'invokeConnection',
  'testConnector',
  'fetchRecords',
  'enableConnector',
  'publishConnector',
  'republishConnector',
  'unpublishConnector',
  'createConnectorVersion',
  'prereleaseVersion',
  'reviewVersion',
  'blockVersion',
  'unblockVersion',
  'deprecateVersion',
  'retireVersion',
  'deployApiVersion',
  'publishApiVersion',
  'republishApiVersion',
]);
const fuzzed = Object.entries(routes) as [RouteId, RouteDefinition][];

describe('bad input', () => {
  it.each(fuzzed)('%s never answers 500', async (id, route) => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(callOf(id, route), async (call) => {
        const answer = await send(id, call);
        expect(answer.status).not.toBe(500);
        if (answer.status < 300) accepted += 1;
        if (answer.status >= 400)
          expect(answer.body).toMatchObject({ status: answer.status, error: { code: expect.any(String) as string } });
      }),
      { numRuns: id.includes('OpenApi') ? callsPerImport : callsPerRoute, seed: 20_261_121 },
    );
    // A fuzz that never gets past the door proves nothing about the rooms behind it.
    if (!closed.has(id)) expect(accepted).toBeGreaterThan(0);
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
      hostile.map((value) => Buffer.from(JSON.stringify(value))),
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
