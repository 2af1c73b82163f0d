import type { Deprecation } from '@patchbay/api-contract';
import type { DatabaseConnection, Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { ConnectorManifest } from '@patchbay/manifest';
import { shareConnectorRows } from '../lifecycle/lifecycle-repository.ts';
import { LruCache } from '../lru-cache.ts';
import type { ConnectionReferences } from '../registry-deps.ts';
import { createConnectorRepository, type VersionLock } from './connector-repository.ts';
import { tenantReader } from './reader.ts';

/** A connector version that a tenant may see. */
export interface CatalogEntry {
  readonly manifest: ConnectorManifest;
  /** Locks manifest and code; a plan records it. */
  readonly integrity: string;
  /** False: no new connection, no call (4.2, switch disabled). */
  readonly isEnabled: boolean;
  /**
   * Why nothing new may be made with it (4.2, column 3): `connector_disabled`, `connector_not_ready`, `version_deprecated`, `version_blocked`,
   * `version_retired`; absent: it may be used.
   */
  readonly refusal?: NewUseRefusal | undefined;
  /** Of a deprecated or retired version (ZO-03). */
  readonly deprecation?: Deprecation | undefined;
}

/** Why nothing new may be made with a version. */
export type NewUseRefusal =
  'connector_disabled' | 'connector_not_ready' | 'version_deprecated' | 'version_blocked' | 'version_retired';

/** Finds connector versions by slug. */
export interface ConnectorCatalog {
  /** Without `version` the newest one that may be used. Undefined if the tenant sees no such version; drafts have no content and are none. */
  find(tenantId: string, slug: string, version?: string): Promise<CatalogEntry | undefined>;
  /**
   * Takes share locks on the connectors of these versions, in the order of their ids, and gives the catalog as it stays until the transaction
   * ends: what retires, switches off or deletes one of them came before, or waits.
   */
  hold(
    trx: Transaction,
    tenantId: string,
    versions: readonly { readonly slug: string; readonly version: string }[],
  ): Promise<Pick<ConnectorCatalog, 'find'>>;
}

/** What is visible is asked each time; manifests, which never change under their integrity, are kept in memory. */
export function createConnectorCatalog(
  db: DatabaseConnection,
  options: { readonly connections?: Pick<ConnectionReferences, 'countByConnector'>; readonly clock?: () => Date } = {},
): ConnectorCatalog {
  const manifests = new LruCache<ConnectorManifest>(500);
  const clock = options.clock ?? (() => new Date());
  const catalogIn = (at: DatabaseConnection): LockFinder & Pick<ConnectorCatalog, 'find'> => {
    const connectors = createConnectorRepository(at);
    const findLock: LockFinder['findLock'] = async (tenantId, slug, version) => {
      const held = (await options.connections?.countByConnector(at, tenantId)) ?? {};
      return connectors.findLock(tenantReader(tenantId, Object.keys(held)), slug, version);
    };
    const find: ConnectorCatalog['find'] = async (tenantId, slug, version) => {
      const lock = await findLock(tenantId, slug, version);
      if (lock === undefined) return undefined;
      const key = `${lock.connectorId}@${lock.version}@${lock.integrity}`;
      const manifest = manifests.get(key) ?? (await connectors.findManifest(lock));
      if (manifest === undefined) return undefined;
      manifests.set(key, manifest);
      const refusal = refusalOf(lock, { tenantId, now: clock() });
      return {
        manifest,
        integrity: lock.integrity,
        isEnabled: lock.isEnabled,
        ...(refusal !== undefined && { refusal }),
        ...(lock.deprecation !== null && { deprecation: lock.deprecation }),
      };
    };
    return { findLock, find };
  };
  const { find } = catalogIn(db);
  return {
    find,
    async hold(trx, tenantId, versions) {
      const held = catalogIn(trx);
      const locks: (VersionLock | undefined)[] = [];
      for (const { slug, version } of versions) locks.push(await held.findLock(tenantId, slug, version));
      await shareConnectorRows(trx, [...new Set(locks.flatMap((lock) => lock?.connectorId ?? []))]);
      return held;
    },
  };
}

interface LockFinder {
  findLock(tenantId: string, slug: string, version: string | undefined): Promise<VersionLock | undefined>;
}

/** requirements.md 4.2, column "new connection, new node". */
function refusalOf(
  lock: VersionLock,
  { tenantId, now }: { readonly tenantId: string; readonly now: Date },
): NewUseRefusal | undefined {
  if (!lock.isEnabled) return 'connector_disabled';
  if (lock.stage === 'ready') return lock.isUnlisted && lock.tenantId !== tenantId ? 'connector_not_ready' : undefined;
  if (lock.stage === 'deprecated') {
    return lock.sunsetAt !== null && lock.sunsetAt <= now ? 'version_retired' : 'version_deprecated';
  }
  if (lock.stage === 'blocked') return 'version_blocked';
  return lock.stage === 'retired' ? 'version_retired' : undefined;
}

/** Gives workers the manifest that a plan is locked to, also when the version has another content by now. */
export interface ManifestReader {
  /** Throws `connector_not_found` if there never was such a content. */
  manifestFor(slug: string, version: string, integrity: string): Promise<ConnectorManifest>;
}

export function createManifestReader(db: DatabaseConnection): ManifestReader {
  const connectors = createConnectorRepository(db);
  const manifests = new LruCache<ConnectorManifest>(500);
  return {
    async manifestFor(slug, version, integrity) {
      const key = `${slug}@${version}@${integrity}`;
      const manifest = manifests.get(key) ?? (await connectors.findManifestBySlug(slug, version, integrity));
      if (manifest === undefined) throw new AppError('connector_not_found', { details: { slug, version, integrity } });
      manifests.set(key, manifest);
      return manifest;
    },
  };
}
