/** Our own description with one operation for each way a request can be written. */
const ok = (schema: object, example: unknown): object => ({
  description: 'ok',
  content: { 'application/json': { schema, example } },
});
const done = ok({ type: 'object', required: ['done'], properties: { done: { type: 'boolean' } } }, { done: true });
const list = { type: 'array', minItems: 1, items: { type: 'string' } };
const point = {
  type: 'object',
  required: ['x', 'y'],
  properties: { x: { type: 'integer' }, y: { type: 'integer' } },
  additionalProperties: false,
};

/** A parameter in its style. */
function parameter(place: string, style: string, schema: object): object {
  const [name = '', location = ''] = place.split(' in ');
  return { name, in: location, required: true, style, explode: style === 'deepObject' || style === 'form', schema };
}

const body = (type: string, schema: object): object => ({ required: true, content: { [type]: { schema } } });
const simple = (operationId: string, more: object): object => ({ operationId, responses: { 200: done }, ...more });

export const mockDescription = {
  openapi: '3.0.3',
  info: { title: 'Everything', version: '1' },
  servers: [{ url: 'https://everything.example.com' }],
  paths: {
    '/deep': { get: simple('deepObject', { parameters: [parameter('filter in query', 'deepObject', point)] }) },
    '/form': { get: simple('exploded', { parameters: [parameter('tags in query', 'form', list)] }) },
    '/pipes': { get: simple('pipes', { parameters: [parameter('tags in query', 'pipeDelimited', list)] }) },
    '/simple/{ids}': { get: simple('simplePath', { parameters: [parameter('ids in path', 'simple', list)] }) },
    '/header': { get: simple('headers', { parameters: [parameter('X-Tags in header', 'simple', list)] }) },
    '/login': {
      post: simple('loginForm', {
        requestBody: body('application/x-www-form-urlencoded', {
          type: 'object',
          required: ['user', 'age'],
          properties: { user: { type: 'string', minLength: 2 }, age: { type: 'integer', minimum: 18 } },
        }),
      }),
    },
    '/upload': {
      post: simple('upload', {
        requestBody: body('multipart/form-data', {
          type: 'object',
          required: ['photo', 'caption'],
          properties: { photo: { type: 'string', format: 'binary' }, caption: { type: 'string' } },
        }),
      }),
    },
    '/tree': {
      post: {
        operationId: 'plantTree',
        requestBody: body('application/json', { $ref: '#/components/schemas/Tree' }),
        responses: {
          201: ok(
            { $ref: '#/components/schemas/Tree' },
            { name: 'oak', id: 'a', children: [{ name: 'twig', id: 'b' }] },
          ),
        },
      },
    },
    '/pay': {
      put: simple('pay', {
        requestBody: body('application/json', {
          oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Transfer' }],
        }),
      }),
    },
    '/note': {
      post: {
        operationId: 'sendText',
        requestBody: body('text/plain', { type: 'string' }),
        responses: { 204: { description: 'nothing' } },
      },
    },
  },
  components: {
    schemas: {
      Named: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, id: { type: 'string', readOnly: true } },
      },
      Tree: {
        allOf: [
          { $ref: '#/components/schemas/Named' },
          { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } } },
        ],
      },
      Card: {
        type: 'object',
        required: ['number'],
        properties: { number: { type: 'string' } },
        additionalProperties: false,
      },
      Transfer: {
        type: 'object',
        required: ['iban'],
        properties: { iban: { type: 'string' } },
        additionalProperties: false,
      },
    },
  },
};
