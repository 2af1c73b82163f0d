import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ApiClient } from '@patchbay/api-contract';
import type { FlowDocument } from '@patchbay/flow-model';

/** The flow "Order intake" as it was drawn and exported: test/e2e/build-flow-order-intake.test.ts fails when it differs. */
export const drawnFlow = fileURLToPath(new URL('../fixtures/order-intake.generated.json', import.meta.url));

/** Ids of the connections of an installation by name. */
async function connectionsOf(client: ApiClient): Promise<[name: string, id: string][]> {
  const { hits } = await client.call('searchConnections', { query: { size: 200 } });
  return hits.hits.map((hit) => [hit._source.name, hit._id]);
}

/** The document without what belongs to one installation or one moment: ids, places on the canvas, samples. */
export async function portable(client: ApiClient, document: FlowDocument): Promise<FlowDocument> {
  const connections = await connectionsOf(client);
  const text = connections.reduce(
    (known, [name, id]) => known.replaceAll(`"${id}"`, `"<<${name}>>"`),
    JSON.stringify({ ...document, layout: { positions: {} }, samples: {} }),
  );
  return JSON.parse(text) as FlowDocument;
}

/** The text of the drawn flow for an installation: with the ids that its connections have there. */
export async function readDrawnFlow(client: ApiClient): Promise<string> {
  const connections = await connectionsOf(client);
  const text = await readFile(drawnFlow, 'utf8');
  return connections.reduce((known, [name, id]) => known.replaceAll(`"<<${name}>>"`, `"${id}"`), text);
}
