import type { ServerResponse } from 'node:http';
import { sendJson, startExt, type ExtServer, type SeenCall } from '../../connectors-api/ext-server.ts';

const pet = {
  type: 'object',
  required: ['id', 'name'],
  properties: { id: { type: 'integer' }, name: { type: 'string', description: 'What it listens to' } },
};
const answers = (schema: unknown) => ({
  '200': { description: 'Fine', content: { 'application/json': { schema } } },
});

/** A small description with an API key; `extra` adds paths, for a second import. */
export const petDescription = (url: string, extra: Record<string, unknown> = {}): Record<string, unknown> => ({
  openapi: '3.0.3',
  info: { title: 'Pet house', version: '1.2.0', description: 'Pets and where they live.' },
  servers: [{ url: `${url}/v1` }],
  security: [{ key: [] }],
  components: {
    securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Pet-Key' } },
    schemas: { Pet: pet },
  },
  paths: {
    '/pets': {
      get: {
        operationId: 'listPets',
        summary: 'List pets',
        tags: ['pets'],
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', default: 10 } }],
        responses: answers({ type: 'array', items: { $ref: '#/components/schemas/Pet' } }),
      },
      post: {
        operationId: 'addPet',
        summary: 'Add a pet',
        tags: ['pets'],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Pet' } } },
        },
        responses: answers({ $ref: '#/components/schemas/Pet' }),
      },
    },
    '/house': {
      get: {
        operationId: 'getHouse',
        summary: 'Get the house',
        tags: ['house'],
        responses: answers({ type: 'object', properties: { rooms: { type: 'integer' } } }),
      },
      head: { operationId: 'headHouse', responses: { '200': { description: 'Fine' } } },
    },
    ...extra,
  },
});

/** A server that has the API of the description and the description itself at `/openapi.json`; wrong keys get 401. */
export async function startPetHouse(): Promise<ExtServer & { description: Record<string, unknown> }> {
  const ext = await startExt();
  const house = Object.assign(ext, { description: petDescription(ext.url) });
  ext.answer = (call, response) => {
    respond(house.description, call, response);
  };
  return house;
}

function respond(description: Record<string, unknown>, call: SeenCall, response: ServerResponse): void {
  if (call.path === '/openapi.json') sendJson(response, description);
  else if (call.headers['x-pet-key'] !== 'meow') sendJson(response, { message: 'Who are you?' }, 401);
  else if (call.method === 'POST') sendJson(response, { id: 9, name: 'Rex' });
  else if (call.path === '/v1/house') sendJson(response, { rooms: 3 });
  else sendJson(response, [{ id: 1, name: 'Ada' }]);
}
