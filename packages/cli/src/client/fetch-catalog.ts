import { isAppError } from '@patchbay/errors';
import type { ApiClient, Connector } from '@patchbay/api-contract';
import type { CheckCatalog, ConnectionShape, FlowDocument } from '@patchbay/flow-model';

/** Reads from the server what a document refers to, so that it can be checked here: connectors by version, and connections. */
export async function fetchCatalog(client: ApiClient, document: FlowDocument): Promise<CheckCatalog> {
  const steps = Object.values(document.steps).filter((step) => step.kind === 'operation');
  const versions = new Map(steps.map((step) => [`${step.connector}@${step.version}`, step]));
  const found = await Promise.all(
    [...versions].map(async ([id, step]) => [id, await fetchVersion(client, step.connector, step.version)] as const),
  );
  const connectors = new Map(found);
  const connections = await fetchConnections(client);
  return {
    resolveOperation: (slug, version) => {
      const connector = connectors.get(`${slug}@${version}`);
      return connector?.manifest === undefined ? undefined : { manifest: connector.manifest };
    },
    resolveConnection: (id) => connections.get(id),
  };
}

async function fetchVersion(client: ApiClient, id: string, version: string): Promise<Connector | undefined> {
  try {
    return (await client.call('getConnectorVersion', { params: { id, version } }))._source;
  } catch (thrown) {
    if (isAppError(thrown) && thrown.kind === 'not-found') return undefined;
    throw thrown;
  }
}

const pageSize = 200;

async function fetchConnections(client: ApiClient): Promise<Map<string, ConnectionShape>> {
  const shapes = new Map<string, ConnectionShape>();
  for (let from = 0, total = 1; from < total; from += pageSize) {
    const page = await client.call('searchConnections', { query: { from, size: pageSize } });
    total = page.hits.total.value;
    for (const { _id, _source } of page.hits.hits) {
      shapes.set(_id, { name: _source.name, connectorSlug: _source.connector.slug, enabled: _source.enabled });
    }
  }
  return shapes;
}
