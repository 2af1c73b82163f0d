/** Imported operations are called for real, against a mock of the description they come from. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenApiPreview, TestOperationResult } from '@patchbay/api-contract/client';
import type { OperationDefinition } from '@patchbay/manifest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthoring, type Authoring } from './authoring.ts';
import { mockDescription } from './mock-description.ts';
import { pathInPackage, type PublicDescription } from './openapi-sources.ts';
import { startPrism } from './prism-mock.ts';
import { sampleOf } from './sample-input.ts';

let on: Authoring;
let folder = '';

beforeAll(async () => {
  on = await startAuthoring();
  folder = await mkdtemp(join(tmpdir(), 'patchbay-prism-'));
});
afterAll(async () => {
  await on.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly key: string;
  readonly ok: boolean;
  readonly said: unknown;
}

interface MockedImport {
  readonly file: string;
  readonly auth: object;
  readonly credentials: Record<string, string>;
  /** Takes every n-th operation; default all. */
  readonly every?: number;
}

/** Imports a description, points it at its mock, and calls its operations through the builder's test. */
async function callAll({ file, auth, credentials, every = 1 }: MockedImport): Promise<Outcome[]> {
  const content = await readFile(file, 'utf8');
  const preview = (await on.server.call('previewOpenApi', { token: on.author, body: { source: { content } } }))
    .body as unknown as OpenApiPreview;
  const usable = preview.operations.flatMap(({ key, operation }) => (operation ? [{ key, operation }] : []));
  const chosen = usable.filter((_, index) => index % every === 0);
  const mock = await startPrism(file);
  try {
    const body = { source: { content }, operations: chosen.map(({ key }) => key), take_identity: false };
    const made = await on.server.call('importOpenApi', { token: on.author, body });
    expect(made.status, JSON.stringify(made.body)).toBe(200);
    const id = made.body._id;
    expect((await on.put(id, { base_url: mock.url, auth_scheme: auth })).status).toBe(200);
    const outcomes: Outcome[] = [];
    for (const { key, operation } of chosen) outcomes.push(await callOne({ id, key, operation, credentials }));
    return outcomes;
  } finally {
    await mock.stop();
  }
}

interface OneCall {
  readonly id: string;
  readonly key: string;
  readonly operation: OperationDefinition;
  readonly credentials: Record<string, string>;
}

async function callOne({ id, key, operation, credentials }: OneCall): Promise<Outcome> {
  const answer = await on.server.call('testConnector', {
    token: on.author,
    params: { id },
    body: { operation: operation.name, input: inputOf(operation), credentials },
  });
  const result = answer.body as unknown as TestOperationResult;
  const hasAnswer = operation.response_schema !== undefined;
  // Where no successful answer is described the mock makes up an error; where it refuses a request it says so.
  const ok = result.ok || (isAnswered(result) && !hasAnswer);
  return { key, ok, said: ok ? undefined : answer.body };
}

function isAnswered({ status, body }: TestOperationResult): boolean {
  return (
    status !== undefined && body !== undefined && !JSON.stringify(body).includes('https://stoplight.io/prism/errors#')
  );
}

function inputOf({ parameters, body }: OperationDefinition): Record<string, unknown> {
  const fields = parameters
    .filter(({ required, schema }) => required || schema?.['type'] !== 'object')
    .map((parameter) => [parameter.name, parameter.default ?? sampleOf(parameter.schema ?? { type: parameter.type })]);
  return { ...(Object.fromEntries(fields) as object), ...(body && { body: sampleOf(body.schema) }) };
}

const failed = (outcomes: readonly Outcome[]): Outcome[] => outcomes.filter(({ ok }) => !ok);
const noAuth = { type: 'none', credential_schema: [] };
const keys = {
  type: 'api_key',
  credential_schema: [
    { name: 'key', label: 'Key', type: 'password' },
    { name: 'login', label: 'Login', type: 'password' },
  ],
  parameters: [
    { key: 'api_key', location: 'header', field: 'key' },
    { key: 'Authorization', location: 'header', field: 'login' },
  ],
};
const keyValues = { key: 'special-key', login: 'Bearer token' };

/** Swagger 2.0 may leave out what a body is; the mock then refuses every body, while JSON is meant. */
async function withContentType(path: string): Promise<string> {
  const text = await readFile(pathInPackage(['@readme/oas-examples', path]), 'utf8');
  const file = join(folder, path.replaceAll('/', '-'));
  const document = JSON.parse(text) as Record<string, unknown>;
  const consumes = 'swagger' in document ? { consumes: ['application/json'] } : {};
  await writeFile(file, JSON.stringify({ ...consumes, ...document }));
  return file;
}

describe('imported operations against a mock of their description', { timeout: 240_000 }, () => {
  it('call and validate: forms, files, deep objects, every style, recursion, allOf and oneOf', async () => {
    const file = join(folder, 'mock.json');
    await writeFile(file, JSON.stringify(mockDescription));
    const outcomes = await callAll({ file, auth: noAuth, credentials: {} });
    expect(failed(outcomes)).toEqual([]);
    expect(outcomes.length).toBe(10);
  });

  it('call and validate: all of the Petstore, Swagger 2.0 and OpenAPI 3.0', async () => {
    const petstores = [
      ['2.0/json/petstore-expanded.json', 4],
      ['2.0/json/petstore.json', 19],
      ['3.0/json/petstore.json', 19],
    ] as const;
    for (const [path, count] of petstores) {
      const file = await withContentType(path);
      const outcomes = await callAll({ file, auth: keys, credentials: keyValues });
      expect(failed(outcomes), path).toEqual([]);
      expect(outcomes.length, path).toBeGreaterThanOrEqual(count);
    }
  });

  const samples: readonly [PublicDescription['file'], Omit<MockedImport, 'file'>][] = [
    [['@readme/oas-examples', '3.0/json/star-trek.json'], { auth: noAuth, credentials: {}, every: 8 }],
    [['@readme/oas-examples', '3.1/json/train-travel.json'], { auth: keys, credentials: keyValues }],
    [['@netlify/open-api', 'dist/swagger.json'], { auth: keys, credentials: keyValues, every: 9 }],
  ];
  it.each(samples)('call and validate: a sample of %s', async (source, rest) => {
    const outcomes = await callAll({ file: pathInPackage(source), ...rest });
    expect(failed(outcomes)).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(5);
  });
});
