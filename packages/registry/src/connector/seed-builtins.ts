import type { Database, Transaction } from '@patchbay/database';
import { parseManifest, type ConnectorManifest } from '@patchbay/manifest';
import { digestManifest } from '@patchbay/manifest/digest';
import { packConnector } from '../package/connector-package.ts';
import { createPackageRepository } from '../package/package-repository.ts';
import { compareVersions } from './compare-versions.ts';
import { createConnectorRepository, type VersionContent } from './connector-repository.ts';
import { lockConnector } from './lock-connector-repository.ts';

/** The tenant that owns built-in connectors. */
const platformTenant = 'platform';

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
  return seeded;
}

async function seedOne(
  trx: Transaction,
  manifest: ConnectorManifest,
  bundle: Uint8Array | undefined,
): Promise<SeededConnector> {
  await lockConnector(trx, platformTenant, manifest.slug);
  const connectors = createConnectorRepository(trx);
  const content = packConnector(manifest, bundle);
  const { slug, version } = manifest;
  const versions = await connectors.versionsOf(slug);
  const known = versions.find((each) => each.version === version);
  const seeded = { slug, version, integrity: content.integrity };
  if (known?.integrity === content.integrity) return { ...seeded, change: 'none' };
  const stored: VersionContent = {
    connectorId: slug,
    manifest,
    digest: digestManifest(manifest),
    integrity: content.integrity,
  };
  if (versions.length === 0) await connectors.insertBuiltin(platformTenant, slug, manifest);
  else if (versions.every((each) => compareVersions(each.version, version) <= 0)) {
    await connectors.updateHead(platformTenant, slug, manifest);
  }
  await createPackageRepository(trx).insert(content);
  await connectors.insertRevision(platformTenant, stored);
  if (known === undefined) await connectors.insertVersion(platformTenant, stored);
  else await connectors.replaceVersion(platformTenant, stored);
  return { ...seeded, change: known === undefined ? 'created' : 'replaced' };
}
