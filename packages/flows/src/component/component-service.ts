import type { RouteBody, RouteResponse } from '@patchbay/api-contract';
import type { DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { FlowDocument } from '@patchbay/flow-model';
import type { Actor, ApiVersionKey } from '../flow/flow-deps.ts';
import { createFlowRepository } from '../flow/flow-repository.ts';
import { createFlowVersionRepository } from '../flow/flow-version-repository.ts';
import type { PublishDeps } from '../flow/publish-flow.ts';
import { createApiVersionRepository } from './api-version-repository.ts';
import { branchDocument, branchMethods } from './branches.ts';
import { deployVersion } from './deploy-version.ts';
import { searchApiVersions, type ApiVersionItem, type ApiVersionQuery } from './search-api-versions.ts';

/** What a connector is made from: an API version of a flow. */
export interface ComponentSource {
  readonly flowName: string;
  readonly description: string;
  /** Branch it is built from. */
  readonly sourceRef: string;
  /** Absent: not deployed. */
  readonly deployed?: {
    readonly flowVersionId: string;
    /** JSON Schema of the body that its webhook takes; absent: it cannot be called over HTTP (CH-02). */
    readonly bodySchema?: Readonly<Record<string, unknown>> | undefined;
  };
}

/** A flow as a component: branches, API versions, deployments. */
export type ComponentService = ReturnType<typeof createComponentService>;

export function createComponentService(deps: PublishDeps) {
  return { ...branchMethods(deps), ...versionMethods(deps) };
}

function versionMethods(deps: PublishDeps) {
  return {
    /** A page of API versions, newest first. @throws AppError `flow_not_found`. */
    searchVersions(
      tenantId: string,
      flowId: string,
      query: ApiVersionQuery,
    ): Promise<{ readonly total: number; readonly items: ApiVersionItem[] }> {
      return searchApiVersions(deps, { tenantId, flowId, query });
    },
    /** CH-21. @throws AppError `flow_not_found`, `branch_not_found`, `version_exists`. */
    async createVersion(
      actor: Actor,
      flowId: string,
      body: RouteBody<'createApiVersion'>,
    ): Promise<RouteResponse<'createApiVersion'>> {
      const id = await deps.db.transaction(async (trx) => {
        const flow = await createFlowRepository(trx).lock(actor.tenantId, flowId);
        await branchDocument(trx, flow, body.source_ref);
        const version = { flowId, version: body.version, sourceRef: body.source_ref, createdBy: actor.name };
        return createApiVersionRepository(trx).insert(actor.tenantId, version);
      });
      return { _id: id, result: 'created', version: body.version };
    },
    /** CH-22: compiles the branch and lets the API version run it. @throws AppError as {@link deployVersion}. */
    async deploy(
      actor: Actor,
      flowId: string,
      wanted: { readonly version: string; readonly note: string },
    ): Promise<RouteResponse<'deployApiVersion'>> {
      const { id, number } = await deployVersion(deps, actor, { flowId, ...wanted });
      return { _id: id, result: 'updated', number };
    },
    /**
     * CH-47x: publishes what is deployed as an API and makes no connector of it; again is no change.
     *
     * @throws AppError `flow_not_found`, `api_version_not_found`, `not_deployed`, `component_not_exposed`.
     */
    async publishApi(actor: Actor, key: ApiVersionKey): Promise<RouteResponse<'publishApiVersion'>> {
      const { tenantId } = actor;
      const id = await deps.db.transaction(async (trx) => {
        await createFlowRepository(trx).lock(tenantId, key.flowId);
        const versions = createApiVersionRepository(trx);
        const row = await versions.get(tenantId, key.flowId, key.version);
        if (row.flow_version_id === null) throw new AppError('not_deployed', { details: { version: key.version } });
        if (!row.is_exposed) throw new AppError('component_not_exposed');
        if (row.published_at === null)
          await versions.setPublished(tenantId, row.id, { at: deps.now(), by: actor.name });
        return row.id;
      });
      return { _id: id, result: 'updated' };
    },
    /** What a connector would be made from, in the transaction of the caller. @throws AppError `flow_not_found`, `api_version_not_found`. */
    source: findSource,
  };
}

async function findSource(db: DatabaseConnection, tenantId: string, key: ApiVersionKey): Promise<ComponentSource> {
  const flow = await createFlowRepository(db).get(tenantId, key.flowId);
  const row = await createApiVersionRepository(db).get(tenantId, key.flowId, key.version);
  const base = { flowName: flow.name, description: flow.description, sourceRef: row.source_ref };
  if (row.flow_version_id === null) return base;
  const { document } = await createFlowVersionRepository(db).get(tenantId, row.flow_version_id);
  return { ...base, deployed: { flowVersionId: row.flow_version_id, bodySchema: bodySchemaOf(document) } };
}

/** A flow can be called over HTTP if its trigger is a webhook (CH-02). */
function bodySchemaOf({ trigger }: FlowDocument): Readonly<Record<string, unknown>> | undefined {
  return trigger.kind === 'webhook' ? trigger.bodySchema : undefined;
}
