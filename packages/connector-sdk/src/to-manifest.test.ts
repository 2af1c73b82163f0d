import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineConnector, defineDeclarativeConnector, type Connector } from './define-connector.ts';
import { defineOperation, type OperationDefinition } from './define-operation.ts';
import { renderManifest, toManifest } from './to-manifest.ts';

const assets = {
  id: '@acme/connector-echo',
  version: '1.2.3',
  license: 'MIT',
  iconSvg: '<svg xmlns="http://www.w3.org/2000/svg"><title>é</title></svg>',
  docs: '# Echo',
};

const echo = defineOperation({
  name: 'echo',
  title: 'Echo',
  description: 'Returns its input.',
  effect: 'read',
  input: z.strictObject({ text: z.string().min(1).meta({ title: 'Text' }), times: z.int().default(1) }),
  output: z.strictObject({ text: z.string() }),
  samples: [{ input: { text: 'a' }, output: { text: 'a' } }],
  run: async (input) => ({ text: input.text.repeat(input.times) }),
});

const makeConnector = (...operations: OperationDefinition[]): Connector =>
  defineConnector({
    slug: 'echo',
    name: 'Echo',
    description: 'Echoes.',
    runtime: 'node',
    auth: [{ type: 'none' }],
    operations,
  });

describe('toManifest', () => {
  it('derives schemas, identity, icon and docs', () => {
    const manifest = toManifest(makeConnector(echo), assets);
    expect(manifest).toMatchObject({ id: '@acme/connector-echo', version: '1.2.3', runtime: 'node', docs: '# Echo' });
    expect(manifest.entry).toBe('./dist/index.mjs');
    expect(manifest.operations[0]?.input).toEqual({
      type: 'object',
      properties: {
        text: { type: 'string', title: 'Text', minLength: 1 },
        times: { type: 'integer', default: 1 },
      },
      required: ['text'],
      additionalProperties: false,
    });
    expect(JSON.stringify(manifest)).not.toContain('"run"');
    expect(Buffer.from(manifest.icon.dataUri.split(',')[1] ?? '', 'base64').toString()).toBe(assets.iconSvg);
  });

  it('refuses an input that lets unknown fields pass', () => {
    const loose = defineOperation({ ...echo, input: z.object({ text: z.string(), times: z.int() }), samples: [] });
    expect(() => toManifest(makeConnector(loose), assets)).toThrow(/strictObject/);
  });

  it('refuses a schema that JSON Schema cannot express', () => {
    const dated = defineOperation({ ...echo, output: z.date(), samples: [], run: async () => new Date(0) });
    expect(() => toManifest(makeConnector(dated), assets)).toThrow(/echo\.output/);
  });

  it('takes a declarative connector as data', () => {
    const connector = defineDeclarativeConnector({
      slug: 'data',
      name: 'Data',
      description: 'Data only.',
      baseUrl: 'https://api.example.com',
      egress: { hosts: ['api.example.com'] },
      auth: [{ type: 'none' }],
      operations: [
        {
          name: 'list',
          title: 'List',
          effect: 'read',
          input: { type: 'object' },
          output: {},
          request: { method: 'GET', path: '/list' },
        },
      ],
    });
    const manifest = toManifest(connector, assets);
    expect(manifest).toMatchObject({ runtime: 'declarative' });
    expect(manifest.entry).toBeUndefined();
    expect(renderManifest(manifest)).toMatch(/\n}\n$/);
  });
});

describe('processors of a connector', () => {
  const list = defineOperation({
    name: 'listWords',
    title: 'List words',
    effect: 'read',
    input: z.strictObject({ cursor: z.string().optional() }),
    output: z.strictObject({ words: z.array(z.string()), cursor: z.string().optional() }),
    run: async () => ({ words: [] }),
  });
  const processor = {
    name: 'echo',
    title: 'Words',
    recordsPointer: '/words',
    page: { cursorPointer: '/cursor', cursorField: 'cursor' },
  };
  const profile = {
    slug: 'echo',
    name: 'Echo',
    description: 'Echoes.',
    auth: [{ type: 'none' as const }],
  };

  it('CO-51x are declared with the operation itself', () => {
    const connector = defineConnector({
      ...profile,
      runtime: 'node',
      operations: [echo, list],
      processors: [{ ...processor, operation: list }],
    });
    expect(toManifest(connector, assets).processors).toEqual([
      { ...processor, description: '', operation: 'listWords' },
    ]);
  });

  it('refuses an operation that is not in the list of the connector', () => {
    const connector = { ...makeConnector(echo), processors: [{ ...processor, operation: list }] };
    expect(() => toManifest(connector, assets)).toThrow(/not among the operations/);
  });

  it('are named by declarative connectors', () => {
    const connector = defineDeclarativeConnector({
      ...profile,
      baseUrl: 'https://api.example.com',
      egress: { hosts: ['api.example.com'] },
      operations: [
        {
          name: 'listWords',
          title: 'List',
          effect: 'read',
          input: { type: 'object', properties: { cursor: { type: 'string' } } },
          output: {},
          request: { method: 'GET', path: '/words', parameters: [{ name: 'cursor', location: 'query' }] },
        },
      ],
      processors: [{ ...processor, operation: 'listWords' }],
    });
    expect(toManifest(connector, assets).processors).toMatchObject([{ name: 'echo', operation: 'listWords' }]);
  });
});
