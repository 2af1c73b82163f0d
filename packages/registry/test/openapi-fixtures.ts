/** Small descriptions of our own, one for each thing that real ones do. */

/** Swagger 2.0: a pet shop with a form, a file, lists in three formats, an API key and a definition that is shared. */
export const petShop = {
  swagger: '2.0',
  info: { title: 'Pet shop', version: '1.2', description: 'Sells pets.' },
  host: 'pets.example.com',
  basePath: '/v2',
  schemes: ['https', 'http'],
  consumes: ['application/json'],
  produces: ['application/json'],
  securityDefinitions: {
    key: { type: 'apiKey', name: 'api_key', in: 'header' },
    session: { type: 'oauth2', flow: 'implicit', authorizationUrl: 'https://pets.example.com/oauth', scopes: {} },
  },
  security: [{ key: [] }],
  parameters: {
    PetId: { name: 'petId', in: 'path', required: true, type: 'integer', format: 'int64' },
  },
  paths: {
    '/pet': {
      post: {
        operationId: 'addPet',
        summary: 'Add a pet.',
        tags: ['pet'],
        parameters: [{ name: 'pet', in: 'body', required: true, schema: { $ref: '#/definitions/Pet' } }],
        responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Pet' } } },
      },
    },
    '/pet/findByStatus': {
      get: {
        operationId: 'findPetsByStatus',
        parameters: [
          {
            name: 'status',
            in: 'query',
            required: true,
            type: 'array',
            items: { type: 'string', enum: ['available', 'sold'] },
            collectionFormat: 'multi',
          },
          { name: 'tags', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'csv' },
          { name: 'ages', in: 'query', type: 'array', items: { type: 'integer' }, collectionFormat: 'pipes' },
          { name: 'limit', in: 'query', type: 'integer', default: 20, maximum: 100, exclusiveMaximum: true },
        ],
        responses: { 200: { description: 'ok', schema: { type: 'array', items: { $ref: '#/definitions/Pet' } } } },
      },
    },
    '/pet/{petId}': {
      parameters: [{ $ref: '#/parameters/PetId' }],
      get: { operationId: 'getPet', responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Pet' } } } },
      post: {
        operationId: 'updatePetWithForm',
        consumes: ['application/x-www-form-urlencoded'],
        parameters: [
          { name: 'name', in: 'formData', type: 'string', required: true },
          { name: 'status', in: 'formData', type: 'string' },
        ],
        responses: { 204: { description: 'done' } },
      },
      delete: { operationId: 'deletePet', deprecated: true, responses: { 204: { description: 'gone' } } },
      head: { operationId: 'hasPet', responses: { 200: { description: 'there' } } },
    },
    '/pet/{petId}/photo': {
      parameters: [{ $ref: '#/parameters/PetId' }],
      post: {
        operationId: 'uploadPhoto',
        consumes: ['multipart/form-data'],
        parameters: [
          { name: 'caption', in: 'formData', type: 'string' },
          { name: 'photo', in: 'formData', type: 'file', required: true },
        ],
        responses: { 200: { description: 'ok', schema: { type: 'object', properties: { url: { type: 'string' } } } } },
      },
    },
  },
  definitions: {
    Pet: {
      type: 'object',
      required: ['name', 'id'],
      properties: {
        id: { type: 'integer', format: 'int64', readOnly: true },
        name: { type: 'string', example: 'Rex' },
        weight: { type: 'number', minimum: 0, exclusiveMinimum: true, 'x-nullable': true },
        parents: { type: 'array', items: { $ref: '#/definitions/Pet' } },
      },
    },
  },
};

/** OpenAPI 3.1 with a webhook, a callback, a link, null in a type list and OAuth2. */
export const orders31 = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '2026-01', summary: 'Takes orders.' },
  servers: [
    {
      url: 'https://{region}.orders.example.com/{basePath}',
      variables: { region: { default: 'eu' }, basePath: { default: 'v1' } },
    },
  ],
  externalDocs: { url: 'https://orders.example.com/docs' },
  security: [{ login: ['orders.read'] }],
  webhooks: { orderShipped: { post: { responses: { 200: { description: 'ok' } } } } },
  paths: {
    '/orders': {
      get: {
        operationId: 'orders/list',
        parameters: [
          {
            name: 'filter',
            in: 'query',
            style: 'deepObject',
            explode: true,
            schema: {
              type: 'object',
              properties: { state: { type: 'string' }, after: { type: 'string', format: 'date' } },
            },
          },
          {
            name: 'ids',
            in: 'query',
            style: 'spaceDelimited',
            explode: false,
            schema: { type: 'array', items: { type: 'integer' } },
          },
          { name: 'X-Trace', in: 'header', schema: { type: 'string' } },
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
          { name: 'Accept', in: 'header', schema: { type: 'string' } },
          { name: 'where', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
        ],
        responses: {
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/OrderList' } } },
            links: { next: { operationId: 'orders/list' } },
          },
        },
      },
      post: {
        operationId: 'orders/create',
        security: [{ login: ['orders.write'] }],
        requestBody: {
          required: true,
          content: {
            'application/xml': { schema: { type: 'string' } },
            'application/json; charset=utf-8': { schema: { $ref: '#/components/schemas/NewOrder' } },
          },
        },
        callbacks: { paid: { '{$request.body#/url}': { post: { responses: { 200: { description: 'ok' } } } } } },
        responses: {
          201: {
            description: 'made',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
          },
        },
      },
    },
    '/export': {
      servers: [{ url: 'https://files.example.com' }],
      get: { responses: { 200: { description: 'ok', content: { 'text/csv': {} } } } },
    },
    '/raw/{name}': {
      put: {
        requestBody: { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
        responses: { 200: { description: 'ok', content: { 'text/plain': { schema: { type: 'string' } } } } },
      },
    },
  },
  components: {
    securitySchemes: {
      login: {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://login.example.com/authorize',
            tokenUrl: 'https://login.example.com/token',
            scopes: { 'orders.read': 'Read', 'orders.write': 'Write', admin: 'All' },
          },
        },
      },
      discovery: { type: 'openIdConnect', openIdConnectUrl: 'https://login.example.com/.well-known' },
    },
    schemas: {
      Order: {
        allOf: [
          { $ref: '#/components/schemas/NewOrder' },
          {
            type: 'object',
            required: ['id'],
            properties: { id: { type: 'string' }, note: { type: ['string', 'null'] } },
          },
        ],
      },
      NewOrder: {
        type: 'object',
        required: ['amount', 'secretNote'],
        properties: {
          payment: {
            oneOf: [{ $ref: '#/components/schemas/Card' }, { $ref: '#/components/schemas/Transfer' }],
            discriminator: { propertyName: 'kind' },
          },
          secretNote: { type: 'string', writeOnly: true },
          children: { type: 'array', items: { $ref: '#/components/schemas/NewOrder' } },
          amount: { type: 'integer', default: 1 },
        },
      },
      Card: { type: 'object', properties: { kind: { const: 'card' } } },
      Transfer: { type: 'object', properties: { kind: { const: 'transfer' } } },
      OrderList: {
        type: 'object',
        properties: {
          items: { type: 'array', items: { $ref: '#/components/schemas/Order' } },
          next: { $ref: '#/components/schemas/OrderList' },
        },
      },
    },
  },
};

/** The smallest OpenAPI 3.0 description around some paths. */
export function openApi30(paths: object, rest: object = {}): string {
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Small', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths,
    ...rest,
  });
}
