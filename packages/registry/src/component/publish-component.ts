import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { SlugSchema } from '@patchbay/manifest';
import { ulid } from 'ulid';
import type { Caller } from '../caller.ts';
import { lockForUpdate } from '../connector/connector-state-repository.ts';
import type { ConnectorIdentity, ConnectorState, VersionState } from '../connector/connector-state.ts';
import { storeContent } from '../connector/content-repository.ts';
import { refreshHead } from '../connector/head-repository.ts';
import { makeSlug } from '../connector/make-slug.ts';
import { readerOf } from '../connector/reader.ts';
import { isSlugTaken, lockFreeSlug, lockSlug } from '../connector/slug-repository.ts';
import { insertConnector, insertDraft, touchConnector, updateVersion } from '../connector/write-repository.ts';
import { mayCreate } from '../lifecycle/permissions.ts';
import { decideLocked, runLocked, type ActionResult } from '../lifecycle/run-action.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { toComponentManifest, type ComponentContent } from './component-manifest.ts';
import { findComponentConnector, lockComponent } from './component-repository.ts';

/** A deployed API version of a flow. */
export interface ComponentRelease extends ComponentContent {
  readonly flowName: string;
  readonly version: string;
  readonly sourceRef: string;
}

/** How it is to be published. */
export interface ComponentPublication {
  readonly release: ComponentRelease;
  readonly visibility: 'enterprise' | 'catalogue';
  readonly isConfirmed: boolean;
  readonly notes: string;
  /** Only for the first version; default: made from the name of the flow. */
  readonly slug?: string | undefined;
}

/**
 * CH-02, CH-24: publishes an API version of a flow as a version of its connector; the first one makes the connector. Throws what T1 and T6
 * refuse with.
 */
export async function publishComponent(
  deps: RegistryDeps,
  caller: Caller,
  publication: ComponentPublication,
): Promise<ActionResult> {
  const refusal = mayCreate(caller);
  if (refusal !== undefined) throw new AppError(refusal, { details: { role: caller.role } });
  const { release } = publication;
  return deps.database.transaction(async (trx) => {
    await lockComponent(trx, caller.tenantId, release.flowId);
    const known = await findComponentConnector(trx, caller.tenantId, release.flowId);
    const state = known === undefined ? undefined : await lockForUpdate(trx, readerOf(caller, []), known);
    const connector = state ?? (await insertComponent(trx, caller, publication));
    const isKnown = state?.versions.some((each) => each.version === release.version) === true;
    if (!isKnown) await insertVersion(trx, caller, { connector, release });
    const { visibility, isConfirmed, notes } = publication;
    const input = { version: release.version, visibility, isConfirmed, notes };
    return runLocked(deps, trx, { idOrSlug: connector.id, action: 'publish', input, caller });
  });
}

/** What a version is stored under. */
type Owner = Pick<ConnectorState, 'id' | 'tenantId' | 'identity'>;

async function insertComponent(trx: Transaction, caller: Caller, publication: ComponentPublication): Promise<Owner> {
  const { release } = publication;
  const id = ulid();
  const slug = await takeSlug(trx, caller.tenantId, publication);
  const owner: Owner = { id, tenantId: caller.tenantId, identity: identityOf(release, slug) };
  await insertConnector(trx, {
    ...owner,
    ...{ runtime: 'flow', isEnabled: true },
    ...{ origin: { kind: 'component', componentId: release.flowId }, createdBy: caller.userId, updatedBy: caller.name },
  });
  return owner;
}

async function takeSlug(trx: Transaction, tenantId: string, { slug, release }: ComponentPublication): Promise<string> {
  if (slug === undefined) return lockFreeSlug(trx, tenantId, makeSlug(release.flowName));
  const parsed = SlugSchema.safeParse(slug);
  if (!parsed.success) {
    const fields = [{ path: '/slug', message: parsed.error.issues[0]?.message ?? 'Not a slug.' }];
    throw new AppError('validation_error', { details: { fields } });
  }
  await lockSlug(trx, slug);
  if (await isSlugTaken(trx, { tenantId, slug })) throw new AppError('slug_taken', { details: { slug } });
  return slug;
}

function identityOf(release: ComponentRelease, slug: string): ConnectorIdentity {
  return {
    slug,
    name: release.flowName.slice(0, 120),
    description: release.description.slice(0, 4_000),
    type: 'General',
    category: 'Flows',
    subcategory: undefined,
    tags: [],
    icon: '',
    image: { tile: 'slate' },
    assets: { icons: {} },
    url: undefined,
    documentationUrl: undefined,
    hasPathHierarchy: false,
    hasOauthConnect: false,
    processor: { enabled: false },
  };
}

async function insertVersion(
  trx: Transaction,
  caller: Caller,
  { connector, release }: { readonly connector: Owner; readonly release: ComponentRelease },
): Promise<void> {
  const versionId = await insertDraft(trx, {
    ...{ connectorId: connector.id, tenantId: connector.tenantId, version: release.version, definition: undefined },
    ...{ sourceRef: release.sourceRef, createdBy: caller.userId },
  });
  await storeRelease(trx, connector, { versionId, release });
  await refreshHead(trx, connector);
}

async function storeRelease(
  trx: Transaction,
  state: Owner,
  { versionId, release }: { readonly versionId: string; readonly release: ComponentRelease },
): Promise<void> {
  const place = { identity: state.identity, tenantId: state.tenantId, version: release.version };
  await updateVersion(trx, state, { versionId, set: { flowVersionId: release.flowVersionId } });
  await storeContent(trx, { connector: state, versionId }, { manifest: toComponentManifest(release, place) });
}

/**
 * CH-13, CH-14: lets a private version run what is deployed now, under the same number. Throws what T7 refuses with, `version_immutable`
 * for a public one.
 */
export async function republishComponent(
  deps: RegistryDeps,
  caller: Caller,
  release: ComponentRelease,
): Promise<ActionResult> {
  return deps.database.transaction(async (trx) => {
    await lockComponent(trx, caller.tenantId, release.flowId);
    const id = await findComponentConnector(trx, caller.tenantId, release.flowId);
    if (id === undefined)
      throw new AppError('connector_not_found', { message: 'The flow was never published as a connector.' });
    const input = { version: release.version };
    const { state, decision } = await decideLocked(deps, trx, { idOrSlug: id, action: 'republish', input, caller });
    const { version } = decision;
    if (version.flowVersionId === release.flowVersionId) return unchanged(state, version);
    await storeRelease(trx, state, { versionId: version.id, release });
    await refreshHead(trx, state);
    const revision = await touchConnector(trx, state, { updatedBy: caller.name });
    await deps.audit.record(trx, {
      ...{ tenantId: state.tenantId, actor: caller.name, action: 'connector_republish', version: version.version },
      ...{ from: version.stage, to: version.stage, details: { flow_version: release.flowVersionId } },
      target: { kind: 'connector', id: state.id, name: state.identity.name },
    });
    return { _id: state.id, revision, version: version.version };
  });
}

function unchanged(state: ConnectorState, version: VersionState): ActionResult {
  return { _id: state.id, revision: state.revision, version: version.version };
}
