import type { ImportedOperation, OpenApiPreview } from '@patchbay/api-contract';
import type { OperationDefinition } from '@patchbay/manifest';
import { describe, expect, it } from 'vitest';
import { openApi30, orders31, petShop } from '../../test/openapi-fixtures.ts';
import { convertDescription } from './convert-description.ts';

const noFetch = (): Promise<string> => Promise.reject(new Error('nothing may be fetched here'));
const convert = (text: string, url = ''): Promise<OpenApiPreview> => convertDescription({ text, url }, noFetch);

function find(preview: OpenApiPreview, key: string): ImportedOperation {
  const found = preview.operations.find((operation) => operation.key === key);
  if (found === undefined) throw new Error(`no ${key} in ${preview.operations.map((each) => each.key).join(', ')}`);
  return found;
}

function usable(preview: OpenApiPreview, key: string): OperationDefinition {
  const { operation, unsupported } = find(preview, key);
  if (operation === undefined) throw new Error(`${key}: ${unsupported ?? ''}`);
  return operation;
}

describe('convertDescription of Swagger 2.0', () => {
  it('reads who it is, where it is and how one signs in', async () => {
    const preview = await convert(JSON.stringify(petShop));
    expect(preview).toMatchObject({
      format: 'swagger-2.0',
      name: 'Pet shop',
      version: '1.2',
      base_url: 'https://pets.example.com/v2',
      servers: ['https://pets.example.com/v2', 'http://pets.example.com/v2'],
      auth_scheme: {
        type: 'api_key',
        parameters: [{ key: 'api_key', location: 'header', field: 'api_key' }],
        credential_schema: [{ name: 'api_key', type: 'password', sensitive: true, required: true }],
      },
      auth_alternatives: [{ name: 'session', note: 'OAuth2 by the flow implicit is not supported.' }],
    });
    expect(preview.operations.map(({ key }) => key)).toEqual([
      'POST /pet',
      'GET /pet/findByStatus',
      'GET /pet/{petId}',
      'POST /pet/{petId}',
      'DELETE /pet/{petId}',
      'HEAD /pet/{petId}',
      'POST /pet/{petId}/photo',
    ]);
  });

  it('takes the parameters of the path and of the whole, and says how lists are written', async () => {
    const preview = await convert(JSON.stringify(petShop));
    expect(usable(preview, 'GET /pet/{petId}').parameters).toEqual([
      {
        name: 'petId',
        location: 'path',
        type: 'integer',
        required: true,
        schema: { type: 'integer', format: 'int64' },
      },
    ]);
    expect(usable(preview, 'GET /pet/findByStatus').parameters).toMatchObject([
      { name: 'status', required: true, schema: { type: 'array', items: { enum: ['available', 'sold'] } } },
      { name: 'tags', explode: false },
      { name: 'ages', style: 'pipeDelimited' },
      { name: 'limit', type: 'integer', default: 20, schema: { type: 'integer', exclusiveMaximum: 100 } },
    ]);
    expect(usable(preview, 'GET /pet/findByStatus').parameters[0]).not.toHaveProperty('explode');
  });

  it('leaves read-only fields out of what is sent, keeps a schema that refers to itself', async () => {
    const operation = usable(await convert(JSON.stringify(petShop)), 'POST /pet');
    expect(operation.body).toEqual({
      content_type: 'application/json',
      required: true,
      schema: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', examples: ['Rex'] },
          weight: { type: ['number', 'null'], exclusiveMinimum: 0 },
          parents: { type: 'array', items: { $ref: '#/$defs/Pet' } },
        },
        $defs: { Pet: expect.objectContaining({ required: ['name'] }) as unknown },
      },
    });
    expect(operation.response_schema).toMatchObject({
      required: ['name', 'id'],
      properties: { id: { type: 'integer' } },
    });
  });

  it('reads forms and files; HEAD is named as not supported', async () => {
    const preview = await convert(JSON.stringify(petShop));
    expect(usable(preview, 'POST /pet/{petId}').body).toMatchObject({
      content_type: 'application/x-www-form-urlencoded',
      schema: { properties: { name: { type: 'string' } }, required: ['name'] },
    });
    expect(usable(preview, 'POST /pet/{petId}/photo').body).toMatchObject({
      content_type: 'multipart/form-data',
      schema: { properties: { photo: { type: 'string', contentEncoding: 'base64' }, caption: { type: 'string' } } },
    });
    expect(find(preview, 'POST /pet/{petId}/photo').warnings).toEqual(['Files are given as base64: photo.']);
    expect(find(preview, 'HEAD /pet/{petId}').unsupported).toBe('The method HEAD is not supported.');
    expect(find(preview, 'DELETE /pet/{petId}').deprecated).toBe(true);
  });
});

