import type { Database, Transaction } from '@patchbay/database';
import { parseManifest, type ConnectorManifest } from '@patchbay/manifest';
import { platformTenant } from '../caller.ts';
import { packConnector } from '../package/connector-package.ts';
import { builtinVersions, insertBuiltin, insertBuiltinVersion, updateBuiltin } from './builtin-repository.ts';
import { compareVersions } from '@patchbay/manifest';
import { storeContent } from './content-repository.ts';
import { refreshStaleSearch } from '../search/refresh-stale.ts';
import { refreshHead } from './head-repository.ts';
import { lockConnector } from './lock-connector-repository.ts';

/** A connector as the build of its package left it. */
export interface BuiltinPackage {
  /** Parsed `connector.json`. */
  readonly manifest: unknown;
  /** The bundle; absent for a declarative connector. */
  readonly bundle?: Uint8Array | undefined;
}

/** What seeding did with one package. */
export interface SeededConnector {
  readonly slug: string;
  readonly version: string;
  readonly integrity: string;
  readonly change: 'none' | 'created' | 'replaced';
}

/**
 * Brings the built-in connectors into the registry; safe to repeat and to run on several servers at once. A new version becomes a new row.
 * The *same* version with other content, which happens while a connector is developed, is `replaced`: new plans take the new content,
 * existing ones stay locked to the old one, which is kept. Nothing is ever deleted. Throws `manifest_invalid`.
 */
export async function seedBuiltins(
  database: Database,
  packages: readonly BuiltinPackage[],
): Promise<SeededConnector[]> {
  const seeded: SeededConnector[] = [];
  for (const { manifest, bundle } of packages) {
    const parsed = parseManifest(manifest);
    seeded.push(await database.transaction((trx) => seedOne(trx, parsed, bundle)));
  }
  // Also those of other tenants that an earlier release stored.
  await refreshStaleSearch(database);
  return seeded;
}

async function seedOne(
  trx: Transaction,
  manifest: ConnectorManifest,
  bundle: Uint8Array | undefined,
): Promise<SeededConnector> {
  await lockConnector(trx, platformTenant, manifest.slug);
  const { slug, version } = manifest;
  const { integrity } = packConnector(manifest, bundle);
  const versions = await builtinVersions(trx, slug);
  const known = versions.find((each) => each.version === version);
  if (known?.integrity === integrity) return { slug, version, integrity, change: 'none' };
  if (versions.length === 0) await insertBuiltin(trx, manifest);
  else if (versions.every((each) => compareVersions(each.version, version) <= 0)) await updateBuiltin(trx, manifest);
  const connector = { id: slug, tenantId: platformTenant };
  const versionId = known?.id ?? (await insertBuiltinVersion(trx, manifest));
  await storeContent(trx, { connector, versionId }, { manifest, bundle });
  await refreshHead(trx, connector);
  return { slug, version, integrity, change: known === undefined ? 'created' : 'replaced' };
}
