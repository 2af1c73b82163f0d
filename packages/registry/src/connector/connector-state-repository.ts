import type { DatabaseConnection, Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { ConnectorDefinition } from '@patchbay/manifest';
import { compareVersions } from '@patchbay/manifest';
import { createConnectorRepository } from './connector-repository.ts';
import { toIdentity, type ConnectorRow } from './connector-row.ts';
import type { ConnectorState, TestResultState, VersionState } from './connector-state.ts';
import type { Reader } from './reader.ts';

interface VersionRow {
  readonly id: string;
  readonly connector_id: string;
  readonly version: string;
  readonly revision: number;
  readonly stage: VersionState['stage'];
  readonly visibility: VersionState['visibility'];
  readonly review: VersionState['review'];
  readonly is_unlisted: boolean;
  readonly was_catalogue: boolean;
  readonly definition?: ConnectorDefinition | null;
  readonly pending_definition?: ConnectorDefinition | null;
  readonly definition_hash: string;
  readonly integrity: string | null;
  readonly source_ref: string | null;
  readonly notes: string;
  readonly deprecation: VersionState['deprecation'] | null;
  readonly sunset_at: Date | null;
  readonly flow_version_id: string | null;
  readonly created_at: Date;
  readonly created_by: string;
  readonly published_at: Date | null;
  readonly published_by: string | null;
}

interface TestRow {
  readonly connector_id: string;
  readonly version: string;
  readonly operation: string;
  readonly operation_hash: string;
  readonly is_passed: boolean;
  readonly message: string | null;
  readonly tested_at: Date;
}

interface SettingsRow {
  readonly connector_id: string;
  readonly config: Record<string, unknown>;
}

/** `definitions: false` leaves both definitions of every version out: for lists, where they would be most of the bytes. */
export interface StateOptions {
  readonly definitions: boolean;
}

/**
 * Takes the lock of a connector that the reader sees and reads all about it; until the transaction ends nobody else changes it.
 * Throws `connector_not_found`.
 */
export async function lockForUpdate(trx: Transaction, reader: Reader, idOrSlug: string): Promise<ConnectorState> {
  const connectors = createConnectorRepository(trx);
  const found = await connectors.findVisible(reader, idOrSlug);
  if (found === undefined) throw new AppError('connector_not_found');
  await trx('connectors').where({ id: found.id }).forUpdate().first('id');
  // While it waited for the lock it may have been deleted or taken back.
  if ((await connectors.findVisible(reader, found.id)) === undefined) throw new AppError('connector_not_found');
  return stateById(trx, found.id);
}

/** All about one connector, also while somebody changes it. Throws `connector_not_found`. */
export async function stateById(db: DatabaseConnection, id: string): Promise<ConnectorState> {
  const [state] = await statesById(db, [id], { definitions: true });
  if (state === undefined) throw new AppError('connector_not_found');
  return state;
}

/** The same for several, in no order; ids that are not there are left out. */
export async function statesById(
  db: DatabaseConnection,
  ids: readonly string[],
  options: StateOptions,
): Promise<ConnectorState[]> {
  if (ids.length === 0) return [];
  const columns = options.definitions ? ['*'] : versionColumns;
  // One after the other: inside a transaction there is one connection.
  const connectors = (await db('connectors').whereIn('id', ids).whereNull('deleted_at')) as ConnectorRow[];
  const versions: VersionRow[] = await db('connector_versions').whereIn('connector_id', ids).select(columns);
  const tests = (await db('connector_test_results').whereIn('connector_id', ids)) as TestRow[];
  const settings: SettingsRow[] = await db('connector_settings as s')
    .join('connectors as c', { 'c.id': 's.connector_id', 'c.tenant_id': 's.tenant_id' })
    .whereIn('s.connector_id', ids)
    .select('s.connector_id', 's.config');
  const versionsOf = Map.groupBy(versions, (row) => row.connector_id);
  const testsOf = Map.groupBy(tests, (row) => row.connector_id);
  const settingsOf = new Map(settings.map((row) => [row.connector_id, row.config]));
  return connectors.map((row) =>
    toState(row, {
      versions: versionsOf.get(row.id) ?? [],
      tests: testsOf.get(row.id) ?? [],
      config: settingsOf.get(row.id) ?? {},
    }),
  );
}

/**
 * States of connectors whose rows are at hand, by id, for cards: without definitions, test results and settings, which decide nothing
 * there. One without a version, since it is gone meanwhile, is left out.
 */
export async function statesOfRows(
  db: DatabaseConnection,
  rows: readonly ConnectorRow[],
): Promise<Map<string, ConnectorState>> {
  const { rows: versions } = await db.raw<{ rows: VersionRow[] }>(
    `select ${versionColumns.join(', ')} from connector_versions where connector_id = any(?::text[])`,
    [rows.map((row) => row.id)],
  );
  const versionsOf = Map.groupBy(versions, (version) => version.connector_id);
  return new Map(
    rows.flatMap((row) => {
      const own = versionsOf.get(row.id);
      return own === undefined ? [] : [[row.id, toState(row, { versions: own, tests: [], config: {} })] as const];
    }),
  );
}

const versionColumns = [
  ...['id', 'connector_id', 'version', 'revision', 'stage', 'visibility', 'review', 'is_unlisted', 'was_catalogue'],
  ...['definition_hash', 'integrity', 'source_ref', 'notes', 'deprecation', 'sunset_at', 'flow_version_id'],
  ...['created_at', 'created_by', 'published_at', 'published_by'],
];

interface Parts {
  readonly versions: readonly VersionRow[];
  readonly tests: readonly TestRow[];
  readonly config: Readonly<Record<string, unknown>>;
}

function toState(row: ConnectorRow, parts: Parts): ConnectorState {
  const versions = parts.versions
    .map(toVersion)
    .toSorted((left, right) => compareVersions(right.version, left.version));
  const head = headOf(versions);
  if (head === undefined) throw new Error('A connector without a version cannot happen');
  return {
    id: row.id,
    tenantId: row.tenant_id,
    identity: toIdentity(row),
    isBuiltin: row.is_builtin,
    isEnabled: row.is_enabled,
    isSlugLocked: row.is_slug_locked,
    runtime: row.runtime,
    origin: { kind: row.origin_kind, componentId: row.origin_component_id ?? undefined },
    revision: row.revision,
    createdBy: row.created_by,
    versions,
    head,
    draft: versions.find((version) => version.stage === 'draft'),
    testResults: parts.tests.map(toTest),
    ownerSettings: Object.entries(parts.config)
      .filter(([, value]) => value !== null && value !== '')
      .map(([key]) => key),
  };
}

const ranks: Partial<Record<VersionState['stage'], number>> = { deprecated: 2, blocked: 3, retired: 4, draft: 5 };

/** What may be used goes before what is on its way out before the draft; then the newest. `versions` are newest first. */
function headOf(versions: readonly VersionState[]): VersionState | undefined {
  const rankOf = ({ stage, isUnlisted }: VersionState): number => ranks[stage] ?? Number(isUnlisted);
  return versions.toSorted((left, right) => rankOf(left) - rankOf(right))[0];
}

function toVersion(row: VersionRow): VersionState {
  return {
    id: row.id,
    version: row.version,
    revision: row.revision,
    stage: row.stage,
    visibility: row.visibility,
    review: row.review,
    isUnlisted: row.is_unlisted,
    wasCatalogue: row.was_catalogue,
    definition: row.definition ?? undefined,
    pendingDefinition: row.pending_definition ?? undefined,
    definitionHash: row.definition_hash,
    integrity: row.integrity ?? undefined,
    sourceRef: row.source_ref ?? undefined,
    notes: row.notes,
    deprecation: row.deprecation ?? undefined,
    sunsetAt: row.sunset_at ?? undefined,
    flowVersionId: row.flow_version_id ?? undefined,
    createdAt: row.created_at,
    createdBy: row.created_by,
    publishedAt: row.published_at ?? undefined,
    publishedBy: row.published_by ?? undefined,
  };
}

function toTest(row: TestRow): TestResultState {
  return {
    version: row.version,
    operation: row.operation,
    operationHash: row.operation_hash,
    isPassed: row.is_passed,
    message: row.message ?? undefined,
    testedAt: row.tested_at,
  };
}