describe('convertDescription of OpenAPI 3.1', () => {
  it('fills server variables, chooses OAuth2 with the scopes in use, names webhooks', async () => {
    const preview = await convert(JSON.stringify(orders31));
    expect(preview).toMatchObject({
      format: 'openapi-3.1',
      base_url: 'https://eu.orders.example.com/v1',
      documentation_url: 'https://orders.example.com/docs',
      auth_scheme: {
        type: 'oauth2',
        grant_type: 'authorization_code',
        authorize_url: 'https://login.example.com/authorize',
        token_url: 'https://login.example.com/token',
        oauth_scopes: ['orders.read', 'orders.write'],
      },
      warnings: ['Webhooks are not received: orderShipped.'],
    });
    expect(preview.auth_alternatives).toMatchObject([{ name: 'discovery', type: 'openIdConnect' }]);
  });

  it('keeps deep objects and delimited lists; names cookies, links and documents in parameters', async () => {
    const found = find(await convert(JSON.stringify(orders31)), 'GET /orders');
    expect(found.operation).toMatchObject({ name: 'ordersList', method: 'GET', path: '/orders' });
    expect(found.operation?.parameters).toMatchObject([
      { name: 'filter', style: 'deepObject', schema: { type: 'object', properties: { state: { type: 'string' } } } },
      { name: 'ids', style: 'spaceDelimited', schema: { type: 'array' } },
      { name: 'X-Trace', location: 'header', type: 'string' },
      { name: 'where', type: 'string', schema: { contentMediaType: 'application/json' } },
    ]);
    expect(found.warnings).toEqual([
      'The cookie parameter "session" is not sent.',
      '"where" is given as text of the type application/json.',
      'Links between operations are not used: next.',
      'A discriminator without a mapping is not used: any variant that fits is accepted.',
    ]);
  });

  it('keeps allOf, oneOf and recursion; drops defaults of a body; does not ask an answer for what is write-only', async () => {
    const preview = await convert(JSON.stringify(orders31));
    const found = find(preview, 'POST /orders');
    const { body, response_schema: answer } = usable(preview, 'POST /orders');
    expect(body?.content_type).toBe('application/json; charset=utf-8');
    expect(body?.schema).toEqual({
      type: 'object',
      required: ['amount', 'secretNote'],
      properties: {
        payment: { oneOf: [{ $ref: '#/$defs/Card' }, { $ref: '#/$defs/Transfer' }] },
        secretNote: { type: 'string' },
        children: { type: 'array', items: { $ref: '#/$defs/NewOrder' } },
        amount: { type: 'integer' },
      },
      $defs: expect.objectContaining({
        Card: expect.anything() as unknown,
        NewOrder: expect.anything() as unknown,
      }) as unknown,
    });
    expect(answer).toMatchObject({
      allOf: [{ $ref: '#/$defs/NewOrder' }, { properties: { note: { type: ['string', 'null'] } } }],
    });
    expect(answer).toMatchObject({ $defs: { NewOrder: { properties: { secretNote: {} }, required: ['amount'] } } });
    expect(found.warnings).toEqual([
      'Callbacks are not received: paid.',
      'A discriminator without a mapping is not used: any variant that fits is accepted.',
    ]);
  });

  it('cannot call another server; reads text and bytes', async () => {
    const preview = await convert(JSON.stringify(orders31));
    expect(find(preview, 'GET /export').unsupported).toBe('It is called at another server: https://files.example.com.');
    expect(usable(preview, 'PUT /raw/{name}')).toMatchObject({
      name: 'replaceRawByName',
      parameters: [{ name: 'name', location: 'path', required: true }],
      body: { content_type: 'application/octet-stream', schema: { type: 'string', contentEncoding: 'base64' } },
      response_schema: { type: 'string' },
    });
    expect(find(preview, 'PUT /raw/{name}').warnings).toContain(
      'The path parameter "name" is not described; it is taken as text.',
    );
  });
});

