import type { Connector } from '@patchbay/api-contract';
import { createTenantScope, toJsonb, type DatabaseConnection } from '@patchbay/database';
import type { ConnectorManifest } from '@patchbay/manifest';
import { ulid } from 'ulid';
import type { ConnectorRow } from './connector-row.ts';
import { toManifestColumns } from './connector-row.ts';
import { visibleConnectors } from './visible-connectors-repository.ts';

/** One version of a connector without its content. */
export interface StoredVersion {
  readonly version: string;
  readonly stage: string;
  readonly integrity: string;
  readonly publishedAt: Date | null;
}

/** What a version of a connector is locked to. */
export interface VersionLock {
  readonly connectorId: string;
  readonly version: string;
  readonly integrity: string;
  readonly isEnabled: boolean;
}

/** One content of one version. */
export interface VersionContent {
  readonly connectorId: string;
  readonly manifest: ConnectorManifest;
  readonly digest: string;
  readonly integrity: string;
}

/** Connectors and their versions. `tenantId` is the reader in reads and the owner in writes. */
export interface ConnectorRepository {
  /** A connector that the tenant may see, by id or slug; its own one goes before one of the catalogue. */
  findVisible(tenantId: string, idOrSlug: string): Promise<ConnectorRow | undefined>;
  /** The lock of a version that the tenant may see; without `version` of the head. */
  findLock(tenantId: string, slug: string, version: string | undefined): Promise<VersionLock | undefined>;
  versionsOf(connectorId: string): Promise<StoredVersion[]>;
  /** Manifest of a content by its lock. Needs no tenant: only who was given the digest can ask. */
  findManifest(lock: {
    readonly connectorId: string;
    readonly version: string;
    readonly integrity: string;
  }): Promise<Connector['manifest'] | undefined>;
  findManifestBySlug(slug: string, version: string, integrity: string): Promise<Connector['manifest'] | undefined>;
  insertBuiltin(tenantId: string, id: string, manifest: ConnectorManifest): Promise<void>;
  updateHead(tenantId: string, id: string, manifest: ConnectorManifest): Promise<void>;
  insertVersion(tenantId: string, content: VersionContent): Promise<void>;
  /** Lets a version stand for another content; its revision grows. */
  replaceVersion(tenantId: string, content: VersionContent): Promise<void>;
  /** Keeps a content for ever; the same one is kept once. */
  insertRevision(tenantId: string, content: VersionContent): Promise<void>;
}

interface VersionRow {
  readonly version: string;
  readonly stage: string;
  readonly integrity: string;
  readonly published_at: Date | null;
}

export function createConnectorRepository(db: DatabaseConnection): ConnectorRepository {
  return { ...readingMethods(db), ...writingMethods(db) };
}

type ReadingMethod = 'findVisible' | 'findLock' | 'versionsOf' | 'findManifest' | 'findManifestBySlug';

function readingMethods(db: DatabaseConnection): Pick<ConnectorRepository, ReadingMethod> {
  const ownFirst = (tenantId: string) => db.raw('connectors.tenant_id = ? desc', [tenantId]);
  return {
    findVisible: (tenantId, idOrSlug) =>
      visibleConnectors(db, tenantId)
        .where((either) => {
          void either.where({ 'connectors.id': idOrSlug }).orWhere({ 'connectors.slug': idOrSlug });
        })
        .orderByRaw(ownFirst(tenantId))
        .first() as Promise<ConnectorRow | undefined>,
    async findLock(tenantId, slug, version) {
      const query = visibleConnectors(db, tenantId)
        .where({ 'connectors.slug': slug })
        .join('connector_versions as v', 'v.connector_id', 'connectors.id')
        .orderByRaw(ownFirst(tenantId));
      void (version === undefined
        ? query.where('v.version', db.ref('connectors.head_version'))
        : query.where({ 'v.version': version }));
      return query.first<VersionLock | undefined>({
        connectorId: 'connectors.id',
        version: 'v.version',
        integrity: 'v.integrity',
        isEnabled: 'connectors.is_enabled',
      });
    },
    async versionsOf(connectorId) {
      const rows = (await db('connector_versions').where({ connector_id: connectorId })) as VersionRow[];
      return rows.map((row) => ({
        version: row.version,
        stage: row.stage,
        integrity: row.integrity,
        publishedAt: row.published_at,
      }));
    },
    async findManifest(lock) {
      const key = { connector_id: lock.connectorId, version: lock.version, integrity: lock.integrity };
      return firstManifest(db('connector_revisions').where(key).first('manifest'));
    },
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

function writingMethods(db: DatabaseConnection): Omit<ConnectorRepository, ReadingMethod> {
  return {
    async insertBuiltin(tenantId, id, manifest) {
      const facets = { stage: 'published', visibility: 'catalogue', is_builtin: true };
      const row = { id, slug: manifest.slug, ...facets, ...toManifestColumns(manifest) };
      await createTenantScope(db, tenantId).insert('connectors', row);
    },
    async updateHead(tenantId, id, manifest) {
      await createTenantScope(db, tenantId)
        .rows('connectors')
        .where({ id })
        .update({ ...toManifestColumns(manifest), updated_at: db.fn.now(), revision: db.raw('revision + 1') });
    },
    async insertVersion(tenantId, content) {
      await createTenantScope(db, tenantId).insert('connector_versions', {
        id: ulid(),
        connector_id: content.connectorId,
        version: content.manifest.version,
        stage: 'published',
        visibility: 'catalogue',
        integrity: content.integrity,
        published_at: db.fn.now(),
      });
    },
    async replaceVersion(tenantId, content) {
      await createTenantScope(db, tenantId)
        .rows('connector_versions')
        .where({ connector_id: content.connectorId, version: content.manifest.version })
        .update({ integrity: content.integrity, updated_at: db.fn.now(), revision: db.raw('revision + 1') });
    },
    async insertRevision(tenantId, content) {
      await createTenantScope(db, tenantId)
        .insert('connector_revisions', {
          connector_id: content.connectorId,
          version: content.manifest.version,
          integrity: content.integrity,
          manifest: toJsonb(content.manifest),
          manifest_digest: content.digest,
        })
        .onConflict(['connector_id', 'version', 'integrity'])
        .ignore();
    },
  };
}
