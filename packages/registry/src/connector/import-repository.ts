import type { DatabaseConnection } from '@patchbay/database';

/** An operation as it was imported. */
export interface ImportedForm {
  /** Name it had in the connector. */
  readonly name: string;
  /** Of its content; see `digestOperation`. */
  readonly digest: string;
}

/** The last import into a connector. */
export interface ConnectorImport {
  readonly sourceName: string;
  readonly sourceUrl: string | undefined;
  readonly importedBy: string;
  /** Operations of the description that were not taken. */
  readonly leftOut: number;
  /** By key in the description. */
  readonly operations: Readonly<Record<string, ImportedForm>>;
}

interface ConnectorPlace {
  readonly tenantId: string;
  readonly connectorId: string;
}

/** An import that was kept. */
export type KeptImport = ConnectorImport & { readonly importedAt: Date };

interface ImportRow {
  readonly source_name: string;
  readonly source_url: string | null;
  readonly imported_by: string;
  readonly imported_at: Date;
  readonly left_out: number;
  readonly operations: ConnectorImport['operations'];
}

/** The last import, or undefined. */
export async function findImport(
  db: DatabaseConnection,
  { tenantId, connectorId }: ConnectorPlace,
): Promise<KeptImport | undefined> {
  const row = (await db('connector_imports').where({ tenant_id: tenantId, connector_id: connectorId }).first()) as
    ImportRow | undefined;
  if (row === undefined) return undefined;
  return {
    sourceName: row.source_name,
    sourceUrl: row.source_url ?? undefined,
    importedBy: row.imported_by,
    importedAt: row.imported_at,
    leftOut: row.left_out,
    operations: row.operations,
  };
}

/** Keeps an import in place of the last one. */
export async function storeImport(
  db: DatabaseConnection,
  { tenantId, connectorId }: ConnectorPlace,
  entry: ConnectorImport,
): Promise<void> {
  await db('connector_imports')
    .insert({
      connector_id: connectorId,
      tenant_id: tenantId,
      source_name: entry.sourceName,
      source_url: entry.sourceUrl ?? null,
      imported_by: entry.importedBy,
      imported_at: db.fn.now(),
      left_out: entry.leftOut,
      operations: JSON.stringify(entry.operations),
    })
    .onConflict('connector_id')
    .merge();
}
