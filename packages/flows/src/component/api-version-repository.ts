import { createTenantScope, onUniqueViolation, type DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { ulid } from 'ulid';

/** A row of `flow_api_versions`. */
export interface ApiVersionRow {
  readonly id: string;
  readonly flow_id: string;
  readonly version: string;
  readonly source_ref: string;
  readonly flow_version_id: string | null;
  readonly flow_version_number: number | null;
  readonly content_hash: string | null;
  readonly is_exposed: boolean;
  readonly deployed_at: Date | null;
  readonly created_at: Date;
  readonly created_by: string;
}

/** What is deployed as an API version. */
export interface Deployment {
  readonly flowVersionId: string;
  readonly number: number;
  readonly contentHash: string;
  readonly isExposed: boolean;
  readonly at: Date;
}

/** API versions of flows. */
export interface ApiVersionRepository {
  list(tenantId: string, flowId: string): Promise<ApiVersionRow[]>;
  /** Throws `api_version_not_found`. */
  get(tenantId: string, flowId: string, version: string): Promise<ApiVersionRow>;
  /** Throws `version_exists`. */
  insert(
    tenantId: string,
    version: { flowId: string; version: string; sourceRef: string; createdBy: string },
  ): Promise<string>;
  setDeployment(tenantId: string, id: string, deployment: Deployment): Promise<void>;
}

export function createApiVersionRepository(db: DatabaseConnection): ApiVersionRepository {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows<ApiVersionRow>('flow_api_versions');
  return {
    list: async (tenantId, flowId) => rows(tenantId).where({ flow_id: flowId }),
    async get(tenantId, flowId, version) {
      const row = await rows(tenantId).where({ flow_id: flowId, version }).first<ApiVersionRow | undefined>();
      if (row === undefined) throw new AppError('api_version_not_found', { details: { version } });
      return row;
    },
    async insert(tenantId, { flowId, version, sourceRef, createdBy }) {
      const row = { id: ulid(), flow_id: flowId, version, source_ref: sourceRef, created_by: createdBy };
      await onUniqueViolation(createTenantScope(db, tenantId).insert('flow_api_versions', row), 'version_exists');
      return row.id;
    },
    async setDeployment(tenantId, id, deployment) {
      await createTenantScope(db, tenantId).rows('flow_api_versions').where({ id }).update({
        flow_version_id: deployment.flowVersionId,
        flow_version_number: deployment.number,
        content_hash: deployment.contentHash,
        is_exposed: deployment.isExposed,
        deployed_at: deployment.at,
      });
    },
  };
}
