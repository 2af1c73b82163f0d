import { createDescriptionConverter } from '@patchbay/registry';
import { largeDescriptions, readDescription } from '../connectors-api/openapi-sources.ts';
import type { Bench, Figure } from './bench.ts';
import { median, rounded } from './statistics.ts';

const rounds = 3;
const atMost = 10_000;
/** A description as large as the largest public ones: 1,200 operations over 600 schemas, 13 MB. */
const operationCount = 1_200;
const schemaCount = 600;

const noFetch = (): Promise<string> => Promise.reject(new Error('the bench fetches nothing'));

/** Time from the text of a description to its operations, start of the process included; and what this process pays meanwhile. */
export const openApiBench: Bench = {
  name: 'openapi',
  run: async (note) => {
    const converter = createDescriptionConverter();
    const texts = await Promise.all(
      largeDescriptions.map(async ({ name, file }) => ({ name, text: await readDescription(file) })),
    );
    const figures: Figure[] = [];
    for (const { name, text } of [...texts, { name: 'made up, 13 MB', text: largeDescription() }]) {
      note(name);
      const times: number[] = [];
      let operations = 0;
      for (let round = 0; round < rounds; round += 1) {
        const startedAt = performance.now();
        operations = (await converter.convert({ text, url: '' }, noFetch)).operations.length;
        times.push(performance.now() - startedAt);
      }
      figures.push({
        name: `${name}, ${String(operations)} operations`,
        value: rounded(median(times)),
        unit: 'ms',
        goal: { atMost },
      });
    }
    return figures;
  },
};

function largeDescription(): string {
  const reference = (index: number): object => ({ $ref: `#/components/schemas/Thing${String(index % schemaCount)}` });
  const schemas = Array.from({ length: schemaCount }, (_, index) => [
    `Thing${String(index)}`,
    {
      type: 'object',
      required: ['id'],
      properties: {
        ...Object.fromEntries(
          Array.from({ length: 60 }, (_unused, field) => [`field${String(field)}`, plainField(field)]),
        ),
        id: { type: 'string', format: 'uuid' },
        next: reference(index + 1),
        others: { type: 'array', items: reference(index * 7 + 3) },
      },
    },
  ]);
  const paths = Array.from({ length: operationCount }, (_, index) => [
    `/things/${String(index)}/{id}`,
    {
      put: {
        operationId: `things/update-${String(index)}`,
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        requestBody: { content: { 'application/json': { schema: reference(index) } } },
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: reference(index + 5) } } } },
      },
    },
  ]);
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Large', version: '1' },
    servers: [{ url: 'https://large.example.com' }],
    paths: Object.fromEntries(paths) as object,
    components: { schemas: Object.fromEntries(schemas) as object },
  });
}

function plainField(field: number): object {
  const description =
    'What this field is for, in as many words as the descriptions of real systems have on average. '.repeat(3);
  return { type: field % 3 === 0 ? 'integer' : 'string', description, example: field };
}
