import type { DatabaseConnection } from '@patchbay/database';
import {
  forgetForeignChanges,
  readAll,
  readChanges,
  readEntriesOf,
  readFacets,
  trimChanges,
  type MarketplaceChanges,
  type Snapshot,
} from './copy-repository.ts';
import { MarketplaceIndex } from './memory/marketplace-index.ts';
import { shareRuns } from './share-runs.ts';

/** The search of this process in memory. */
export interface SearchCopy {
  /** All that was committed, by whatever server, before the call. */
  read(tenantId: string): Promise<SearchView>;
}

/** What a search of one tenant looks at. */
export interface SearchView {
  readonly index: MarketplaceIndex;
  /** Connectors of which the tenant has settings. */
  readonly configured: ReadonlySet<string>;
}

interface Copy {
  readonly index: MarketplaceIndex;
  /** What the index knows of. */
  readonly snapshot: Snapshot;
}

const connectorsAtOnce = 500;
const changesUntilTrim = 1_000;

/** A copy that is made when it is first asked for. */
export function createSearchCopy(db: DatabaseConnection): SearchCopy {
  let copy: Copy | undefined;
  let untilTrim = changesUntilTrim;
  const refresh = shareRuns(async (tenantIds: readonly string[]) => {
    copy ??= await load(db);
    const changes = await readChanges(db, copy.snapshot, [...new Set(tenantIds)]);
    copy = hasLost(copy.snapshot, changes) ? await load(db) : await follow(db, copy, changes);
    untilTrim -= changes.connectorIds.length;
    if (untilTrim <= 0) {
      await trimChanges(db);
      untilTrim = changesUntilTrim;
    }
    return { index: copy.index, configured: Map.groupBy(changes.configured, ([tenantId]) => tenantId) };
  });
  return {
    async read(tenantId) {
      const { index, configured } = await refresh(tenantId);
      return { index, configured: new Set(configured.get(tenantId)?.map(([, connectorId]) => connectorId)) };
    },
  };
}

async function load(db: DatabaseConnection): Promise<Copy> {
  await forgetForeignChanges(db);
  const index = new MarketplaceIndex();
  const snapshot = await readAll(db, ({ facets, entries }) => {
    index.facets.set(facets ?? []);
    index.replace([], entries ?? []);
  });
  return { index, snapshot };
}

async function follow(db: DatabaseConnection, { index }: Copy, changes: MarketplaceChanges): Promise<Copy> {
  const { connectorIds, snapshot } = changes;
  for (let at = 0; at < connectorIds.length; at += connectorsAtOnce) {
    const part = connectorIds.slice(at, at + connectorsAtOnce);
    const entries = await readEntriesOf(db, part);
    if (entries.some(({ entry }) => index.facets.numberOf(entry.facetId) === undefined)) {
      index.facets.set(await readFacets(db));
    }
    index.replace(part, entries);
  }
  return { index, snapshot };
}

/** Whether changes may be missing: they were forgotten meanwhile, or the database is another one and counts anew. */
export function hasLost(known: Snapshot, { oldest, snapshot }: MarketplaceChanges): boolean {
  const [knownMin, knownMax] = boundsOf(known);
  if (boundsOf(snapshot)[1] < knownMax) return true;
  return oldest !== undefined && BigInt(oldest) > knownMin;
}

function boundsOf(snapshot: Snapshot): readonly [min: bigint, max: bigint] {
  const [min = '0', max = '0'] = snapshot.split(':');
  return [BigInt(min), BigInt(max)];
}
