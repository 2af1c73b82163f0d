import {
  administrators,
  toPageBody,
  type PageBody,
  type RouteBody,
  type RouteQuery,
  type RouteResponse,
  type TenantView,
} from '@patchbay/api-contract';
import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { IdentityDeps } from '../identity-deps.ts';
import { assertRevision, type ExpectedRevision } from '../expected-revision.ts';
import { assertRole, type Principal } from '../principal.ts';
import { createTenantRepository, lockTenants, withChanges, type TenantRecord } from './tenant-repository.ts';

/** All tenants for a platform administrator, else the caller's own. */
export async function searchTenants(
  deps: IdentityDeps,
  principal: Principal,
  query: RouteQuery<'searchTenants'>,
): Promise<PageBody<TenantView>> {
  assertRole(principal, administrators);
  const started = performance.now();
  const only = principal.isPlatformAdmin ? {} : { id: principal.tenantId };
  const page = await createTenantRepository(deps.database.connection).search({ ...query, ...only });
  const items = await withCounts(deps, page.items);
  return toPageBody({ total: page.total, items }, performance.now() - started);
}

/** Throws `not_found`, also for a tenant that the caller may not see. */
export async function getTenant(
  deps: IdentityDeps,
  principal: Principal,
  id: string,
): Promise<RouteResponse<'getTenant'>> {
  assertRole(principal, administrators);
  assertVisible(principal, id);
  const record = await createTenantRepository(deps.database.connection).findRecord(id);
  const [tenant] = await withCounts(deps, record ? [record] : []);
  if (tenant === undefined) throw noTenant();
  return { _id: id, _source: tenant, found: true };
}

/** Adds a tenant. Throws `forbidden_role` for all but platform administrators, `already_exists`. */
export async function createTenant(
  deps: IdentityDeps,
  principal: Principal,
  body: RouteBody<'createTenant'>,
): Promise<RouteResponse<'createTenant'>> {
  assertRole(principal, ['platform_admin']);
  await deps.database.transaction(async (trx) => {
    await createTenantRepository(trx).insert(body);
    await deps.audit.record(trx, {
      tenantId: body.id,
      actor: principal.name,
      action: 'tenant_created',
      target: { kind: 'tenant', id: body.id, name: body.name },
      details: { features: body.features },
    });
  });
  return { _id: body.id, result: 'created', revision: 1 };
}

/** Changes name, features and limits. Throws `not_found`, `forbidden_role` for all but platform administrators, `revision_conflict`. */
export async function updateTenant(
  deps: IdentityDeps,
  principal: Principal,
  change: { readonly id: string; readonly body: RouteBody<'updateTenant'>; readonly revision: ExpectedRevision },
): Promise<RouteResponse<'updateTenant'>> {
  assertRole(principal, administrators);
  assertVisible(principal, change.id);
  assertRole(principal, ['platform_admin']);
  const revision = await deps.database.transaction((trx) =>
    writeTenant(deps, trx, { ...change, actor: principal.name }),
  );
  return { _id: change.id, result: 'updated', revision };
}

async function writeTenant(
  deps: IdentityDeps,
  trx: Transaction,
  change: {
    readonly id: string;
    readonly body: RouteBody<'updateTenant'>;
    readonly revision: ExpectedRevision;
    readonly actor: string;
  },
): Promise<number> {
  const tenants = createTenantRepository(trx);
  await lockTenants(trx, [change.id]);
  const before = await tenants.findRecord(change.id);
  if (before === undefined) throw noTenant();
  assertRevision(before.revision, change.revision);
  const { name = before.name, features, limits } = change.body;
  const after = {
    id: before.id,
    name,
    features: withChanges(before.features, features),
    limits: withChanges(before.limits, limits),
  };
  const revision = await tenants.update(after, deps.clock());
  await deps.audit.record(trx, {
    tenantId: change.id,
    actor: change.actor,
    action: 'tenant_updated',
    target: { kind: 'tenant', id: change.id, name },
    details: {
      before: { name: before.name, features: before.features, limits: before.limits },
      after: { name, features: after.features, limits: after.limits },
    },
  });
  return revision;
}

async function withCounts(deps: IdentityDeps, records: readonly TenantRecord[]): Promise<TenantView[]> {
  const counts = records.length === 0 ? {} : await deps.connectorCounts(records.map(({ id }) => id));
  return records.map((record) => ({ ...record, connector_count: counts[record.id] ?? 0 }));
}

function assertVisible(principal: Principal, id: string): void {
  if (!principal.isPlatformAdmin && id !== principal.tenantId) throw noTenant();
}

function noTenant(): AppError {
  return new AppError('not_found', { message: 'There is no such tenant.' });
}
