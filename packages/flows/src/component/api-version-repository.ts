import {
  narrowToText,
  createTenantScope,
  onUniqueViolation,
  type DatabaseConnection,
  type PageRequest,
  type PageResult,
} from '@patchbay/database';
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
  readonly published_at: Date | null;
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
  /** Newest first. */
  search(
    tenantId: string,
    flowId: string,
    query: PageRequest & { readonly query?: string | undefined },
  ): Promise<PageResult<ApiVersionRow>>;
  /** Throws `api_version_not_found`. */
  get(tenantId: string, flowId: string, version: string): Promise<ApiVersionRow>;
  /** Throws `version_exists`. */
  insert(
    tenantId: string,
    version: { flowId: string; version: string; sourceRef: string; createdBy: string },
  ): Promise<string>;
  setDeployment(tenantId: string, id: string, deployment: Deployment): Promise<void>;
  setPublished(tenantId: string, id: string, published: { readonly at: Date; readonly by: string }): Promise<void>;
}

/** By their numbers; a pre-release comes before what it is a pre-release of. */
const newestFirst = `string_to_array(split_part(version, '-', 1), '.')::numeric[] desc, position('-' in version) = 0 desc, version desc`;

export function createApiVersionRepository(db: DatabaseConnection): ApiVersionRepository {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows<ApiVersionRow>('flow_api_versions');
  return {
    list: async (tenantId, flowId) => rows(tenantId).where({ flow_id: flowId }),
    async search(tenantId, flowId, query) {
      const found = rows(tenantId).where({ flow_id: flowId });
      narrowToText(found, query.query, ['version', 'source_ref']);
      const total = await found.clone().count({ total: '*' }).first<{ total: string }>();
      const items = await found.clone().orderByRaw(newestFirst).offset(query.from).limit(query.size);
      return { total: Number(total.total), items };
    },
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
    async setPublished(tenantId, id, { at, by }) {
      await createTenantScope(db, tenantId)
        .rows('flow_api_versions')
        .where({ id })
        .update({ published_at: at, published_by: by });
    },
  };
}
