import { createTenantScope, toJsonb, type Transaction } from '@patchbay/database';
import { defaultProcessor, findProcessor, type ConnectorManifest } from '@patchbay/manifest';
import { ulid } from 'ulid';
import { platformTenant } from '../caller.ts';
import { toManifestColumns } from './connector-row.ts';
import type { ConnectorIdentity } from './connector-state.ts';

/** One version of a built-in connector as it stands in the tables. */
export interface BuiltinVersion {
  readonly id: string;
  readonly version: string;
  readonly integrity: string | null;
}

/** Versions of a built-in connector; its id is its slug. */
export async function builtinVersions(trx: Transaction, slug: string): Promise<BuiltinVersion[]> {
  const rows = createTenantScope(trx, platformTenant).rows('connector_versions').where({ connector_id: slug });
  return rows.select('id', 'version', 'integrity');
}

/** Stores a built-in connector without a version. */
export async function insertBuiltin(trx: Transaction, manifest: ConnectorManifest): Promise<void> {
  await createTenantScope(trx, platformTenant).insert('connectors', {
    ...toManifestColumns(manifest),
    processor: toJsonb(processorOf(manifest)),
    id: manifest.slug,
    slug: manifest.slug,
    is_builtin: true,
    is_slug_locked: true,
    origin_kind: 'builtin',
    published_at: trx.fn.now(),
    auth_types: [],
    operations: '[]',
    operation_text: '',
    head_version: manifest.version,
    stage: 'published',
    visibility: 'catalogue',
  });
}

/** Lets the connector be called and shown as its newest manifest says. */
export async function updateBuiltin(trx: Transaction, manifest: ConnectorManifest): Promise<void> {
  await createTenantScope(trx, platformTenant)
    .rows('connectors')
    .where({ id: manifest.slug })
    .update({
      ...toManifestColumns(manifest),
      processor: toJsonb(processorOf(manifest)),
      updated_at: trx.fn.now(),
      revision: trx.raw('revision + 1'),
    });
}

/** The processors of a built-in connector are on; the one like its slug is meant when none is named (5.32). */
function processorOf(manifest: ConnectorManifest): ConnectorIdentity['processor'] {
  const meant = findProcessor(manifest, defaultProcessor(manifest)) ?? manifest.processors?.[0];
  return meant === undefined ? { enabled: false } : { enabled: true, name: meant.name };
}

/** Stores a published version; its content follows. Gives the id of its row. */
export async function insertBuiltinVersion(trx: Transaction, manifest: ConnectorManifest): Promise<string> {
  const id = ulid();
  await createTenantScope(trx, platformTenant).insert('connector_versions', {
    id,
    connector_id: manifest.slug,
    version: manifest.version,
    stage: 'published',
    visibility: 'catalogue',
    was_catalogue: true,
    published_at: trx.fn.now(),
    published_by: 'patchbay',
  });
  return id;
}
