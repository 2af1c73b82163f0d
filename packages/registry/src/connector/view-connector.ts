import { toFoundBody, type Connector, type FoundBody } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { ConnectorDefinition, ConnectorManifest, Processor } from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import { hashOperation } from '../definition/hash-definition.ts';
import { describeChecklist } from '../lifecycle/checklist.ts';
import { describeActions } from '../lifecycle/describe-actions.ts';
import { refuseRole } from '../lifecycle/permissions.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { toSummaries } from './card-facts.ts';
import { createConnectorRepository } from './connector-repository.ts';
import { findImport } from './import-repository.ts';
import { labelsOf } from './write-repository.ts';
import type { ConnectorState, TestResultState, VersionState } from './connector-state.ts';
import { stateById } from './connector-state-repository.ts';
import { heldSlugs, readerOf } from './reader.ts';

/** Which connector, and how it is to be shown. */
export interface ConnectorQuery {
  readonly idOrSlug: string;
  /** Absent: the newest one that the caller sees. */
  readonly version?: string | undefined;
  /** True: as everybody sees it, without changes that wait for a republication (CH-13). */
  readonly isLive?: boolean | undefined;
  /** True: without `version` the one that an edit is about, the draft before the head. */
  readonly isEdited?: boolean | undefined;
}

/** A connector by id or slug, with one of its versions. Throws `connector_not_found`. */
export async function getConnector(
  deps: RegistryDeps,
  caller: Caller,
  query: ConnectorQuery,
): Promise<FoundBody<Connector>> {
  const seen = await seeConnector(deps, caller, query);
  const [manifest, lastImport] = await Promise.all([manifestOf(deps, seen), lastImportOf(deps, seen)]);
  return toFoundBody({
    ...seen.summary,
    ...versionFields(seen.version),
    ...authored(seen.definition, seen.version),
    ...(manifest !== undefined && { manifest }),
    ...(manifest !== undefined && labelsOfManifest(manifest)),
    ...(manifest?.processors !== undefined && { processors: manifest.processors.map(toProcessorView) }),
    ...authorFields(seen, caller),
    ...(lastImport !== undefined && { last_import: lastImport }),
    versions: seen.versions.map((version) => toVersionView(version, seen.state, caller)),
  });
}

/** Versions that the caller sees, newest first. Throws `connector_not_found`. */
export async function listVersions(
  deps: RegistryDeps,
  caller: Caller,
  idOrSlug: string,
): Promise<Connector['versions']> {
  const { state, versions } = await seeConnector(deps, caller, { idOrSlug });
  return versions.map((version) => toVersionView(version, state, caller));
}

/** A connector as one caller sees it. */
export interface SeenConnector {
  readonly summary: Awaited<ReturnType<typeof toSummaries>>[number];
  readonly state: ConnectorState;
  /** The one that was asked for. */
  readonly version: VersionState;
  readonly versions: readonly VersionState[];
  /** What its author wrote; for authors with the changes that wait. */
  readonly definition: ConnectorDefinition | undefined;
  readonly isAuthor: boolean;
}

/** Finds a connector and a version that the caller sees. Throws `connector_not_found`. */
export async function seeConnector(deps: RegistryDeps, caller: Caller, query: ConnectorQuery): Promise<SeenConnector> {
  const reader = readerOf(caller, await heldSlugs(deps, caller));
  const connectors = createConnectorRepository(deps.database.connection);
  const row = await connectors.findVisible(reader, query.idOrSlug);
  if (row === undefined) throw new AppError('connector_not_found');
  const [state, numbers, [summary]] = await Promise.all([
    stateById(deps.database.connection, row.id),
    connectors.visibleVersions(reader, row.id),
    toSummaries(deps, caller, [row]),
  ]);
  const versions = state.versions.filter((each) => numbers.includes(each.version));
  const usual =
    (query.isEdited === true && versions.find((each) => each.stage === 'draft')?.version) || row.head_version;
  const version = versions.find((each) => each.version === (query.version ?? usual));
  if (version === undefined || summary === undefined) {
    throw new AppError('connector_not_found', { message: 'The connector has no such version.' });
  }
  const isAuthor = refuseRole('edit', { state, version, input: {}, caller }) === undefined;
  const definition =
    isAuthor && query.isLive !== true ? (version.pendingDefinition ?? version.definition) : version.definition;
  return { summary, state, version, versions, definition, isAuthor };
}

