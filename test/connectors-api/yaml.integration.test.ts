/** YAML and JSON of connectors: the seed's texts go in and come back, hostile ones are refused. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Answer, Call } from '../server/server-harness.ts';
import { refusalOf, startAuthoring, type Authoring } from './authoring.ts';
import { weatherBody } from './connector-bodies.ts';

let on: Authoring;

beforeAll(async () => {
  on = await startAuthoring();
});
afterAll(() => on.stop());

/** dibop lines 68 to 77. */
const apiKeyText = `auth_type: api_key
credential_schema:
  api_key:
    label: "API Key"
    type: password
    required: true
    sensitive: true
    help: "Get your API key from your OpenWeatherMap account settings"
header_name: "X-API-Key"
key_prefix: ""
`;

/** dibop lines 81 to 100. */
const oauth2Text = `auth_type: oauth2
credential_schema:
  client_id:
    label: "Client ID"
    type: string
    required: true
    sensitive: false
  client_secret:
    label: "Client Secret"
    type: password
    required: true
    sensitive: true
  token_url:
    label: "Token URL"
    type: string
    required: true
    sensitive: false
    default: "https://auth.example.com/oauth/token"
grant_type: client_credentials
scopes: "read write"
`;

/** dibop lines 131 to 145. */
const operationText = `operation: get_current_weather
method: GET
path: /data/2.5/weather
parameters:
  - name: q
    location: query
    type: string
    required: true
    description: "City name (e.g., 'London' or 'London,UK')"
  - name: units
    location: query
    type: string
    required: false
    default: "metric"
    description: "Units: standard, metric, or imperial"
`;

const importInto = (id: string, content: string, query: Call['query'] = {}): Promise<Answer> =>
  on.server.call('importIntoConnector', { token: on.author, params: { id }, body: { content }, query });
const importNew = (content: string, format = 'yaml'): Promise<Answer> =>
  on.server.call('importConnector', { token: on.author, body: { content, format } });
const exported = async (id: string, query: Call['query'] = {}): Promise<string> => {
  const answer = await on.server.call('exportConnector', { token: on.author, params: { id }, query });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return String(answer.body['content']);
};

/** What an author can write, without what the server says about it. */
const authored = async (id: string): Promise<unknown> => {
  const { _source } = (await on.get(id)).body as unknown as { _source: Record<string, unknown> };
  const own = ['id', 'created', 'updated', 'revision', 'actions', 'checklist', 'versions', 'test_results'];
  return Object.fromEntries(Object.entries(_source).filter(([key]) => !own.includes(key)));
};

