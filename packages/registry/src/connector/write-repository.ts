import { createTenantScope, toJsonb, type RowValues, type Transaction } from '@patchbay/database';
import type { ConnectorDefinition } from '@patchbay/manifest';
import { ulid } from 'ulid';
import { hashDefinition } from '../definition/hash-definition.ts';
import { toIdentityColumns, type ContentLabels } from './connector-row.ts';
import type { ConnectorIdentity, ConnectorState, VersionState } from './connector-state.ts';

/** A connector to be stored; its versions follow. */
export interface NewConnector {
  readonly id: string;
  readonly tenantId: string;
  readonly identity: ConnectorIdentity;
  readonly runtime: ConnectorState['runtime'];
  readonly origin: ConnectorState['origin'];
  readonly isEnabled: boolean;
  /** Id of the user. */
  readonly createdBy: string;
  /** E-mail of the user. */
  readonly updatedBy: string;
}

/** A draft to be stored. */
export interface NewDraft {
  readonly connectorId: string;
  readonly tenantId: string;
  readonly version: string;
  readonly definition: ConnectorDefinition | undefined;
  readonly sourceRef?: string | undefined;
  readonly notes?: string | undefined;
  /** Id of the user. */
  readonly createdBy: string;
}

/** What may be set on a version; what is left out stays. `undefined` on an optional one removes it. */
export type VersionChanges = Partial<
  Pick<
    VersionState,
    | 'version'
    | 'stage'
    | 'visibility'
    | 'review'
    | 'isUnlisted'
    | 'wasCatalogue'
    | 'definition'
    | 'pendingDefinition'
    | 'sourceRef'
    | 'notes'
    | 'deprecation'
    | 'sunsetAt'
    | 'flowVersionId'
    | 'publishedAt'
    | 'publishedBy'
  >
>;

/** What may be set on a connector. Its head columns are `refreshHead`'s. */
export interface ConnectorChanges {
  readonly identity?: ConnectorIdentity;
  readonly isEnabled?: boolean;
  readonly isSlugLocked?: true;
  readonly deletedAt?: Date;
}

/** Stores a connector without any version. The slug must have been found free under `lockSlug`. */
export async function insertConnector(trx: Transaction, connector: NewConnector): Promise<void> {
  await createTenantScope(trx, connector.tenantId).insert('connectors', {
    id: connector.id,
    ...toIdentityColumns(connector.identity),
    runtime: connector.runtime,
    origin_kind: connector.origin.kind,
    origin_component_id: connector.origin.componentId ?? null,
    is_enabled: connector.isEnabled,
    created_by: connector.createdBy,
    updated_by: connector.updatedBy,
    auth_types: [],
    operations: '[]',
    operation_text: '',
    head_version: '',
    stage: 'draft',
    visibility: 'none',
  });
}

/** Stores a draft; gives the id of its row. */
export async function insertDraft(trx: Transaction, draft: NewDraft): Promise<string> {
  const id = ulid();
  await createTenantScope(trx, draft.tenantId).insert('connector_versions', {
    id,
    connector_id: draft.connectorId,
    version: draft.version,
    stage: 'draft',
    visibility: 'none',
    source_ref: draft.sourceRef ?? null,
    notes: draft.notes ?? '',
    created_by: draft.createdBy,
    ...definitionColumns(draft.definition),
  });
  return id;
}

/** Changes facets of one version. */
export async function updateVersion(
  trx: Transaction,
  connector: Pick<ConnectorState, 'tenantId'>,
  change: { readonly versionId: string; readonly set: VersionChanges },
): Promise<void> {
  await createTenantScope(trx, connector.tenantId)
    .rows('connector_versions')
    .where({ id: change.versionId })
    .update({ ...toVersionColumns(change.set), updated_at: trx.fn.now() });
}

/** Every write to a connector or one of its versions ends with this: the revision grows. Gives the new one. */
export async function touchConnector(
  trx: Transaction,
  connector: Pick<ConnectorState, 'id' | 'tenantId'>,
  change: ConnectorChanges & { readonly updatedBy: string },
): Promise<number> {
  const [row] = (await createTenantScope(trx, connector.tenantId)
    .rows('connectors')
    .where({ id: connector.id })
    .update({
      ...(change.identity && toIdentityColumns(change.identity)),
      ...(change.isEnabled !== undefined && { is_enabled: change.isEnabled }),
      ...(change.isSlugLocked && { is_slug_locked: true }),
      ...(change.deletedAt && { deleted_at: change.deletedAt }),
      updated_by: change.updatedBy,
      // Two writes in one millisecond still have an order.
      updated_at: trx.raw(`greatest(clock_timestamp(), updated_at + interval '1 millisecond')`),
      revision: trx.raw('revision + 1'),
    })
    .returning('revision')) as unknown as { revision: number }[];
  if (row === undefined) throw new Error('A connector under lock cannot be gone');
  return row.revision;
}

/** Takes a connector that never was more than a draft out of the tables; its slug is free again. */
export async function deleteDraftConnector(
  trx: Transaction,
  connector: Pick<ConnectorState, 'id' | 'tenantId'>,
): Promise<void> {
  const scope = createTenantScope(trx, connector.tenantId);
  await scope.rows('connector_versions').where({ connector_id: connector.id }).delete();
  await scope.rows('connectors').where({ id: connector.id }).delete();
}

/** What the card shows of a definition; a draft has no manifest to read it from. */
export function labelsOf(definition: ConnectorDefinition): ContentLabels {
  return {
    authTypes: [definition.auth_scheme.type],
    operations: definition.operations.map((operation) => ({ name: operation.name, title: operation.display_name })),
  };
}

function definitionColumns(definition: ConnectorDefinition | undefined): RowValues {
  if (definition === undefined) return { definition: null, definition_hash: '' };
  const labels = labelsOf(definition);
  return {
    definition: toJsonb(definition),
    definition_hash: hashDefinition(definition),
    auth_types: labels.authTypes,
    operations: toJsonb(labels.operations),
  };
}

function toVersionColumns(set: VersionChanges): RowValues {
  const json = (value: unknown): string | null => (value === undefined ? null : toJsonb(value));
  const optional = (key: keyof VersionChanges, columns: () => RowValues): RowValues => (key in set ? columns() : {});
  return {
    ...optional('version', () => ({ version: set.version })),
    ...optional('stage', () => ({ stage: set.stage })),
    ...optional('visibility', () => ({ visibility: set.visibility })),
    ...optional('review', () => ({ review: set.review })),
    ...optional('isUnlisted', () => ({ is_unlisted: set.isUnlisted })),
    ...optional('wasCatalogue', () => ({ was_catalogue: set.wasCatalogue })),
    ...optional('notes', () => ({ notes: set.notes })),
    ...optional('sourceRef', () => ({ source_ref: set.sourceRef ?? null })),
    ...optional('sunsetAt', () => ({ sunset_at: set.sunsetAt ?? null })),
    ...optional('flowVersionId', () => ({ flow_version_id: set.flowVersionId ?? null })),
    ...optional('publishedAt', () => ({ published_at: set.publishedAt ?? null })),
    ...optional('publishedBy', () => ({ published_by: set.publishedBy ?? null })),
    ...optional('deprecation', () => ({ deprecation: json(set.deprecation) })),
    ...optional('pendingDefinition', () => ({ pending_definition: json(set.pendingDefinition) })),
    ...optional('definition', () => definitionColumns(set.definition)),
  };
}
