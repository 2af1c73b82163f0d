import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, runMigrations, type Database } from '@patchbay/database';
import { createRegistryService, registryMigrations, type Caller, type RegistryService } from '@patchbay/registry';
import { startPostgres } from '@patchbay/tooling';
import type { Bench, Figure } from './bench.ts';
import { fillMarketplace, marketplaceQueries } from './marketplace-data.ts';
import { percentile, rounded } from './statistics.ts';

const connectors = 10_000;
const operationsEach = 50;
const concurrency = 10;
const searches = 3_000;

/** The search of the marketplace over a full catalogue: what the route calls, without HTTP. */
export const marketplaceBench: Bench = {
  name: 'marketplace',
  run: async (note) => {
    const folder = await mkdtemp(join(tmpdir(), 'patchbay-bench-postgres-'));
    const postgres = await startPostgres({ dataDir: join(folder, 'data'), log: () => undefined });
    const database = createDatabase({ url: postgres.url, poolMax: concurrency * 3 });
    try {
      await runMigrations(database, [registryMigrations]);
      note(`filling in ${connectors} connectors with ${operationsEach} operations each`);
      const seconds = await fillMarketplace(database, { connectors, operationsEach });
      return [{ name: 'filling in', value: rounded(seconds), unit: 's' }, ...(await measure(database, note))];
    } finally {
      await database.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(database: Database, note: (text: string) => void): Promise<Figure[]> {
  const registry = aRegistry(database);
  const queries = marketplaceQueries(searches);
  note('warming up');
  await searchAll(registry, queries.slice(0, 300));
  note(`${searches} searches, ${concurrency} at once`);
  const startedAt = performance.now();
  const took = await searchAll(registry, queries);
  const seconds = (performance.now() - startedAt) / 1000;
  return [
    { name: 'search, 10 at once: p50', value: rounded(percentile(took, 0.5)), unit: 'ms' },
    { name: 'search, 10 at once: p95', value: rounded(percentile(took, 0.95)), unit: 'ms' },
    { name: 'search, 10 at once: p99', value: rounded(percentile(took, 0.99)), unit: 'ms', goal: { atMost: 20 } },
    { name: 'searches per second', value: rounded(searches / seconds), unit: '1/s' },
  ];
}

type Query = Parameters<RegistryService['searchMarketplace']>[1];

async function searchAll(registry: RegistryService, queries: readonly Query[]): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let query = queries[next++]; query !== undefined; query = queries[next++]) {
      const startedAt = performance.now();
      await registry.searchMarketplace(caller, query);
      took.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return took;
}

const caller: Caller = {
  tenantId: 'tenant-1',
  userId: 'bench',
  name: 'bench@example.com',
  role: 'developer',
  isPlatformAdmin: false,
  features: { custom_connectors: true, sdk_access: true, review_required: false },
  connectorLimit: null,
};

/** The registry with neighbours that answer at once: the figure is that of the search. */
function aRegistry(database: Database): RegistryService {
  const never = (): never => {
    throw new Error('A search calls nothing outside');
  };
  return createRegistryService(database, {
    references: {
      countUsesOfConnectors: () => Promise.resolve({}),
      usesOfConnector: () => Promise.resolve([]),
      countUsesElsewhere: () => Promise.resolve(0),
    },
    connections: {
      listOf: () => Promise.resolve([]),
      listUsing: () => Promise.resolve([]),
      countElsewhere: () => Promise.resolve({ all: 0, enabled: 0 }),
      countElsewhereUsing: () => Promise.resolve(0),
      countByConnector: () => Promise.resolve({}),
      disableAll: () => Promise.resolve(0),
      requireReauthorization: () => Promise.resolve(0),
    },
    secrets: { seal: never, open: never },
    components: { find: never },
    audit: { record: never },
    tenants: { nameOf: (id) => Promise.resolve(id) },
    outbound: { call: never, fetchText: never },
  });
}
