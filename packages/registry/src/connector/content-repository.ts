import { createTenantScope, toJsonb, type Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { ConnectorDefinition, ConnectorManifest } from '@patchbay/manifest';
import { digestManifest } from '@patchbay/manifest/digest';
import { checkDefinition } from '../definition/check-definition.ts';
import { toManifest } from '../definition/to-manifest.ts';
import { packConnector } from '../package/connector-package.ts';
import { createPackageRepository } from '../package/package-repository.ts';
import type { ConnectorIdentity, ConnectorState } from './connector-state.ts';

/** Which version gets a content. */
export interface ContentTarget {
  readonly connector: Pick<ConnectorState, 'id' | 'tenantId'>;
  readonly versionId: string;
}

/**
 * Gives a version a content: package, manifest for ever, and the integrity by which flows lock it. The revision of the version grows if it stood
 * for another content before. Answers the integrity.
 */
export async function storeContent(
  trx: Transaction,
  target: ContentTarget,
  content: { readonly manifest: ConnectorManifest; readonly bundle?: Uint8Array | undefined },
): Promise<string> {
  const { connector, versionId } = target;
  const { manifest } = content;
  const pack = packConnector(manifest, content.bundle);
  const scope = createTenantScope(trx, connector.tenantId);
  await createPackageRepository(trx).insert(pack);
  await scope
    .insert('connector_revisions', {
      connector_id: connector.id,
      version: manifest.version,
      integrity: pack.integrity,
      manifest: toJsonb(manifest),
      manifest_digest: digestManifest(manifest),
    })
    .onConflict(['connector_id', 'version', 'integrity'])
    .ignore();
  await scope
    .rows('connector_versions')
    .where({ id: versionId })
    .update({
      integrity: pack.integrity,
      revision: trx.raw('case when integrity is null or integrity = ? then revision else revision + 1 end', [
        pack.integrity,
      ]),
      auth_types: [...new Set(manifest.auth.map((scheme) => scheme.type))],
      operations: toJsonb(manifest.operations.map(({ name, title }) => ({ name, title }))),
      updated_at: trx.fn.now(),
    });
  return pack.integrity;
}

/** A content made from what a person wrote. */
export interface DefinitionContent {
  readonly connector: Pick<ConnectorState, 'id' | 'tenantId'>;
  readonly identity: ConnectorIdentity;
  readonly versionId: string;
  readonly version: string;
  readonly definition: ConnectorDefinition;
}

/** Makes the manifest of a definition and stores it. Throws `validation_error` with the fields that keep it from running. */
export async function storeDefinitionContent(trx: Transaction, content: DefinitionContent): Promise<string> {
  const { connector, identity, version, definition } = content;
  const source = { identity, tenantId: connector.tenantId, version, definition };
  const fields = checkDefinition(source);
  if (fields.length > 0) throw new AppError('validation_error', { details: { fields } });
  return storeContent(trx, { connector, versionId: content.versionId }, { manifest: toManifest(source) });
}
