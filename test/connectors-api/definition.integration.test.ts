/** The versioned part of a connector: authentication, operations, resilience; and what becomes of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectorManifest } from '@patchbay/manifest';
import { fieldsOf, refusalOf, startAuthoring, type Authoring } from './authoring.ts';
import { seedBody, weatherBody } from './connector-bodies.ts';
import { must, storePassedTests } from './lifecycle-fixture.ts';

let on: Authoring;

beforeAll(async () => {
  on = await startAuthoring();
});
afterAll(() => on.stop());

const field = { name: 'api_key', label: 'API Key', type: 'password' };
const operation = { name: 'get_it', display_name: 'Get it', method: 'GET', path: '/it' };
const withAuth = (auth_scheme: object) => on.create({ name: 'Authenticated', auth_scheme });
const withOperation = (over: object) => on.create({ name: 'Operating', operations: [{ ...operation, ...over }] });
const withParameter = (parameter: object) =>
  withOperation({ parameters: [{ name: 'q', location: 'query', ...parameter }] });
const firstOperation = async (id: string) => ((await on.view(id))['operations'] as Record<string, never>[])[0];
const readyManifest = async (body: object): Promise<ConnectorManifest> => {
  const id = await on.make(body);
  await must(on.server, on.author, { route: 'readyConnector', id });
  return (await on.view(id))['manifest'] as ConnectorManifest;
};

describe('authentication', () => {
  it.each([
    { type: 'none' },
    { type: 'api_key', credential_schema: [field], parameters: [{ key: 'X-API-Key' }] },
    { type: 'basic' },
    { type: 'bearer', credential_schema: [{ ...field, name: 'token' }] },
    { type: 'oauth2', grant_type: 'client_credentials' },
    { type: 'oauth2', grant_type: 'authorization_code' },
  ])('DI-15 DI-19 takes $type $grant_type', async (auth_scheme) => {
    const answer = await withAuth(auth_scheme);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    const source = await on.view(answer.body._id);
    expect(source).toMatchObject({ auth_scheme, authTypes: [auth_scheme.type] });
  });

  it.each([
    { type: 'ldap' },
    { type: 'oauth2', grant_type: 'password' },
    { type: 'api_key', parameters: [{ key: 'k', location: 'body' }] },
  ])('DI-15 DI-17 DI-19 refuses %j', async (auth_scheme) => {
    const answer = await withAuth(auth_scheme);
    expect(refusalOf(answer)).toEqual([400, 'validation_error']);
    expect(fieldsOf(answer)[0]).toMatch(/^\/auth_scheme/);
  });

  it.each([
    ['an empty name', [{ ...field, name: '' }], '/auth_scheme/credential_schema/0/name'],
    ['a name twice', [field, field], '/auth_scheme/credential_schema/1/name'],
    ['another type', [{ ...field, type: 'number' }], '/auth_scheme/credential_schema/0/type'],
    ['no label', [{ ...field, label: '' }], '/auth_scheme/credential_schema/0/label'],
  ])('DI-22 DI-24 a credential field may not have %s', async (_, credential_schema, path) => {
    expect(fieldsOf(await withAuth({ type: 'basic', credential_schema }))).toEqual([path]);
  });

  it('DI-21 DI-23 DI-26 DI-27 DI-31 keeps the fields in their order, and a password is always sensitive', async () => {
    const credential_schema = [
      {
        name: 'zone',
        label: 'Zone',
        type: 'string',
        required: false,
        sensitive: false,
        help: 'Where it is.',
        default: 'eu',
      },
      { ...field, sensitive: false, required: true },
    ];
    const { body } = await withAuth({ type: 'api_key', credential_schema });
    const { auth_scheme } = await on.view(body._id);
    const stored = (auth_scheme as { credential_schema: object[] }).credential_schema;
    expect(stored).toEqual([credential_schema[0], { ...credential_schema[1], sensitive: true }]);
    expect(Object.keys(stored[0] ?? {})).toEqual(Object.keys(credential_schema[0] ?? {}));
  });

  it('ZO-23 5.9 another type loses the configuration, after a yes', async () => {
    const id = await on.make({
      ...weatherBody,
      name: 'Changing',
      config: { token: 'x' },
      resilience: { timeout_s: 9 },
    });
    await storePassedTests(on.server, { id, slug: '' });
    const change = { auth_scheme: { type: 'basic' } };
    const before = await on.view(id);
    const refused = await on.put(id, change);
    expect(refusalOf(refused)).toEqual([409, 'auth_type_change_resets_configuration']);
    expect(await on.view(id)).toEqual(before);
    expect((await on.put(id, change, { confirm: 'true' })).status).toBe(200);
    const after = await on.view(id);
    expect(after).toMatchObject({
      auth_scheme: { type: 'basic', credential_schema: [] },
      ...{ operations: before['operations'], resilience: { timeout_s: 9 }, test_results: [], name: 'Changing' },
    });
    expect(after['config']).toBeUndefined();
  });

  it('ZO-22 ZO-26 ZO-27 is locked once the connector is ready', async () => {
    const oauth = {
      ...{ type: 'oauth2', grant_type: 'client_credentials', token_url: 'https://auth.example.com/t' },
      oauth_scopes: ['read', 'write'],
      credential_schema: [
        { name: 'client_id', label: 'Client ID', type: 'string' },
        { name: 'client_secret', label: 'Client secret', type: 'password' },
      ],
    };
    const id = await on.make({ ...weatherBody, name: 'Locked', auth_scheme: oauth });
    await must(on.server, on.author, { route: 'readyConnector', id });
    const type = { auth_scheme: { type: 'none' } };
    expect(refusalOf(await on.put(id, type))).toEqual([409, 'auth_type_locked']);
    expect(refusalOf(await on.put(id, type, { confirm: 'true' }))).toEqual([409, 'auth_type_locked']);
    const replaced = { ...weatherBody, name: 'Locked', ...type };
    expect(refusalOf(await on.put(id, replaced, { replace: 'true', confirm: 'true' }))).toEqual([
      409,
      'auth_type_locked',
    ]);
    for (const oauth_scopes of [['read'], ['read', 'Write'], []]) {
      expect(refusalOf(await on.put(id, { auth_scheme: { oauth_scopes } }))).toEqual([409, 'scopes_locked']);
    }
    expect((await on.put(id, { auth_scheme: { oauth_scopes: ['write', 'read', 'admin'] } })).status).toBe(200);
    expect(await on.view(id)).toMatchObject({ auth_scheme: { oauth_scopes: ['write', 'read', 'admin'] } });
  });
});

describe('operations', () => {
  it('DI-34 DI-37 there can be many, in their order', async () => {
    const operations = [operation, { ...operation, name: 'put_it', method: 'PUT', description: 'Puts it.' }];
    const id = await on.make({ name: 'Two', operations });
    expect((await on.view(id))['operations']).toMatchObject(operations);
  });

  it('DI-35 DI-36 has a name of its own and a display name', async () => {
    const twice = await on.create({ name: 'Twice', operations: [operation, operation] });
    expect([refusalOf(twice)[0], fieldsOf(twice)]).toEqual([400, ['/operations/1/name']]);
    expect(fieldsOf(await withOperation({ display_name: ' ' }))).toEqual(['/operations/0/display_name']);
    expect(fieldsOf(await withOperation({ name: 'Get it' }))).toEqual(['/operations/0/name']);
  });

  it.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH'])('DI-38 takes the method %s', async (method) => {
    expect(await firstOperation((await withOperation({ method })).body._id)).toMatchObject({ method });
  });

  it.each(['HEAD', 'get', ''])('DI-38 refuses the method "%s"', async (method) => {
    expect(fieldsOf(await withOperation({ method }))).toEqual(['/operations/0/method']);
  });

  it('DI-39 a path starts with a slash', async () => {
    expect(fieldsOf(await withOperation({ path: 'it' }))).toEqual(['/operations/0/path']);
  });

  it.each([
    ['DI-40', 'name', { name: '' }],
    ['DI-41', 'location', { location: 'cookie' }],
    ['DI-42', 'type', { type: 'date' }],
    ['DI-44', 'default', { required: true, default: 'x' }],
  ])('%s refuses a parameter with a wrong %s', async (_, name, parameter) => {
    const answer = await withParameter(parameter);
    expect([refusalOf(answer)[0], fieldsOf(answer)]).toEqual([400, [`/operations/0/parameters/0/${name}`]]);
  });

  it('DI-40 refuses one parameter twice in one place', async () => {
    const q = { name: 'q', location: 'query' };
    expect(fieldsOf(await withOperation({ parameters: [q, q] }))).toEqual(['/operations/0/parameters/1/name']);
    expect((await withOperation({ parameters: [q, { ...q, location: 'header' }] })).status).toBe(200);
  });

  it('DI-40 DI-41 DI-42 DI-43 DI-44 DI-45 parameters become the form of the step, in their order', async () => {
    const parameters = [
      { name: 'zeta', location: 'header', type: 'string' },
      { name: 'id', location: 'path', type: 'integer', required: true, description: 'Which one.' },
      { name: 'units', location: 'query', type: 'string', default: 'metric' },
      { name: 'ratio', location: 'body', type: 'number' },
      { name: 'all', location: 'query', type: 'boolean' },
    ];
    const operations = [{ ...operation, method: 'POST', path: '/it/{id}', parameters }];
    const manifest = await readyManifest({ ...weatherBody, name: 'Formed', operations });
    const { input, request } = manifest.operations[0] ?? {};
    const { properties, required } = input as { properties: Record<string, unknown>; required: string[] };
    expect(Object.entries(properties)).toEqual([
      ['zeta', { type: 'string' }],
      ['id', { type: 'integer', description: 'Which one.' }],
      ['units', { type: 'string', default: 'metric' }],
      ['ratio', { type: 'number' }],
      ['all', { type: 'boolean' }],
    ]);
    expect(required).toEqual(['id']);
    expect(request?.parameters.map(({ name, location }) => [name, location])).toEqual(
      parameters.map(({ name, location }) => [name, location]),
    );
  });

  it('DI-12 the package name holds the slug', async () => {
    const manifest = await readyManifest({ ...weatherBody, name: 'Packaged', slug: 'packaged' });
    expect(manifest).toMatchObject({ slug: 'packaged', id: expect.stringMatching(/^@.+\/conn-packaged$/) as string });
  });

  it('DI-47 DI-50 takes a response schema, with descriptions, or none', async () => {
    const response_schema = {
      type: 'object',
      properties: {
        name: { type: 'string', description: 'City name' },
        main: {
          type: 'object',
          properties: {
            temp: { type: 'number', description: 'Temperature' },
            humidity: { type: 'integer', description: 'Humidity %' },
          },
        },
      },
    };
    const id = (await withOperation({ response_schema })).body._id;
    expect(await firstOperation(id)).toMatchObject({ response_schema });
    const fields = await on.server.call('getOperationFields', {
      ...{ token: on.author, params: { id }, query: { operation: 'get_it' } },
    });
    expect(fields.body['fields']).toEqual([
      { path: 'name', type: 'string', description: 'City name' },
      { path: 'main', type: 'object' },
      { path: 'main.temp', type: 'number', description: 'Temperature' },
      { path: 'main.humidity', type: 'integer', description: 'Humidity %' },
    ]);
  });

  it('DI-48 suggests the fields of lists, references and combinations, and nothing without a schema', async () => {
    const response_schema = {
      $defs: { node: { type: 'object', properties: { id: { type: 'string' }, child: { $ref: '#/$defs/node' } } } },
      allOf: [
        { type: 'object', properties: { items: { type: 'array', items: { $ref: '#/$defs/node' } } } },
        { properties: { tags: { type: ['array', 'null'], items: { type: 'string' } } } },
      ],
    };
    const operations = [
      { ...operation, response_schema },
      { ...operation, name: 'blind' },
    ];
    const id = await on.make({ name: 'Suggesting', operations });
    const fieldsFor = async (name: string) => {
      const query = { operation: name };
      return on.server.call('getOperationFields', { token: on.author, params: { id }, query });
    };
    const fields = (await fieldsFor('get_it')).body['fields'] as unknown as { path: string; type: string }[];
    expect(fields.map(({ path, type }) => `${path} ${type}`)).toEqual([
      'items array',
      'items[].id string',
      'items[].child object',
      'tags array',
      'tags[] string',
    ]);
    expect((await fieldsFor('blind')).body['fields']).toEqual([]);
    expect(refusalOf(await fieldsFor('nothing'))).toEqual([422, 'operation_unknown']);
  });

  it.each([
    [{ type: 'strin' }, ''],
    [{ type: 'object', properties: { a: { pattern: '(' } } }, '/properties/a/pattern'],
    [{ $ref: 'https://example.com/schema' }, '/$ref'],
    [{ properties: [] }, '/properties'],
  ])('DI-47 refuses a broken response schema: %j', async (response_schema, place) => {
    const answer = await withOperation({ response_schema });
    expect(refusalOf(answer)).toEqual([400, 'validation_error']);
    const path = place === '' ? '/type' : place;
    expect(fieldsOf(answer)).toContain(`/operations/0/response_schema${path}`);
  });
});

describe('resilience', () => {
  it('DI-51 DI-52 DI-53 DI-54 DI-55 DI-56 DI-57 a new connector has the seven defaults', async () => {
    const resilience = {
      ...{ timeout_s: 30, max_retries: 3, retry_delay_s: 1, backoff: 'exponential', rate_limit_per_min: 60 },
      ...{ breaker_threshold: 5, breaker_recovery_s: 30 },
    };
    expect((await on.view(await on.make({ name: 'Default' })))['resilience']).toEqual(resilience);
  });

  it.each([
    ['timeout_s', -1],
    ['max_retries', 1.5],
    ['retry_delay_s', 'soon'],
    ['backoff', 'random'],
    ['rate_limit_per_min', -60],
    ['breaker_threshold', 0],
    ['breaker_recovery_s', '30'],
  ])('DI-54 DI-58 refuses %s: %s', async (name, value) => {
    const answer = await on.create({ name: 'Wrong', resilience: { [name]: value } });
    expect([refusalOf(answer)[0], fieldsOf(answer)]).toEqual([400, [`/resilience/${name}`]]);
  });

  it('DI-58 is what runs, in milliseconds', async () => {
    const resilience = { timeout_s: 2.5, max_retries: 0, retry_delay_s: 0.2, backoff: 'linear', breaker_recovery_s: 7 };
    const manifest = await readyManifest({ ...weatherBody, name: 'Timed', resilience });
    expect(manifest.resilience).toMatchObject({
      ...{ timeoutMs: 2_500, maxRetries: 0, retryDelayMs: 200, backoff: 'linear', circuitBreakerRecoveryMs: 7_000 },
    });
  });
});

describe('what runs', () => {
  it('a draft has no manifest; a ready one has, and an edit makes a new content of the same version', async () => {
    const id = await on.make({ ...weatherBody, name: 'Running' });
    expect((await on.view(id))['manifest']).toBeUndefined();
    await must(on.server, on.author, { route: 'readyConnector', id });
    const before = await on.view(id);
    expect((await on.put(id, { base_url: 'https://api.example.org' })).status).toBe(200);
    const after = await on.view(id);
    expect(after).toMatchObject({
      version: before['version'],
      stage: 'ready',
      manifest: { baseUrl: 'https://api.example.org' },
    });
    expect(after['integrity']).not.toBe(before['integrity']);
    expect((after['versions'] as { revision: number }[])[0]?.revision).toBe(2);
  });

  it('a ready one takes no change that could not run, and says which field it is', async () => {
    const id = await on.make({ ...weatherBody, name: 'Sound' });
    await must(on.server, on.author, { route: 'readyConnector', id });
    const operations = [{ ...operation, path: '/it/{id}' }];
    const answer = await on.put(id, { operations });
    expect([refusalOf(answer)[0], fieldsOf(answer)]).toEqual([400, ['/operations/0/path']]);
    expect(fieldsOf(await on.put(id, { base_url: '' }))).toEqual(['/base_url']);
  });

  it('CH-14 a private published one keeps what runs until it is republished', async () => {
    const id = await on.make({ ...weatherBody, name: 'Pending' });
    await storePassedTests(on.server, { id, slug: '' });
    await must(on.server, on.author, {
      route: 'publishConnector',
      id,
      body: { visibility: 'enterprise', confirm: true },
    });
    expect((await on.put(id, { base_url: 'https://api.example.net' })).status).toBe(200);
    const live = await on.server.call('getMarketplaceListing', { token: on.author, params: { id } });
    expect(live.body._source).toMatchObject({ base_url: weatherBody.base_url });
    expect(await on.view(id)).toMatchObject({
      ...{
        base_url: 'https://api.example.net',
        has_pending_changes: true,
        manifest: { baseUrl: weatherBody.base_url },
      },
    });
    expect((await on.put(id, { base_url: weatherBody.base_url })).status).toBe(200);
    expect(await on.view(id)).toMatchObject({ has_pending_changes: false });
  });

  it('CO-17 a connector of the seed, without operations, can be marked as ready too', async () => {
    const id = await on.make({ ...seedBody, name: 'Only Settings' });
    await must(on.server, on.author, { route: 'readyConnector', id });
    expect(await on.view(id)).toMatchObject({ stage: 'ready', operationCount: 0 });
  });
});