async function manifestOf(
  deps: RegistryDeps,
  { state, version }: SeenConnector,
): Promise<ConnectorManifest | undefined> {
  if (version.integrity === undefined) return undefined;
  const lock = { connectorId: state.id, version: version.version, integrity: version.integrity };
  return createConnectorRepository(deps.database.connection).findManifest(lock);
}

type VersionFields = 'version' | 'stage' | 'visibility' | 'review' | 'has_pending_changes';

function versionFields(
  version: VersionState,
): Pick<Connector, VersionFields> & Pick<Partial<Connector>, 'integrity' | 'deprecation'> {
  return {
    version: version.version,
    stage: version.stage,
    visibility: version.visibility,
    review: version.review,
    has_pending_changes: version.pendingDefinition !== undefined,
    ...(version.integrity !== undefined && { integrity: version.integrity }),
    ...(version.deprecation !== undefined && { deprecation: version.deprecation }),
  };
}

function authored(definition: ConnectorDefinition | undefined, version: VersionState): Partial<Connector> {
  if (definition === undefined) return {};
  const labels = labelsOf(definition);
  const ofDraft = { authTypes: [...labels.authTypes], operationCount: labels.operations.length };
  return { ...definition, ...(version.integrity === undefined && ofDraft) };
}

function labelsOfManifest(manifest: ConnectorManifest): Pick<Connector, 'authTypes' | 'operationCount'> {
  const authTypes = [...new Set(manifest.auth.map((scheme) => scheme.type))];
  return { authTypes, operationCount: manifest.operations.length };
}

function toProcessorView({
  name,
  title,
  description,
  operation,
}: Processor): NonNullable<Connector['processors']>[number] {
  return { name, title, description, operation };
}

/** What is for those who may change the connector; nobody else learns what is not done yet. */
function authorFields(seen: SeenConnector, caller: Caller): Pick<Connector, 'test_results' | 'checklist' | 'actions'> {
  const { state, version, definition, isAuthor } = seen;
  const actions = describeActions(state, caller, version.version);
  if (!isAuthor || definition === undefined) return { test_results: [], checklist: [], actions };
  const results = state.testResults.filter((result) => result.version === version.version);
  return {
    test_results: results.map((result) => toTestView(result, definition)),
    checklist: describeChecklist(state, { ...version, definition }),
    actions,
  };
}

async function lastImportOf(deps: RegistryDeps, { state, isAuthor }: SeenConnector): Promise<Connector['last_import']> {
  if (!isAuthor) return undefined;
  const found = await findImport(deps.database.connection, { tenantId: state.tenantId, connectorId: state.id });
  if (found === undefined) return undefined;
  const { sourceName, importedAt, importedBy, leftOut } = found;
  return { source: sourceName, at: importedAt.toISOString(), by: importedBy, left_out: leftOut };
}

function toTestView(result: TestResultState, definition: ConnectorDefinition): Connector['test_results'][number] {
  return {
    operation: result.operation,
    passed: result.isPassed,
    current: hashOperation(definition, result.operation) === result.operationHash,
    at: result.testedAt.toISOString(),
    ...(result.message !== undefined && { message: result.message }),
  };
}

function toVersionView(version: VersionState, state: ConnectorState, caller: Caller): Connector['versions'][number] {
  return {
    version: version.version,
    revision: version.revision,
    stage: version.stage,
    visibility: version.visibility,
    review: version.review,
    unlisted: version.isUnlisted,
    ...(version.sourceRef !== undefined && { source_ref: version.sourceRef }),
    notes: version.notes,
    definition_hash: version.definitionHash,
    ...(version.integrity !== undefined && { integrity: version.integrity }),
    has_pending_changes: version.pendingDefinition !== undefined,
    ...(version.deprecation !== undefined && { deprecation: version.deprecation }),
    created: version.createdAt.toISOString(),
    ...(version.publishedAt !== undefined && { published: version.publishedAt.toISOString() }),
    ...(version.publishedBy !== undefined && { published_by: version.publishedBy }),
    actions: describeActions(state, caller, version.version),
  };
}
