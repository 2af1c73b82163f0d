import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { SlugSchema } from '@patchbay/manifest';
import { ulid } from 'ulid';
import type { Caller } from '../caller.ts';
import { lockForUpdate } from '../connector/connector-state-repository.ts';
import type { ConnectorIdentity } from '../connector/connector-state.ts';
import { refreshHead } from '../connector/head-repository.ts';
import { makeSlug } from '../connector/make-slug.ts';
import { readerOf } from '../connector/reader.ts';
import { isSlugTaken, lockFreeSlug, lockSlug } from '../connector/slug-repository.ts';
import { insertConnector, insertDraft } from '../connector/write-repository.ts';
import { mayPublishComponent } from '../lifecycle/permissions.ts';
import { runAction, runLocked, type ActionResult } from '../lifecycle/run-action.ts';
import type { ComponentVersionKey, RegistryDeps } from '../registry-deps.ts';
import { readRelease, storeRelease, type ComponentOwner, type ComponentRelease } from './component-release.ts';
import { findComponentConnector, lockComponent } from './component-repository.ts';

/** How it is to be published. */
export interface ComponentPublication extends ComponentVersionKey {
  readonly visibility: 'enterprise' | 'catalogue';
  readonly isConfirmed: boolean;
  readonly notes: string;
  /** Only for the first version; default: made from the name of the flow. */
  readonly slug?: string | undefined;
}

/**
 * CH-02, CH-24: publishes an API version of a flow as a version of its connector; the first one makes the connector. What is deployed is read
 * under the lock that a deployment takes too. Throws what T1 and T6 refuse with, and what `readRelease` throws.
 */
export async function publishComponent(
  deps: RegistryDeps,
  caller: Caller,
  publication: ComponentPublication,
): Promise<ActionResult> {
  const { tenantId } = caller;
  const { flowId, version } = publication;
  return deps.database.transaction(async (trx) => {
    await lockComponent(trx, tenantId, flowId);
    // Who may not see the flow learns nothing else.
    await deps.components.find(trx, tenantId, { flowId, version });
    const refusal = mayPublishComponent(caller);
    if (refusal !== undefined) throw new AppError(refusal, { details: { role: caller.role } });
    const release = await readRelease(deps, trx, { tenantId, flowId, version });
    const known = await findComponentConnector(trx, tenantId, flowId);
    const state = known === undefined ? undefined : await lockForUpdate(trx, readerOf(caller, []), known);
    const connector = state ?? (await insertComponent(trx, caller, { release, slug: publication.slug }));
    const isKnown = state?.versions.some((each) => each.version === version) === true;
    if (!isKnown) await insertVersion(trx, caller, { connector, release });
    const { visibility, isConfirmed, notes } = publication;
    const input = { version, visibility, isConfirmed, notes };
    return runLocked(deps, trx, { idOrSlug: connector.id, action: 'publish', input, caller });
  });
}

interface NewComponent {
  readonly release: ComponentRelease;
  readonly slug: string | undefined;
}

async function insertComponent(trx: Transaction, caller: Caller, made: NewComponent): Promise<ComponentOwner> {
  const { release } = made;
  const id = ulid();
  const slug = await takeSlug(trx, caller.tenantId, made);
  const owner: ComponentOwner = { id, tenantId: caller.tenantId, identity: identityOf(release, slug) };
  await insertConnector(trx, {
    ...owner,
    ...{ runtime: 'flow', isEnabled: true },
    ...{ origin: { kind: 'component', componentId: release.flowId }, createdBy: caller.userId, updatedBy: caller.name },
  });
  return owner;
}

async function takeSlug(trx: Transaction, tenantId: string, { slug, release }: NewComponent): Promise<string> {
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
  { connector, release }: { readonly connector: ComponentOwner; readonly release: ComponentRelease },
): Promise<void> {
  const versionId = await insertDraft(trx, {
    ...{ connectorId: connector.id, tenantId: connector.tenantId, version: release.version, definition: undefined },
    ...{ sourceRef: release.sourceRef, createdBy: caller.userId },
  });
  await storeRelease(trx, connector, { versionId, release });
  await refreshHead(trx, connector);
}

/**
 * CH-13, CH-14: lets a private version run what is deployed now, under the same number: `_republish` of the connector, named by its flow.
 * Throws what T7 refuses with, `version_immutable` for a public one.
 */
export async function republishComponent(
  deps: RegistryDeps,
  caller: Caller,
  { flowId, version }: ComponentVersionKey,
): Promise<ActionResult> {
  const { connection } = deps.database;
  await deps.components.find(connection, caller.tenantId, { flowId, version });
  const idOrSlug = await findComponentConnector(connection, caller.tenantId, flowId);
  if (idOrSlug === undefined)
    throw new AppError('connector_not_found', { message: 'The flow was never published as a connector.' });
  return runAction(deps, caller, { idOrSlug, action: 'republish', input: { version } });
}
