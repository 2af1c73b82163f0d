import type { CreateConnector, RouteResponse } from '@patchbay/api-contract';
import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { JsonObject } from '@patchbay/manifest';
import { ulid } from 'ulid';
import type { Caller } from '../caller.ts';
import { checkDraft } from '../definition/check-definition.ts';
import { actingTenant, mayCreate } from '../lifecycle/permissions.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { mergeConfig } from '../settings/merge-config.ts';
import { sealConfig } from '../settings/seal-config.ts';
import { storeSettings } from '../settings/settings-repository.ts';
import { readDocument, type ReadDocument } from './connector-document.ts';
import { refreshHead } from './head-repository.ts';
import { makeSlug } from './make-slug.ts';
import { isSlugTaken, lockConnectorCount, lockFreeSlug, lockSlug } from './slug-repository.ts';
import { countConnectorsByTenant } from './tenant-connectors-repository.ts';
import { insertConnector, insertDraft } from './write-repository.ts';

/** Number of the first version; publishing may choose another one. */
const firstVersion = '1.0.0';

/**
 * T1: makes a connector as a draft. Throws `forbidden_role`, `feature_not_available`, `sdk_access_disabled`, `limit_reached`, `slug_taken`,
 * `validation_error`.
 */
export async function createConnector(
  deps: RegistryDeps,
  caller: Caller,
  body: CreateConnector,
): Promise<RouteResponse<'createConnector'>> {
  const refusal = mayCreate(caller);
  if (refusal !== undefined) throw new AppError(refusal, { details: { role: caller.role } });
  const id = await deps.database.transaction((trx) => createConnectorIn(deps, trx, { caller, body }));
  return { _id: id, result: 'created' };
}

/** The same inside a transaction of the caller, who has checked that this person may create connectors. Gives the id. */
export async function createConnectorIn(
  deps: RegistryDeps,
  trx: Transaction,
  { caller, body }: { readonly caller: Caller; readonly body: CreateConnector },
): Promise<string> {
  const tenantId = actingTenant(caller);
  await assertBelowLimit(trx, caller, tenantId);
  const slug = await takeSlug(trx, tenantId, body);
  const document = readDocument(body, slug);
  assertDraft({ ...document, tenantId });
  const id = ulid();
  await insertConnector(trx, {
    ...{ id, tenantId, identity: document.identity, runtime: 'declarative', isEnabled: document.isEnabled },
    ...{ origin: { kind: 'builder', componentId: undefined }, createdBy: caller.userId, updatedBy: caller.name },
  });
  const { definition } = document;
  await insertDraft(trx, { connectorId: id, tenantId, version: firstVersion, definition, createdBy: caller.userId });
  if (document.config !== undefined) await storeConfig(deps, trx, { id, tenantId, config: document.config });
  await refreshHead(trx, { id, tenantId });
  await deps.audit.record(trx, {
    ...{ tenantId, actor: caller.name, action: 'connector_create', to: 'draft', version: firstVersion },
    target: { kind: 'connector', id, name: document.identity.name },
  });
  return id;
}

/** ZO-77x. The lock keeps two from taking the last place at once. */
async function assertBelowLimit(trx: Transaction, caller: Caller, tenantId: string): Promise<void> {
  if (caller.connectorLimit === null || tenantId !== caller.tenantId) return;
  await lockConnectorCount(trx, tenantId);
  const counts = await countConnectorsByTenant(trx, [tenantId]);
  if ((counts[tenantId] ?? 0) < caller.connectorLimit) return;
  throw new AppError('limit_reached', { details: { limit: caller.connectorLimit } });
}

/** A slug that somebody chose is taken or not; one made from the name gives way (DI-06, DI-13). */
async function takeSlug(trx: Transaction, tenantId: string, body: CreateConnector): Promise<string> {
  if (body.slug === undefined) return lockFreeSlug(trx, tenantId, makeSlug(body.name));
  await lockSlug(trx, body.slug);
  if (await isSlugTaken(trx, { tenantId, slug: body.slug })) {
    throw new AppError('slug_taken', { details: { slug: body.slug } });
  }
  return body.slug;
}

/** Throws `validation_error` for what not even a draft may hold. */
export function assertDraft({ identity, definition, tenantId }: ReadDocument & { readonly tenantId: string }): void {
  const fields = checkDraft({ identity, tenantId, version: firstVersion, definition });
  if (fields.length > 0) throw new AppError('validation_error', { details: { fields } });
}

async function storeConfig(
  deps: RegistryDeps,
  trx: Transaction,
  { id, tenantId, config }: { readonly id: string; readonly tenantId: string; readonly config: JsonObject },
): Promise<void> {
  const place = { tenantId, connectorId: id };
  const merged = mergeConfig({ stored: {}, sent: config, isReplacing: true });
  await storeSettings(trx, tenantId, { connectorId: id, config: await sealConfig(deps.secrets, place, merged) });
}
