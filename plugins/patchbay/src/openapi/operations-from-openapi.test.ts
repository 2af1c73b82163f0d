import { describe, expect, it } from 'vitest';
import { operationsFromOpenApi, type OpenApiDocument } from './operations-from-openapi.ts';
import type { SelectedRoute } from './selection.ts';

const document: OpenApiDocument = {
  components: {
    schemas: {
      Tree: {
        type: 'object',
        properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
      },
      NewTree: {
        type: 'object',
        properties: {
          rootName: { type: 'string' },
          key: { type: 'string' },
          tree: { $ref: '#/components/schemas/Tree' },
        },
        required: ['rootName'],
      },
    },
  },
  paths: {
    '/tree/{id}': {
      post: {
        operationId: 'growTree',
        summary: 'Grow.',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'depth', in: 'query', schema: { type: 'integer', minimum: -9007199254740991, maximum: 9 } },
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
        ],
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/NewTree' } } } },
        responses: {
          202: {
            content: {
              'application/json': {
                schema: { type: 'object', properties: { _source: { $ref: '#/components/schemas/Tree' } } },
              },
            },
          },
        },
      },
    },
  },
};
const selected: SelectedRoute = {
  operationId: 'growTree',
  name: 'grow',
  title: 'Grow',
  effect: 'keyed',
  outputPointer: '/_source',
  idempotencyKey: { location: 'body', name: 'key' },
  sample: { input: { id: '1', rootName: 'r' } },
};

describe('operationsFromOpenApi', () => {
  const [operation] = operationsFromOpenApi(document, [selected]);

  it('makes one input of path, query and body; the idempotency key is no input', () => {
    expect(operation?.input).toEqual({
      type: 'object',
      properties: {
        id: { title: 'Id', type: 'string' },
        depth: { title: 'Depth', type: 'integer', maximum: 9 },
        rootName: { title: 'Root name', type: 'string' },
        tree: { title: 'Tree', $ref: '#/$defs/Tree' },
      },
      required: ['id', 'rootName'],
      additionalProperties: false,
      $defs: {
        Tree: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/$defs/Tree' } } } },
      },
    });
    expect(operation?.request).toEqual({
      method: 'POST',
      path: '/tree/{id}',
      parameters: [
        { name: 'id', location: 'path' },
        { name: 'depth', location: 'query' },
        { name: 'rootName', location: 'body' },
        { name: 'tree', location: 'body' },
      ],
      idempotencyKey: { location: 'body', name: 'key' },
      outputPointer: '/_source',
    });
  });

  it('takes the output at the pointer, with what it refers to', () => {
    expect(operation?.output).toMatchObject({ $ref: '#/$defs/Tree', $defs: { Tree: { type: 'object' } } });
  });

  it('follows references into a schema, and names one that leads nowhere', () => {
    const refer = ($ref: string): OpenApiDocument => ({
      components: { schemas: { __shared: { $defs: { schema0: { type: 'string' } } } } },
      paths: {
        '/x': {
          get: {
            operationId: 'growTree',
            responses: { 200: { content: { 'application/json': { schema: { properties: { _source: { $ref } } } } } } },
          },
        },
      },
    });
    const [found] = operationsFromOpenApi(refer('#/components/schemas/__shared#/$defs/schema0'), [selected]);
    expect(found?.output).toEqual({ $ref: '#/$defs/schema0', $defs: { schema0: { type: 'string' } } });
    expect(() => operationsFromOpenApi(refer('#/components/schemas/Gone'), [selected])).toThrow(/Gone/);
  });

  it('names a route that is gone', () => {
    expect(() => operationsFromOpenApi(document, [{ ...selected, operationId: 'fell' }])).toThrow(/fell/);
  });
});
