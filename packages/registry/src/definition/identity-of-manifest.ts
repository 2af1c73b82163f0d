import { manifestSchemaId, type ConnectorManifestInput } from '@patchbay/manifest';
import type { ConnectorIdentity } from '../connector/connector-state.ts';
import { letterIcon } from './letter-icon.ts';

/** Who a connector of ours is, at one version. */
export interface ManifestPlace {
  readonly identity: ConnectorIdentity;
  /** The owner. */
  readonly tenantId: string;
  readonly version: string;
}

/** The part of a manifest that says what a connector is; how it runs is added by whoever makes it. */
export function identityOfManifest({
  identity,
  tenantId,
  version,
}: ManifestPlace): Omit<ConnectorManifestInput, 'runtime' | 'auth' | 'operations'> {
  return {
    $schema: manifestSchemaId,
    id: `@${tenantId.toLowerCase()}/conn-${identity.slug}`,
    slug: identity.slug,
    version,
    name: identity.name,
    description: identity.description,
    type: identity.type,
    category: identity.category,
    tags: [...identity.tags],
    license: 'UNLICENSED',
    icon: { dataUri: identity.image.dataUri ?? letterIcon(identity.name), tile: identity.image.tile },
  };
}
