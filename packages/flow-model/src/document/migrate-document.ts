/** Lifts documents of older schema versions. Migrations are numbered without gaps and work on plain JSON. */
import { AppError } from '@patchbay/errors';
import { currentSchemaVersion } from './flow-document.ts';

/** Lifts a document by one version. The result carries the next `schemaVersion`. */
export type Migration = (document: { readonly [key: string]: unknown }) => { [key: string]: unknown };

/** Index n lifts version n + 1 to version n + 2. Empty: version 1 is the first. */
const migrations: readonly Migration[] = [];

/**
 * The document in the newest schema version. JSON that is no object, or has no version, is given back as it is for the
 * schema to report. Throws `flow_document_too_new`.
 */
export function migrateDocument(json: unknown): unknown {
  return migrateWith(migrations, json, currentSchemaVersion);
}

/** {@link migrateDocument} with the table handed in, for its tests. */
export function migrateWith(table: readonly Migration[], json: unknown, newest: number): unknown {
  let document = json;
  for (let version = versionOf(document); version !== undefined && version < newest; version = versionOf(document)) {
    const migration = table[version - 1];
    if (!migration) return document;
    // versionOf has seen that it is an object.
    document = { ...migration(document as { [key: string]: unknown }), schemaVersion: version + 1 };
  }
  const version = versionOf(document);
  if (version !== undefined && version > newest) {
    const message = `The document has schema version ${String(version)}; this Patchbay reads up to ${String(newest)}.`;
    throw new AppError('flow_document_too_new', { message, details: { schemaVersion: version, newest } });
  }
  return document;
}

function versionOf(json: unknown): number | undefined {
  if (typeof json !== 'object' || json === null || !('schemaVersion' in json)) return undefined;
  const { schemaVersion } = json;
  return typeof schemaVersion === 'number' && Number.isInteger(schemaVersion) && schemaVersion >= 1
    ? schemaVersion
    : undefined;
}
