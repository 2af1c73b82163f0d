import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createDatabase, runMigrations, type Database } from '@patchbay/database';
import { createRegistryService, registryMigrations, type Caller, type RegistryService } from '@patchbay/registry';
import { createTestNeighbours } from '@patchbay/registry/testing';
import { startPostgres } from '@patchbay/tooling';
import type { Bench, Figure } from './bench.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { fillMarketplace, marketplaceQueries } from './marketplace-data.ts';
import { percentile, rounded } from './statistics.ts';

const connectors = 10_000;
const operationsEach = 50;
const concurrency = 10;
const searches = 3_000;
/** Other searches than those that are measured: they warm the code. */
const warmingSearches = 2_000;
const msBetweenWrites = 100;
const writesElsewhere = 40;

/** The search of the marketplace over a full catalogue: what the route calls, without HTTP. */
export const marketplaceBench: Bench = {
  name: 'marketplace',
  run: async (note) => {
    const folder = await mkdtemp(join(tmpdir(), 'patchbay-bench-postgres-'));
    const postgres = await startPostgres({ dataDir: join(folder, 'data'), log: () => undefined });
    try {
      note(`filling in ${connectors} connectors with ${operationsEach} operations each`);
      const seconds = await fill(postgres.url);
      const figures = await measureAll({ url: postgres.url, postgresPid: postgres.pid, note });
      return [{ name: 'filling in', value: rounded(seconds), unit: 's' }, ...figures];
    } finally {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** With connections of its own: what they changed is counted when they close, and would start an autovacuum while searches are measured. */
async function fill(url: string): Promise<number> {
  const database = createDatabase({ url, poolMax: 2 });
  try {
    await runMigrations(database, [registryMigrations]);
    return await fillMarketplace(database, { connectors, operationsEach });
  } finally {
    await database.close();
  }
}

interface Setting {
  readonly url: string;
  readonly postgresPid: number;
  readonly note: (text: string) => void;
}

async function measureAll({ url, ...rest }: Setting): Promise<Figure[]> {
  const database = createDatabase({ url, poolMax: concurrency * 3 });
  try {
    // What autovacuum and the checkpointer do soon after such a load.
    await database.connection.raw('vacuum analyze');
    await database.connection.raw('checkpoint');
    return await measure({ database, ...rest });
  } finally {
    await database.close();
  }
}

async function measure({
  database,
  postgresPid,
  note,
}: Omit<Setting, 'url'> & { readonly database: Database }): Promise<Figure[]> {
  // The neighbours answer at once: the figure is that of the search.
  const registry = createRegistryService(database, createTestNeighbours());
  const other = createRegistryService(database, createTestNeighbours());
  const ids: string[] = await database.connection('connectors').where({ tenant_id: 'platform' }).limit(500).pluck('id');
  const all = marketplaceQueries(searches + warmingSearches);
  const queries = all.slice(0, searches);
  const first = await measureFirst(registry, queries);
  note('reading the cards in advance, as a server does at its start');
  const inAdvance = await measurePreparation(registry);
  note('warming up');
  await searchAll(registry, all.slice(searches));
  note(`${searches} searches, ${concurrency} at once`);
  const steady = await measureSteady(registry, postgresPid, queries);
  note(`the same while a connector is written every ${msBetweenWrites} ms`);
  // Each its own connectors: the first may end with one switched off.
  const half = Math.floor(ids.length / 2);
  const written = await measureWhileWriting(registry, queries, switcherOf(registry, ids.slice(0, half)));
  note(`a search after each of ${writesElsewhere} writes of another server`);
  const elsewhere = await measureAfterWrites(registry, switcherOf(other, ids.slice(half)));
  return [...first, inAdvance, ...steady, ...written, elsewhere, await measureList(registry)];
}

/** The first search of a process copies the index into its memory. */
async function measureFirst(registry: RegistryService, queries: readonly Query[]): Promise<Figure[]> {
  const before = usedMemory();
  const [ms = 0] = await searchAll(registry, queries.slice(0, 1));
  return [
    { name: 'first search of a process', value: rounded(ms, 0), unit: 'ms' },
    { name: 'memory of the copy', value: rounded(usedMemory() - before), unit: 'MB' },
  ];
}

async function measurePreparation(registry: RegistryService): Promise<Figure> {
  const startedAt = performance.now();
  await registry.prepareSearch();
  return { name: 'cards read in advance', value: rounded((performance.now() - startedAt) / 1000), unit: 's' };
}

async function measureSteady(
  registry: RegistryService,
  postgresPid: number,
  queries: readonly Query[],
): Promise<Figure[]> {
  const [ownBefore, postgresBefore] = [process.cpuUsage(), await cpuTimeOf(postgresPid)];
  const startedAt = performance.now();
  const took = await searchAll(registry, queries);
  const seconds = (performance.now() - startedAt) / 1000;
  const own = process.cpuUsage(ownBefore);
  const postgresAfter = await cpuTimeOf(postgresPid);
  const perSearch = (ms: number): number => rounded(ms / queries.length, 2);
  return [
    { name: 'search, 10 at once: p50', value: rounded(percentile(took, 0.5)), unit: 'ms' },
    { name: 'search, 10 at once: p95', value: rounded(percentile(took, 0.95)), unit: 'ms' },
    { name: 'search, 10 at once: p99', value: rounded(percentile(took, 0.99)), unit: 'ms', goal: { atMost: 20 } },
    { name: 'searches per second', value: rounded(queries.length / seconds), unit: '1/s' },
    { name: 'processor time of a search: Node', value: perSearch((own.user + own.system) / 1000), unit: 'ms' },
    ...(postgresBefore === undefined || postgresAfter === undefined
      ? []
      : [
          {
            name: 'processor time of a search: PostgreSQL',
            value: perSearch(postgresAfter - postgresBefore),
            unit: 'ms',
          },
        ]),
  ];
}

/** Writes one connector. */
type Write = (number: number) => Promise<unknown>;

/** Switches platform connectors off and, with the next number, on again; one after the other. */
function switcherOf(registry: RegistryService, ids: readonly string[]): Write {
  return (number) => {
    const idOrSlug = ids[Math.floor(number / 2) % ids.length] ?? '';
    return registry.runAction(operator, { idOrSlug, action: number % 2 === 0 ? 'disable' : 'enable', input: {} });
  };
}

async function measureWhileWriting(
  registry: RegistryService,
  queries: readonly Query[],
  write: Write,
): Promise<Figure[]> {
  const end = new AbortController();
  const writing = writeUntil(write, end.signal);
  const took = await searchAll(registry, queries);
  end.abort();
  const writes = await writing;
  const name = `search while a connector is written every ${msBetweenWrites} ms`;
  return [
    { name: `${name}: p50`, value: rounded(percentile(took, 0.5)), unit: 'ms' },
    { name: `${name}: p99`, value: rounded(percentile(took, 0.99)), unit: 'ms' },
    { name: 'connectors written meanwhile', value: writes, unit: '' },
  ];
}

async function writeUntil(write: Write, signal: AbortSignal): Promise<number> {
  let writes = 0;
  for (; !signal.aborted; writes += 1) {
    await write(writes);
    await delay(msBetweenWrites, undefined, { signal }).catch(() => undefined);
  }
  return writes;
}

async function measureAfterWrites(registry: RegistryService, write: Write): Promise<Figure> {
  const took: number[] = [];
  for (let number = 0; number < writesElsewhere; number += 1) {
    await write(number);
    took.push(...(await searchAll(registry, [{ from: 0, size: 20, query: 'get' }])));
  }
  return {
    name: 'first search after a write of another server: p50',
    value: rounded(percentile(took, 0.5)),
    unit: 'ms',
  };
}

/** The list of connectors reads its tables as it always did. */
async function measureList(registry: RegistryService): Promise<Figure> {
  const took: number[] = [];
  for (let number = 0; number < 20; number += 1) {
    const startedAt = performance.now();
    await registry.searchConnectors(caller, { from: 0, size: 20 });
    took.push(performance.now() - startedAt);
  }
  return { name: 'list of all connectors, one at a time: p50', value: rounded(percentile(took, 0.5)), unit: 'ms' };
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
const operator: Caller = { ...caller, tenantId: 'platform', role: 'platform_admin', isPlatformAdmin: true };

/** Megabytes that are really in use. */
function usedMemory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}
