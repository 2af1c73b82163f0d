import type { ConnectorSummary } from '@patchbay/api-contract';
import type { ConnectorManifest } from '@patchbay/manifest';
import { toJsonb, type RowValues } from '@patchbay/database';

/** Name and title of an operation, for the card and the search. */
export interface OperationLabel {
  readonly name: string;
  readonly title: string;
}

/** A row of `connectors`. */
export interface ConnectorRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly type: ConnectorSummary['type'];
  readonly category: string;
  readonly tags: string[];
  readonly icon: ConnectorSummary['icon'];
  readonly runtime: ConnectorSummary['runtime'];
  readonly auth_types: string[];
  readonly operations: OperationLabel[];
  readonly head_version: string;
  readonly stage: ConnectorSummary['stage'];
  readonly visibility: ConnectorSummary['visibility'];
  readonly is_enabled: boolean;
  readonly is_builtin: boolean;
  readonly revision: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Columns that repeat what the manifest of the head version says. */
export function toManifestColumns(manifest: ConnectorManifest): RowValues {
  const operations: OperationLabel[] = manifest.operations.map(({ name, title }) => ({ name, title }));
  return {
    name: manifest.name,
    description: manifest.description,
    type: manifest.type,
    category: manifest.category,
    tags: manifest.tags,
    icon: toJsonb(manifest.icon),
    runtime: manifest.runtime,
    auth_types: [...new Set(manifest.auth.map((scheme) => scheme.type))],
    operations: toJsonb(operations),
    operation_text: operations.map(({ name, title }) => `${title} ${name}`).join(' | '),
    head_version: manifest.version,
  };
}

/** What a card shows. */
export function toSummary(row: ConnectorRow, usedByCount: number): ConnectorSummary {
  return {
    id: row.id,
    created: row.created_at.toISOString(),
    updated: row.updated_at.toISOString(),
    revision: row.revision,
    slug: row.slug,
    name: row.name,
    description: row.description,
    type: row.type,
    category: row.category,
    tags: row.tags,
    icon: row.icon,
    version: row.head_version,
    stage: row.stage,
    visibility: row.visibility,
    enabled: row.is_enabled,
    builtin: row.is_builtin,
    runtime: row.runtime,
    authTypes: row.auth_types,
    operationCount: row.operations.length,
    usedByCount,
  };
}
