import type { ApiClient, Connection, Connector, ConnectorSummary, Deprecation } from '@patchbay/api-contract/client';
import type { CheckCatalog } from '@patchbay/flow-model';
import type { ConnectorManifest } from '@patchbay/manifest';
import { rowsOf } from '../../api/rows.ts';
import { createSignal, type ReadableSignal } from '../../store/signals.ts';

/** Connectors, their manifests by exact version, and the connections of the tenant. */
export interface CatalogStore {
  readonly connectors: ReadableSignal<readonly ConnectorSummary[]>;
  /** Manifests of the newest versions, for the palette. */
  readonly manifests: ReadableSignal<ReadonlyMap<string, ConnectorManifest>>;
  readonly connections: ReadableSignal<readonly Connection[]>;
  readonly isLoaded: ReadableSignal<boolean>;
  manifestOf(slug: string, version: string): ConnectorManifest | undefined;
  /** Until when a version runs, if it is deprecated. */
  deprecationOf(slug: string, version: string): Deprecation | undefined;
  /** What the checks of the flow model look things up in. */
  readonly check: CheckCatalog;
  /** Loads everything once. */
  load(): Promise<void>;
  /** Loads versions that a document uses and that are not known yet. */
  loadVersions(wanted: Iterable<{ slug: string; version: string }>): Promise<void>;
  reloadConnections(): Promise<void>;
}

const nameOf = (slug: string, version: string): string => `${slug}@${version}`;

async function readNewest(
  api: ApiClient,
): Promise<{ rows: readonly ConnectorSummary[]; connectors: readonly Connector[] }> {
  const { rows } = rowsOf(await api.call('searchConnectors', { query: { size: 200 } }));
  const connectors = await Promise.all(
    rows.map(async (row) => (await api.call('getConnector', { params: { id: row.slug } }))._source),
  );
  return { rows, connectors };
}

function checkCatalog(
  manifestOf: CatalogStore['manifestOf'],
  connections: () => readonly Connection[],
): CatalogStore['check'] {
  return {
    resolveOperation: (slug, version) => {
      const manifest = manifestOf(slug, version);
      return manifest === undefined ? undefined : { manifest };
    },
    resolveConnection: (id) => {
      const found = connections().find((candidate) => candidate.id === id);
      return found === undefined
        ? undefined
        : { name: found.name, connectorSlug: found.connector.slug, enabled: found.enabled };
    },
  };
}

/** Makes an empty store on a client. */
export function createCatalogStore(api: ApiClient): CatalogStore {
  const connectors = createSignal<readonly ConnectorSummary[]>([]);
  const manifests = createSignal<ReadonlyMap<string, ConnectorManifest>>(new Map());
  const connections = createSignal<readonly Connection[]>([]);
  const isLoaded = createSignal(false);
  const deprecations = createSignal<ReadonlyMap<string, Deprecation>>(new Map());
  const missing = new Set<string>();

  // A draft has nothing that runs: it cannot become a step.
  const add = ({ slug, manifest, versions }: Connector): void => {
    if (manifest !== undefined) manifests.set(new Map(manifests.get()).set(nameOf(slug, manifest.version), manifest));
    const known = versions.flatMap(({ version, deprecation }) =>
      deprecation === undefined ? [] : [[nameOf(slug, version), deprecation] as const],
    );
    if (known.length > 0) deprecations.set(new Map([...deprecations.get(), ...known]));
  };
  const manifestOf = (slug: string, version: string): ConnectorManifest | undefined =>
    manifests.get().get(nameOf(slug, version));
  const reloadConnections = async (): Promise<void> => {
    connections.set(rowsOf(await api.call('searchConnections', { query: { size: 200 } })).rows);
  };
  return {
    connectors,
    manifests,
    connections,
    isLoaded,
    manifestOf,
    deprecationOf: (slug, version) => deprecations.get().get(nameOf(slug, version)),
    reloadConnections,
    check: checkCatalog(manifestOf, () => connections.get()),
    load: async () => {
      const [newest] = await Promise.all([readNewest(api), reloadConnections()]);
      for (const connector of newest.connectors) add(connector);
      connectors.set(newest.rows);
      isLoaded.set(true);
    },
    loadVersions: async (wanted) => {
      const unknown = [...wanted].filter(({ slug, version }) => {
        const name = nameOf(slug, version);
        return manifestOf(slug, version) === undefined && !missing.has(name);
      });
      await Promise.all(
        unknown.map(async ({ slug, version }) => {
          missing.add(nameOf(slug, version));
          const answer = await api
            .call('getConnectorVersion', { params: { id: slug, version } })
            .catch(() => undefined); // a version that is gone is a problem of the flow, shown on its step
          if (answer !== undefined) add(answer._source);
        }),
      );
    },
  };
}
