import type { DatabaseConnection, Transaction } from '@patchbay/database';

/** Lets one writer at a time give away a slug, in whatever tenant; until the transaction ends. */
export async function lockSlug(trx: Transaction, slug: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`connector-slug/${slug}`]);
}

/** Lets one writer at a time add a connector to a tenant whose number is limited. */
export async function lockConnectorCount(trx: Transaction, tenantId: string): Promise<void> {
  await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`connector-count/${tenantId}`]);
}

/** For whom a slug is asked. */
export interface SlugRequest {
  readonly tenantId: string;
  readonly slug: string;
  /** The connector that has it already. */
  readonly exceptId?: string | undefined;
  /** True: no tenant may have it, as the catalogue needs. */
  readonly isForCatalogue?: boolean | undefined;
}

/**
 * Whether a slug is taken (5.41): in the tenant, or by anything that all tenants see or saw. Slugs of deleted connectors stay taken.
 * Call it under `lockSlug` before a write.
 */
export async function isSlugTaken(db: DatabaseConnection, request: SlugRequest): Promise<boolean> {
  const query = db('connectors as c').where({ 'c.slug': request.slug });
  if (request.exceptId !== undefined) void query.whereNot({ 'c.id': request.exceptId });
  if (request.isForCatalogue !== true) {
    void query.where((clash) => {
      void clash.where({ 'c.tenant_id': request.tenantId }).orWhere({ 'c.is_builtin': true });
      void clash.orWhereExists(
        db('connector_versions as v')
          .where('v.connector_id', db.ref('c.id'))
          .where((shared) => void shared.where({ 'v.visibility': 'catalogue' }).orWhere({ 'v.was_catalogue': true })),
      );
    });
  }
  return (await query.first<{ id: string } | undefined>('c.id')) !== undefined;
}

/** The first of `slug`, `slug-2`, `slug-3` … that is free in the tenant, locked. */
export async function lockFreeSlug(trx: Transaction, tenantId: string, slug: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? slug : `${slug.slice(0, 52)}-${String(number)}`;
    await lockSlug(trx, candidate);
    if (!(await isSlugTaken(trx, { tenantId, slug: candidate }))) return candidate;
  }
}
