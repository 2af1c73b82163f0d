import type { Deprecation } from '@patchbay/api-contract';
import type { DatabaseConnection } from '@patchbay/database';
import type { ConnectorManifest } from '@patchbay/manifest';
import type { VisibleConnectorRow } from './connector-row.ts';
import type { VersionState } from './connector-state.ts';
import type { Reader } from './reader.ts';
import { newestFirst, ownFirst, visibleConnectors, visibleVersions } from './visible-connectors-repository.ts';

/** What a version of a connector is locked to, and whether it may be used. */
export interface VersionLock {
  readonly connectorId: string;
  readonly tenantId: string;
  readonly version: string;
  readonly integrity: string;
  readonly stage: VersionState['stage'];
  readonly isUnlisted: boolean;
  readonly sunsetAt: Date | null;
  readonly deprecation: Deprecation | null;
  readonly isEnabled: boolean;
}

/** Reads connectors as one reader sees them. */
export interface ConnectorRepository {
  /** By id or slug; the reader's own one goes before one of the catalogue. */
  findVisible(reader: Reader, idOrSlug: string): Promise<VisibleConnectorRow | undefined>;
  /** Numbers of the versions that the reader sees. */
  visibleVersions(reader: Reader, connectorId: string): Promise<string[]>;
  /** The lock of a version that has a content; without `version` of the newest one that may be used. */
  findLock(reader: Reader, slug: string, version: string | undefined): Promise<VersionLock | undefined>;
  /** Manifest of a content by its lock. Needs no tenant: only who was given the digest can ask. */
  findManifest(lock: {
    readonly connectorId: string;
    readonly version: string;
    readonly integrity: string;
  }): Promise<ConnectorManifest | undefined>;
  findManifestBySlug(slug: string, version: string, integrity: string): Promise<ConnectorManifest | undefined>;
}

export function createConnectorRepository(db: DatabaseConnection): ConnectorRepository {
  return {
    findVisible: (reader, idOrSlug) =>
      visibleConnectors(db, reader)
        .where((either) => {
          void either.where({ 'connectors.id': idOrSlug }).orWhere({ 'connectors.slug': idOrSlug });
        })
        .orderByRaw(ownFirst(db, reader, 'connectors'))
        .first() as Promise<VisibleConnectorRow | undefined>,
    visibleVersions: (reader, connectorId) =>
      visibleVersions(db, reader).where({ 'c.id': connectorId }).pluck('v.version') as Promise<string[]>,
    async findLock(reader, slug, version) {
      const query = visibleVersions(db, reader)
        .where({ 'c.slug': slug, ...(version !== undefined && { 'v.version': version }) })
        .whereNotNull('v.integrity')
        .orderByRaw(ownFirst(db, reader, 'c'))
        .orderByRaw(newestFirst);
      return query.first<VersionLock | undefined>({
        connectorId: 'c.id',
        tenantId: 'c.tenant_id',
        version: 'v.version',
        integrity: 'v.integrity',
        stage: 'v.stage',
        isUnlisted: 'v.is_unlisted',
        sunsetAt: 'v.sunset_at',
        deprecation: 'v.deprecation',
        isEnabled: 'c.is_enabled',
      });
    },
    findManifest: (lock) =>
      firstManifest(
        db('connector_revisions')
          .where({ connector_id: lock.connectorId, version: lock.version, integrity: lock.integrity })
          .first('manifest'),
      ),
    findManifestBySlug: (slug, version, integrity) =>
      firstManifest(
        db('connector_revisions as r')
          .join('connectors', 'connectors.id', 'r.connector_id')
          .where({ 'connectors.slug': slug, 'r.version': version, 'r.integrity': integrity })
          .first('manifest'),
      ),
  };
}

async function firstManifest(query: PromiseLike<unknown>): Promise<ConnectorManifest | undefined> {
  const row = (await query) as { readonly manifest: ConnectorManifest } | undefined;
  return row?.manifest;
}