describe('YAML', () => {
  it.each([
    ['DI-28', apiKeyText],
    ['DI-30', oauth2Text],
  ])('%s takes the authentication of the seed as it stands and gives it back equal', async (_, text) => {
    const id = await on.make({ name: 'Empty' });
    const answer = await importInto(id, text);
    expect([answer.status, answer.body]).toEqual([200, { _id: id, result: 'updated' }]);
    expect(parse(await exported(id, { section: 'auth' }))).toEqual(parse(text));
  });

  it('DI-28 reads what the words mean', async () => {
    const id = await on.make({ name: 'Empty' });
    await importInto(id, apiKeyText);
    expect(await on.view(id)).toMatchObject({
      auth_scheme: { type: 'api_key', parameters: [{ key: 'X-API-Key', location: 'header' }], key_prefix: '' },
    });
    const replaced = await importInto(id, oauth2Text);
    expect(refusalOf(replaced)).toEqual([409, 'auth_type_change_resets_configuration']);
    expect((await importInto(id, oauth2Text, { confirm: 'true' })).status).toBe(200);
    const { auth_scheme } = await on.view(id);
    expect(auth_scheme).toMatchObject({
      type: 'oauth2',
      grant_type: 'client_credentials',
      oauth_scopes: ['read', 'write'],
    });
    expect(
      (auth_scheme as { credential_schema: { name: string }[] }).credential_schema.map(({ name }) => name),
    ).toEqual(['client_id', 'client_secret', 'token_url']);
  });

  it('DI-46 takes the operation of the seed as it stands and gives it back equal', async () => {
    const id = await on.make({ name: 'Weather' });
    expect((await importInto(id, operationText)).status).toBe(200);
    expect((await importInto(id, operationText)).status).toBe(200);
    const source = await on.view(id);
    expect(source['operations']).toMatchObject([{ name: 'get_current_weather', display_name: 'Get Current Weather' }]);
    const back = await exported(id, { section: 'operation', operation: 'get_current_weather' });
    expect(parse(back)).toEqual(parse(operationText));
  });

  it.each(['yaml', 'json'])('DI-33 export then import gives the same connector, as %s', async (format) => {
    const body = {
      ...weatherBody,
      ...{ name: `All of it as ${format}`, type: 'Finance', category: 'weather', tags: ['b', 'a'], icon: 'font_sun' },
      ...{ documentation_url: 'https://example.com/docs', processor: { enabled: true }, path_hierarchy: true },
      ...{ config: { region: 'eu' }, resilience: { timeout_s: 2.5, backoff: 'linear', max_retries: 0 } },
    };
    const id = await on.make(body);
    const before = await authored(id);
    const text = await exported(id, { format });
    expect((await on.remove(id)).status).toBe(200);
    const answer = await importNew(text, format);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(await authored(answer.body._id)).toEqual(before);
    const again = await importInto(answer.body._id, text);
    if (format === 'yaml') expect(again.status, JSON.stringify(again.body)).toBe(200);
    expect(await authored(answer.body._id)).toEqual(before);
  });

  it('DI-33 masks secrets on the way out and keeps them on the way back', async () => {
    const id = await on.make({ name: 'Secretive', config: { token: 'planted-secret', url: 'x' } });
    const text = await exported(id);
    expect(text).not.toContain('planted-secret');
    expect(parse(text)).toMatchObject({ config: { token: '******', url: 'x' } });
    expect((await importInto(id, text)).status).toBe(200);
    expect(await on.view(id)).toMatchObject({ config: { token: '******', url: 'x' } });
    const copy = await importNew(text.replace(/^slug: .*$/m, 'slug: secretive-copy'));
    expect(copy.status, JSON.stringify(copy.body)).toBe(200);
    expect((await on.view(copy.body._id))['config']).toEqual({ url: 'x' });
  });
});

describe('the documentation', () => {
  it('DI-33 shows a text that is imported as it stands and exported equal', async () => {
    const page = await readFile(new URL('../../docs/connector-definition.md', import.meta.url), 'utf8');
    const text = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? '';
    const answer = await importNew(text);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(parse(await exported(answer.body._id))).toMatchObject(parse(text) as object);
  });
});

describe('a text that is no connector', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((key, index) => {
      const last = 'abcdefghi'[index] ?? 'a';
      return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${last}`).join(',')}]`;
    }),
  ].join('\n');

  it.each([
    ['a broken one', 'name: [unclosed', 'import_unreadable'],
    ['one that uses a key twice', 'name: a\nname: b', 'import_unreadable'],
    ['a list', '- name: a', 'import_unreadable'],
    ['an empty object', '{}', 'import_unreadable'],
    ['two documents', 'name: a\n---\nname: b', 'import_unreadable'],
    ['one that reaches a prototype', 'name: a\nconfig:\n  __proto__: {x: 1}', 'import_unreadable'],
    ['only a part', apiKeyText, 'import_unreadable'],
    ['a billion laughs', bomb, 'import_too_complex'],
    ['one of nothing but brackets', '['.repeat(200_000), 'import_too_complex'],
    ['lists in lists on one line', `a: ${'- '.repeat(200_000)}x`, 'import_too_complex'],
  ])('is refused: %s', async (_, content, code) => {
    const started = performance.now();
    const answer = await importNew(content);
    expect(refusalOf(answer)).toEqual([422, code]);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('is refused with the fields that are wrong', async () => {
    const answer = await importNew('name: A\ntype: ERP\nbase_url: nowhere');
    expect(refusalOf(answer)).toEqual([400, 'validation_error']);
    expect(JSON.stringify(answer.body.error.details)).toContain('/type');
  });

  it('names the line', async () => {
    const answer = await importNew('name: a\ntags: [b\nslug: c');
    expect((answer.body.error as unknown as { reason: string }).reason).toMatch(/line \d/);
  });

  it('needs the right to author', async () => {
    const token = on.tenant.tokens.developer;
    const answer = await on.server.call('importConnector', { token, body: { content: 'name: a' } });
    expect(refusalOf(answer)).toEqual([403, 'forbidden_role']);
  });
});
