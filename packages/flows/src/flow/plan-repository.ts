import { createTenantScope, toJsonb, type DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { Plan } from '@patchbay/flow-model/plan';

/** Compiled plans by content hash. */
export interface PlanRepository {
  /** Stores a plan; the same plan is stored once. */
  save(tenantId: string, plan: Plan): Promise<void>;
  /**
   * The plan of a flow version.
   *
   * @throws AppError `flow_not_found` if the tenant has no such version, or it was compiled to another plan.
   */
  load(tenantId: string, flowVersionId: string, planHash: string): Promise<Plan>;
}

/** Plans in PostgreSQL. */
export function createPlanRepository(db: DatabaseConnection): PlanRepository {
  return {
    async save(tenantId, plan) {
      await createTenantScope(db, tenantId)
        .insert('flow_plans', { hash: plan.hash, plan: toJsonb(plan) })
        .onConflict(['tenant_id', 'hash'])
        .ignore();
    },
    async load(tenantId, flowVersionId, planHash) {
      const row = await createTenantScope(db, tenantId)
        .rows('flow_plans')
        .join('flow_versions', (join) => {
          join
            .on('flow_versions.plan_hash', 'flow_plans.hash')
            .andOn('flow_versions.tenant_id', 'flow_plans.tenant_id');
        })
        .where({ 'flow_versions.id': flowVersionId, 'flow_plans.hash': planHash })
        .first<{ plan: Plan } | undefined>('flow_plans.plan');
      if (!row) throw new AppError('flow_not_found', { message: 'The plan of this flow version is not there.' });
      return row.plan;
    },
  };
}
