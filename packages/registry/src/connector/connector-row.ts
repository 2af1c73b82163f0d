import { toJsonb, type RowValues } from '@patchbay/database';
import type { ConnectorManifest } from '@patchbay/manifest';
import type { ConnectorIdentity, ConnectorState } from './connector-state.ts';

/** Name and title of an operation, for the card and the search. */
export interface OperationLabel {
  readonly name: string;
  readonly title: string;
}

/** A row of `connectors`: identity, switch, and what its head version says. */
export interface ConnectorRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly type: ConnectorIdentity['type'];
  readonly category: string;
  readonly subcategory: string | null;
  readonly tags: string[];
  readonly icon: ConnectorIdentity['image'];
  readonly icon_source: string;
  readonly assets: ConnectorIdentity['assets'];
  readonly url: string | null;
  readonly documentation_url: string | null;
  readonly path_hierarchy: boolean;
  readonly oauth_connect_implemented: boolean;
  readonly processor: ConnectorIdentity['processor'];
  readonly runtime: ConnectorState['runtime'];
  readonly origin_kind: ConnectorState['origin']['kind'];
  readonly origin_component_id: string | null;
  readonly package_name: string | null;
  readonly vendor: string | null;
  readonly price: 'free' | 'freemium' | 'paid';
  readonly availability: 'default' | 'external';
  readonly vendor_portal_url: string | null;
  readonly is_enabled: boolean;
  readonly is_builtin: boolean;
  readonly is_slug_locked: boolean;
  readonly revision: number;
  readonly created_at: Date;
  readonly created_by: string;
  readonly updated_at: Date;
  readonly updated_by: string;
}

/** The version of a connector that its reader sees first. */
export interface SeenVersion {
  readonly head_version: string;
  readonly stage: ConnectorState['head']['stage'];
  readonly visibility: ConnectorState['head']['visibility'];
  readonly deprecation: ConnectorState['head']['deprecation'] | null;
  readonly published_at: Date | null;
  readonly auth_types: string[];
  readonly operations: OperationLabel[];
  /** There is a draft beside it that the reader may see. */
  readonly has_draft: boolean;
}

/** A row as one reader sees it. */
export type VisibleConnectorRow = ConnectorRow & SeenVersion;

/** What a card shows of the content of a version. */
export interface ContentLabels {
  readonly authTypes: readonly string[];
  readonly operations: readonly OperationLabel[];
}

/** Columns that repeat what a manifest says about the connector as a whole; only packages are described by their manifest. */
export function toManifestColumns(manifest: ConnectorManifest): RowValues {
  return {
    name: manifest.name,
    description: manifest.description,
    type: manifest.type,
    category: manifest.category,
    tags: manifest.tags,
    icon: toJsonb(manifest.icon),
    icon_source: manifest.icon.dataUri,
    documentation_url: manifest.documentationUrl ?? null,
    runtime: manifest.runtime,
    package_name: manifest.id,
  };
}

/** Columns of the Overview. */
export function toIdentityColumns(identity: ConnectorIdentity): RowValues {
  return {
    slug: identity.slug,
    name: identity.name,
    description: identity.description,
    type: identity.type,
    category: identity.category,
    subcategory: identity.subcategory ?? null,
    tags: [...identity.tags],
    icon: toJsonb(identity.image),
    icon_source: identity.icon,
    assets: toJsonb(identity.assets),
    url: identity.url ?? null,
    documentation_url: identity.documentationUrl ?? null,
    path_hierarchy: identity.hasPathHierarchy,
    oauth_connect_implemented: identity.hasOauthConnect,
    processor: toJsonb(identity.processor),
  };
}

/** The Overview of a row. */
export function toIdentity(row: ConnectorRow): ConnectorIdentity {
  return {
    slug: row.slug,
    name: row.name,
    description: row.description,
    type: row.type,
    category: row.category,
    subcategory: row.subcategory ?? undefined,
    tags: row.tags,
    icon: row.icon_source,
    image: row.icon,
    assets: row.assets,
    url: row.url ?? undefined,
    documentationUrl: row.documentation_url ?? undefined,
    hasPathHierarchy: row.path_hierarchy,
    hasOauthConnect: row.oauth_connect_implemented,
    processor: row.processor,
  };
}
