/** Import of OpenAPI and Swagger descriptions through the API: preview, a new connector, again into the same one. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connector, ImportedOperation, OpenApiPreview } from '@patchbay/api-contract/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../server/server-harness.ts';
import { fieldsOf, refusalOf, startAuthoring, type Authoring } from './authoring.ts';

let on: Authoring;
let files: Server;
let filesUrl = '';
const served = new Map<string, string>();

beforeAll(async () => {
  on = await startAuthoring();
  files = createServer((request, response) => {
    const text = served.get(request.url ?? '');
    response.writeHead(text === undefined ? 404 : 200).end(text);
  });
  await new Promise<void>((resolve) => files.listen(0, '127.0.0.1', resolve));
  filesUrl = `http://127.0.0.1:${String((files.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  files.close();
  await on.stop();
});

type Paths = Record<string, Record<string, object>>;
const json = (schema: object): object => ({ description: 'ok', content: { 'application/json': { schema } } });
const listNotes = {
  operationId: 'listNotes',
  parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer' } }],
  responses: { 200: json({ type: 'array', items: { $ref: '#/components/schemas/Note' } }) },
};
const addNote = {
  operationId: 'addNote',
  requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Note' } } } },
  responses: { 201: json({ $ref: '#/components/schemas/Note' }) },
};
const basePaths: Paths = { '/notes': { get: listNotes, post: addNote, head: { responses: {} } } };

function notes(paths: Paths = basePaths): string {
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Notes', version: '1.0', description: 'Keeps notes.' },
    servers: [{ url: 'https://notes.example.com/v1' }],
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Note: {
          type: 'object',
          properties: {
            text: { type: 'string' },
            replies: { type: 'array', items: { $ref: '#/components/schemas/Note' } },
          },
        },
      },
    },
    paths,
  });
}

const preview = (source: object, connector?: string, token = on.author): Promise<Answer> =>
  on.server.call('previewOpenApi', { token, body: { source, ...(connector !== undefined && { connector }) } });
const importNew = (body: object, token = on.author): Promise<Answer> =>
  on.server.call('importOpenApi', { token, body });
const importInto = (id: string, body: object): Promise<Answer> =>
  on.server.call('importOpenApiInto', { token: on.author, params: { id }, body });

async function made(body: object): Promise<string> {
  const answer = await importNew(body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body._id;
}

async function changesOf(id: string, content: string): Promise<Record<string, ImportedOperation['change']>> {
  const answer = await preview({ content }, id);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  const { operations } = answer.body as unknown as OpenApiPreview;
  return Object.fromEntries(operations.map(({ key, change }) => [key, change]));
}

type Operations = {
  name: string;
  description: string;
  method: string;
  sample?: object;
  parameters: { name: string }[];
}[];
const operationsOf = async (id: string): Promise<Operations> => (await on.view(id))['operations'] as Operations;

describe('a new connector from a description', () => {
  it('is shown first and stored by nothing but the import', async () => {
    const before = await on.server.call('searchConnectors', { token: on.author, query: { query: 'Notes' } });
    const answer = await preview({ content: notes() });
    expect(answer.body).toMatchObject({
      format: 'openapi-3.0',
      name: 'Notes',
      base_url: 'https://notes.example.com/v1',
    });
    const after = await on.server.call('searchConnectors', { token: on.author, query: { query: 'Notes' } });
    expect(JSON.stringify(after.body['hits'])).toBe(JSON.stringify(before.body['hits']));
  });

  it('takes name, address, authentication and all operations that can be used', async () => {
    const id = await made({ source: { content: notes() } });
    expect(await on.view(id)).toMatchObject({
      stage: 'draft',
      name: 'Notes',
      description: 'Keeps notes.',
      base_url: 'https://notes.example.com/v1',
      auth_scheme: { type: 'bearer', credential_schema: [{ name: 'token', sensitive: true }] },
      operations: [
        { name: 'listNotes', method: 'GET', path: '/notes' },
        { name: 'addNote', method: 'POST', body: { content_type: 'application/json' } },
      ],
    });
    const ready = await on.server.call('readyConnector', { token: on.author, params: { id } });
    expect(ready.status, JSON.stringify(ready.body)).toBe(200);
  });

  it('takes only what was chosen, and says what cannot be', async () => {
    const id = await made({ source: { content: notes() }, operations: ['POST /notes'], take_identity: false });
    expect(await on.view(id)).toMatchObject({ base_url: '', operations: [{ name: 'addNote' }] });
    const refused = await importNew({ source: { content: notes() }, operations: ['HEAD /notes', 'GET /none'] });
    expect([refusalOf(refused), fieldsOf(refused)]).toEqual([
      [400, 'validation_error'],
      ['/operations/0', '/operations/1'],
    ]);
  });

  it('remembers for its authors where the operations came from and how many were left out', async () => {
    const source = { content: notes(), name: 'notes.json' };
    const id = await made({ source, operations: ['GET /notes'] });
    const read = async (token = on.author) =>
      (await on.server.call('getConnector', { token, params: { id } })).body._source as Partial<Connector>;
    expect((await read()).last_import).toEqual({
      ...{ source: 'notes.json', left_out: 2, at: expect.any(String), by: expect.any(String) },
    });
    const again = await importInto(id, { source: { content: notes() }, operations: ['GET /notes', 'POST /notes'] });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    expect((await read()).last_import).toMatchObject({ source: 'Notes 1.0', left_out: 1 });
  });

  it('makes connector and record together or not at all', async () => {
    const db = on.server.modules.database.connection;
    await db.raw(`alter table connector_imports add constraint test_check check (source_name <> 'refused')`);
    const body = { source: { content: notes(), name: 'refused' } };
    const count = async (): Promise<number> => (await db('connectors').count<{ count: string }[]>())[0]?.count as never;
    const id = await made({ source: { content: notes(), name: 'taken' }, operations: ['GET /notes'] });
    const before = await count();
    expect((await importNew(body)).status).toBe(500);
    expect((await importInto(id, body)).status).toBe(500);
    await db.raw('alter table connector_imports drop constraint test_check');
    expect(await count()).toBe(before);
    const { body: kept } = await on.server.call('getConnector', { token: on.author, params: { id } });
    expect(kept._source).toMatchObject({ operations: [{ path: '/notes' }], last_import: { source: 'taken' } });
  });

  it('reads YAML and JSON by address, with what it refers to', async () => {
    served.set(
      '/api/openapi.yaml',
      'openapi: 3.1.0\ninfo: {title: Served, version: 1}\nservers: [{url: /v2}]\npaths:\n  /a: {$ref: parts/a.json}\n',
    );
    served.set('/api/parts/a.json', JSON.stringify({ get: { operationId: 'getA', responses: {} } }));
    const answer = await preview({ url: `${filesUrl}/api/openapi.yaml` });
    expect(answer.body).toMatchObject({
      name: 'Served',
      base_url: `${filesUrl}/v2`,
      operations: [{ key: 'GET /a', operation: { name: 'getA' } }],
    });
    expect(refusalOf(await preview({ url: `${filesUrl}/none` }))).toEqual([503, 'network_error']);
  });
});

describe('a description again', { timeout: 180_000 }, () => {
  it('tells new, changed, same, edited and removed; keeps what was edited by hand', async () => {
    const id = await made({ source: { content: notes() } });
    expect(await changesOf(id, notes())).toEqual({
      'GET /notes': 'same',
      'POST /notes': 'same',
      'HEAD /notes': undefined,
    });
    const [list, add] = await operationsOf(id);
    await on.put(id, { operations: [list, { ...add, description: 'By hand.' }] });
    const next = notes({
      '/notes': {
        get: {
          ...listNotes,
          parameters: [...listNotes.parameters, { name: 'since', in: 'query', schema: { type: 'string' } }],
        },
        post: { ...addNote, summary: 'Add it' },
      },
      '/notes/{id}': { delete: { operationId: 'deleteNote', responses: {} } },
    });
    expect(await changesOf(id, next)).toEqual({
      'GET /notes': 'changed',
      'POST /notes': 'edited',
      'DELETE /notes/{id}': 'new',
    });
    const shown = (await preview({ content: next }, id)).body as unknown as OpenApiPreview;
    expect(shown.operations[0]?.changes).toEqual([
      { path: '/parameters/query since', before: null, after: expect.objectContaining({ name: 'since' }) as unknown },
    ]);
    expect((await importInto(id, { source: { content: next } })).status).toBe(200);
    const after = await operationsOf(id);
    expect(after.map(({ name, description }) => [name, description])).toEqual([
      ['listNotes', ''],
      ['addNote', 'By hand.'],
      ['deleteNote', ''],
    ]);
    expect(after[0]?.parameters.map(({ name }) => name)).toEqual(['limit', 'since']);
    const chosen = await importInto(id, { source: { content: next }, operations: ['POST /notes'] });
    expect([chosen.status, (await operationsOf(id))[1]?.description]).toEqual([200, '']);
    expect(await changesOf(id, next)).toEqual({
      'GET /notes': 'same',
      'POST /notes': 'same',
      'DELETE /notes/{id}': 'same',
    });
    const removed = (await preview({ content: notes() }, id)).body as unknown as OpenApiPreview;
    expect(removed.removed).toEqual(['deleteNote']);
  });

  it('keeps a new name, the sample and the identity of the connector', async () => {
    const id = await made({ source: { content: notes() } });
    const [list, add] = await operationsOf(id);
    const sample = { input: { limit: 1 } };
    await on.put(id, {
      name: 'My notes',
      base_url: 'https://other.example.com',
      operations: [{ ...list, name: 'allNotes', sample }, add],
    });
    const next = notes({ '/notes': { get: { ...listNotes, summary: 'All' }, post: addNote } });
    expect(await changesOf(id, next)).toEqual({ 'GET /notes': 'changed', 'POST /notes': 'same' });
    expect((await importInto(id, { source: { content: next } })).status).toBe(200);
    expect(await on.view(id)).toMatchObject({
      name: 'My notes',
      base_url: 'https://other.example.com',
      operations: [{ name: 'allNotes', display_name: 'All', sample }, { name: 'addNote' }],
    });
    expect((await importInto(id, { source: { content: next }, take_identity: true })).status).toBe(200);
    expect(await on.view(id)).toMatchObject({ name: 'Notes', base_url: 'https://notes.example.com/v1' });
  });

  it('fills what an empty connector has not, and does not overwrite a change that came in between', async () => {
    const id = await on.make({ name: 'Empty' });
    const stale = await on.server.call('importOpenApiInto', {
      token: on.author,
      params: { id },
      body: { source: { content: notes() } },
      headers: { 'if-match': '"99"' },
    });
    expect(refusalOf(stale)).toEqual([409, 'revision_conflict']);
    const answer = await importInto(id, { source: { content: notes() } });
    expect([answer.status, answer.body.revision]).toEqual([200, 2]);
    expect(await on.view(id)).toMatchObject({
      name: 'Empty',
      base_url: 'https://notes.example.com/v1',
      operations: [{}, {}],
    });
  });
});

describe('who may import, and what', { timeout: 180_000 }, () => {
  it('asks for the rights of an author, and hides what one does not see', async () => {
    const { tokens } = on.tenant;
    const source = { content: notes() };
    for (const role of ['developer', 'viewer'] as const) {
      expect(refusalOf(await preview(source, undefined, tokens[role]))).toEqual([403, 'forbidden_role']);
      expect(refusalOf(await importNew({ source }, tokens[role]))).toEqual([403, 'forbidden_role']);
    }
    const id = await made({ source });
    const other = await on.server.makeTenant('Other');
    const foreign = await preview(source, id, other.tokens.enterprise_admin);
    expect(refusalOf(foreign)).toEqual([404, 'connector_not_found']);
    expect(refusalOf(await preview({ ...source, url: 'https://example.com' }))).toEqual([400, 'validation_error']);
  });

  it('refuses private addresses, in the source and in references, and names the reference', async () => {
    expect(refusalOf(await preview({ url: 'http://169.254.169.254/openapi.json' }))).toEqual([403, 'egress_forbidden']);
    const content = notes({ '/x': { $ref: 'http://169.254.169.254/latest#/x' } as never });
    const refused = await preview({ content });
    expect(refusalOf(refused)).toEqual([403, 'egress_forbidden']);
    expect(JSON.stringify(refused.body)).toContain('http://169.254.169.254/latest');
    expect(refusalOf(await preview({ content: notes({ '/x': { $ref: 'file:///etc/passwd' } as never }) }))).toEqual([
      422,
      'import_unreadable',
    ]);
  });

  it('refuses bombs and texts beyond the limit with a clear error, and stays small', async () => {
    const levels = Array.from(
      { length: 40 },
      (_, level) => `l${String(level + 1)}: &l${String(level + 1)} [*l${String(level)}, *l${String(level)}]`,
    );
    const laughs = ['l0: &l0 [lol]', ...levels].join('\n');
    const before = process.memoryUsage().rss;
    for (const content of [
      laughs,
      '['.repeat(1_000_000),
      `{"a":${'{"a":'.repeat(1_000_000)}`,
      '- '.repeat(1_000_000),
    ]) {
      expect(refusalOf(await preview({ content }))).toEqual([422, 'import_too_complex']);
    }
    for (const content of ['openapi', '{"openapi":"9"}', '{']) {
      expect(refusalOf(await preview({ content }))).toEqual([422, 'import_unreadable']);
    }
    const fifty = JSON.stringify({ source: { content: 'x'.repeat(50_000_000) } });
    const large = await on.server.call('previewOpenApi', { token: on.author, body: fifty });
    expect(refusalOf(large)).toEqual([413, 'payload_too_large']);
    expect((process.memoryUsage().rss - before) / 1_000_000).toBeLessThan(400);
  });
});