describe('convertDescription of OpenAPI 3.0', () => {
  it('makes null of nullable, also beside a reference and in an enumeration', async () => {
    const schemas = {
      Size: { type: 'string', enum: ['S', 'L'], nullable: true },
      Box: {
        type: 'object',
        properties: {
          size: { $ref: '#/components/schemas/Size' },
          owner: { nullable: true, allOf: [{ type: 'string' }] },
          min: { type: 'integer', minimum: 3, exclusiveMinimum: true },
          code: { type: 'string', pattern: '(?<broken' },
          odd: { type: 'wrong', $anchor: 'x', minimum: 'three' },
        },
      },
    };
    const answer = {
      200: { description: '', content: { 'application/json': { schema: { $ref: '#/components/schemas/Box' } } } },
    };
    const preview = await convert(openApi30({ '/box': { get: { responses: answer } } }, { components: { schemas } }));
    expect(usable(preview, 'GET /box').response_schema).toEqual({
      type: 'object',
      properties: {
        size: { $ref: '#/$defs/Size' },
        owner: { anyOf: [{ allOf: [{ type: 'string' }] }, { type: 'null' }] },
        min: { type: 'integer', exclusiveMinimum: 3 },
        code: { type: 'string' },
        odd: {},
      },
      $defs: { Size: { type: ['string', 'null'], enum: ['S', 'L', null] } },
    });
    expect(find(preview, 'GET /box').warnings).toEqual([
      'A pattern is not a regular expression we can read, and is not checked.',
    ]);
  });

  it('tells variants of an answer apart by a discriminator that maps them', async () => {
    const schemas = {
      Cat: { type: 'object', properties: { kind: { type: 'string' }, claws: { type: 'integer' } } },
      Dog: { type: 'object', properties: { kind: { type: 'string' } } },
      Pet: {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: {
          propertyName: 'kind',
          mapping: { cat: '#/components/schemas/Cat', tomcat: 'Cat', dog: 'Dog' },
        },
      },
    };
    const pet = { content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } } };
    const preview = await convert(
      openApi30({ '/pet': { post: { requestBody: pet, responses: { 200: pet } } } }, { components: { schemas } }),
    );
    const { body, response_schema: answer } = usable(preview, 'POST /pet');
    expect(body?.schema['oneOf']).toEqual([{ $ref: '#/$defs/Cat' }, { $ref: '#/$defs/Dog' }]);
    expect(answer?.['oneOf']).toEqual([
      {
        if: { properties: { kind: { enum: ['cat', 'tomcat'] } }, required: ['kind'] },
        then: { $ref: '#/$defs/Cat' },
        else: false,
      },
      {
        if: { properties: { kind: { enum: ['dog'] } }, required: ['kind'] },
        then: { $ref: '#/$defs/Dog' },
        else: false,
      },
    ]);
    expect(find(preview, 'POST /pet').warnings).toEqual([]);
  });

  it('inlines references of parameters, refuses what cannot be sent', async () => {
    const preview = await convert(
      openApi30(
        {
          '/a/{b}': { get: { parameters: [{ $ref: '#/components/parameters/b' }], responses: {} } },
          '/a?action=copy': { post: { responses: {} } },
          '/a/{+rest}': { get: { responses: {} } },
          '/a#frag': { get: { responses: {} } },
          '/gone': { $ref: '#/components/nowhere' },
          '/bad': { get: { parameters: [{ $ref: '#/components/parameters/gone' }], responses: {} } },
        },
        {
          components: {
            parameters: { b: { name: 'b', in: 'path', required: true, schema: { $ref: '#/components/schemas/B' } } },
            schemas: {
              B: { anyOf: [{ type: 'integer' }, { $ref: '#/components/schemas/C' }] },
              C: { type: 'string', maxLength: 3 },
            },
          },
        },
      ),
    );
    expect(usable(preview, 'GET /a/{b}').parameters[0]?.schema).toEqual({
      anyOf: [{ type: 'integer' }, { type: 'string', maxLength: 3 }],
    });
    expect(usable(preview, 'POST /a?action=copy')).toMatchObject({
      path: '/a',
      parameters: [{ name: 'action', location: 'query', default: 'copy', schema: { enum: ['copy'] } }],
    });
    expect(find(preview, 'GET /a/{+rest}').unsupported).toContain('{+rest}');
    expect(find(preview, 'GET /a#frag').unsupported).toContain('#');
    expect(preview.warnings).toEqual(['The path /gone leads nowhere.']);
    expect(find(preview, 'GET /bad').warnings).toEqual([
      'The parameter #/components/parameters/gone leads nowhere and is left out.',
    ]);
  });

  it('resolves a relative server by the address of the description, and says when there is none', async () => {
    const text = JSON.stringify({ openapi: '3.0.0', info: { title: 'x' }, servers: [{ url: '/v1' }], paths: {} });
    expect((await convert(text, 'https://docs.example.com/api/openapi.json')).base_url).toBe(
      'https://docs.example.com/v1',
    );
    const unknown = await convert(text);
    expect([unknown.base_url, unknown.warnings.length]).toEqual(['', 1]);
  });

  it('cuts a schema that is too large at its far ends and says so', async () => {
    const chain = Array.from({ length: 400 }, (_, index) => [
      `N${String(index)}`,
      {
        type: 'object',
        properties: {
          text: { type: 'string', enum: ['x'.repeat(400)] },
          next: { $ref: `#/components/schemas/N${String(index + 1)}` },
        },
      },
    ]);
    const schemas = { ...(Object.fromEntries(chain) as object), N400: { type: 'string' } };
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/N0' } } };
    const preview = await convert(
      openApi30({ '/n': { get: { responses: { 200: { description: '', content } } } } }, { components: { schemas } }),
    );
    const schema = usable(preview, 'GET /n').response_schema as { $defs: Record<string, object> };
    expect(JSON.stringify(schema).length).toBeLessThan(131_072);
    expect(Object.keys(schema.$defs).length).toBeGreaterThan(50);
    expect(find(preview, 'GET /n').warnings).toEqual([
      'The schema of the answer is too large; its inner parts accept anything.',
    ]);
  });
});
