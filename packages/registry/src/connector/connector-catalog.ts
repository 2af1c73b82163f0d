import type { DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { ConnectorManifest } from '@patchbay/manifest';
import { LruCache } from '../lru-cache.ts';
import { createConnectorRepository } from './connector-repository.ts';

/** A connector version that a tenant may use. */
export interface CatalogEntry {
  readonly manifest: ConnectorManifest;
  /** Locks manifest and code; a plan records it. */
  readonly integrity: string;
  /** False: no new connection, no call (4.2, switch disabled). */
  readonly isEnabled: boolean;
}

/** Finds connector versions by slug. */
export interface ConnectorCatalog {
  /** Without `version` the newest published one. Undefined if the tenant sees no such version. */
  find(tenantId: string, slug: string, version?: string): Promise<CatalogEntry | undefined>;
}

/** What is visible is asked each time; manifests, which never change under their integrity, are kept in memory. */
export function createConnectorCatalog(db: DatabaseConnection): ConnectorCatalog {
  const connectors = createConnectorRepository(db);
  const manifests = new LruCache<ConnectorManifest>(500);
  return {
    async find(tenantId, slug, version) {
      const lock = await connectors.findLock(tenantId, slug, version);
      if (lock === undefined) return undefined;
      const key = `${lock.connectorId}@${lock.version}@${lock.integrity}`;
      const manifest = manifests.get(key) ?? (await connectors.findManifest(lock));
      if (manifest === undefined) return undefined;
      manifests.set(key, manifest);
      return { manifest, integrity: lock.integrity, isEnabled: lock.isEnabled };
    },
  };
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
