import { createTenantScope, type DatabaseConnection } from '@patchbay/database';
import type { FlowDocument } from '@patchbay/flow-model';
import type { Plan } from '@patchbay/flow-model/plan';

/** The address of a flow. */
export interface WebhookRow {
  token: string;
  sealed_secret: string;
}

/** Everything a call of a webhook needs, read at once. */
export interface WebhookTargetRow {
  tenant_id: string;
  flow_id: string;
  flow_name: string;
  is_enabled: boolean;
  sealed_secret: string;
  version_id: string;
  version: number;
  trigger: FlowDocument['trigger'];
  plan: Plan;
}

/** Webhooks in PostgreSQL. */
export function createWebhookRepository(db: DatabaseConnection) {
  const rows = (tenantId: string, flowId: string) =>
    createTenantScope(db, tenantId).rows<WebhookRow>('webhooks').where('flow_id', flowId);
  return {
    async find(tenantId: string, flowId: string): Promise<WebhookRow | undefined> {
      return rows(tenantId, flowId).first<WebhookRow | undefined>('token', 'sealed_secret');
    },
    /** Makes the address of a flow if it has none yet. */
    async insertIfMissing(
      tenantId: string,
      flowId: string,
      webhook: { token: string; sealedSecret: string },
    ): Promise<void> {
      await createTenantScope(db, tenantId)
        .insert('webhooks', { flow_id: flowId, token: webhook.token, sealed_secret: webhook.sealedSecret })
        .onConflict(['tenant_id', 'flow_id'])
        .ignore();
    },
    async delete(tenantId: string, flowId: string): Promise<void> {
      await rows(tenantId, flowId).delete();
    },
    /**
     * What is behind a token: the live version, or what is deployed as an API version. The one read that knows no tenant: the token is what
     * tells it.
     */
    async findTarget(token: string, apiVersion: string | undefined): Promise<WebhookTargetRow | undefined> {
      const result = await db.raw<{ rows: WebhookTargetRow[] }>(
        `select w.tenant_id, w.flow_id, w.sealed_secret, f.name as flow_name, f.is_enabled, v.id as version_id, v.number as version,
                v.document -> 'trigger' as trigger, p.plan
           from webhooks w
           join flows f on f.id = w.flow_id and f.tenant_id = w.tenant_id
           left join flow_api_versions a on a.flow_id = f.id and a.tenant_id = f.tenant_id and a.version = :apiVersion
           join flow_versions v on v.tenant_id = f.tenant_id
            and v.id = case when :apiVersion::text is null then f.live_version_id else a.flow_version_id end
           join flow_plans p on p.hash = v.plan_hash and p.tenant_id = v.tenant_id
          where w.token = :token`,
        { token, apiVersion: apiVersion ?? null },
      );
      return result.rows[0];
    },
  };
}
