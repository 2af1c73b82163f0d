import {
  toPageBody,
  type ApiVersion,
  type FlowBranch,
  type RouteBody,
  type RouteResponse,
} from '@patchbay/api-contract';
import type { DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { FlowDocument } from '@patchbay/flow-model';
import { compareVersions } from '@patchbay/manifest';
import { readContent } from '../flow/flow-content.ts';
import type { Actor } from '../flow/flow-deps.ts';
import { createFlowRepository, type FlowRow } from '../flow/flow-repository.ts';
import { createFlowVersionRepository } from '../flow/flow-version-repository.ts';
import type { PublishDeps } from '../flow/publish-flow.ts';
import { readWebhook } from '../webhook/webhook-directory.ts';
import { createApiVersionRepository, type ApiVersionRow } from './api-version-repository.ts';
import { createBranchRepository } from './branch-repository.ts';
import { deployVersion } from './deploy-version.ts';

/** An API version without the connector that was made from it; the registry knows that. */
export type ComponentVersion = Omit<ApiVersion, 'connector'>;

/** What a connector is made from: a deployed API version of a flow. */
export interface ComponentSource {
  readonly flowId: string;
  readonly flowName: string;
  readonly description: string;
  readonly version: string;
  readonly sourceRef: string;
  /** Absent: not deployed. */
  readonly deployed?: { readonly flowVersionId: string; readonly document: FlowDocument };
}

/** A flow as a component: branches, API versions, deployments. */
export type ComponentService = ReturnType<typeof createComponentService>;

export function createComponentService(deps: PublishDeps) {
  return { ...branchMethods(deps), ...versionMethods(deps) };
}

function branchMethods(deps: PublishDeps) {
  return {
    async searchBranches(
      tenantId: string,
      flowId: string,
      page: { readonly query?: string | undefined; readonly from: number; readonly size: number },
    ): Promise<RouteResponse<'searchFlowBranches'>> {
      const startedAt = performance.now();
      const all = await listBranches(deps.db.connection, tenantId, flowId);
      const found = all.filter(({ name }) => name.toLowerCase().includes((page.query ?? '').toLowerCase()));
      const items = found.slice(page.from, page.from + page.size);
      return toPageBody({ total: found.length, items }, performance.now() - startedAt);
    },
    /** @throws AppError `flow_not_found`, `branch_not_found`, `already_exists`. */
    async createBranch(
      actor: Actor,
      flowId: string,
      body: RouteBody<'createFlowBranch'>,
    ): Promise<RouteResponse<'createFlowBranch'>> {
      const id = await deps.db.transaction(async (trx) => {
        const flow = await createFlowRepository(trx).lock(actor.tenantId, flowId);
        const document = await documentOf(trx, flow, body.from ?? flow.branch);
        const branches = createBranchRepository(trx);
        if (body.name === flow.branch)
          throw new AppError('already_exists', { message: 'There is such a branch already.' });
        return branches.insert(actor.tenantId, { flowId, name: body.name, document });
      });
      return { _id: id, result: 'created' };
    },
    /** Shows another branch in the editor. @throws AppError `flow_not_found`, `branch_not_found`, `revision_conflict`. */
    async checkout(
      actor: Actor,
      flowId: string,
      change: { readonly branch: string; readonly revision: number | '*' },
    ): Promise<RouteResponse<'checkoutFlowBranch'>> {
      const { tenantId } = actor;
      const revision = await deps.db.transaction(async (trx) => {
        const flows = createFlowRepository(trx);
        const flow = await flows.lock(tenantId, flowId);
        const document = await documentOf(trx, flow, change.branch);
        await createBranchRepository(trx).save(tenantId, { flowId, name: flow.branch, document: flow.document });
        const saved = { document, revision: change.revision, author: actor.name, now: deps.now() };
        const next = await flows.saveDraft(tenantId, flowId, saved);
        await flows.setBranch(tenantId, flowId, change.branch);
        return next;
      });
      return { _id: flowId, result: 'updated', revision };
    },
  };
}

async function listBranches(db: DatabaseConnection, tenantId: string, flowId: string): Promise<FlowBranch[]> {
  const flow = await createFlowRepository(db).get(tenantId, flowId);
  const [rows, versions] = await Promise.all([
    createBranchRepository(db).list(tenantId, flowId),
    createApiVersionRepository(db).list(tenantId, flowId),
  ]);
  const builtFrom = (name: string): string[] =>
    versions
      .filter((each) => each.source_ref === name)
      .map((each) => each.version)
      .toSorted(compareVersions);
  const current = {
    id: `${flowId}-${flow.branch}`,
    name: flow.branch,
    created: flow.created_at,
    updated: flow.updated_at,
  };
  const stored = rows.map((row) => ({ id: row.id, name: row.name, created: row.created_at, updated: row.updated_at }));
  const all = [...stored.filter(({ name }) => name !== flow.branch), current];
  return all
    .toSorted(
      (one, other) =>
        Number(other.name === flow.branch) - Number(one.name === flow.branch) || (one.name < other.name ? -1 : 1),
    )
    .map((each) => ({
      ...{ id: each.id, name: each.name, current: each.name === flow.branch, versions: builtFrom(each.name) },
      ...{ created: each.created.toISOString(), updated: each.updated.toISOString() },
    }));
}

/** The draft of a branch. Throws `branch_not_found`. */
async function documentOf(db: DatabaseConnection, flow: FlowRow, branch: string): Promise<FlowDocument> {
  if (branch === flow.branch) return flow.document;
  const row = await createBranchRepository(db).find(flow.tenant_id, flow.id, branch);
  if (row === undefined) throw new AppError('branch_not_found', { details: { branch } });
  return row.document;
}

function versionMethods(deps: PublishDeps) {
  const { connection } = deps.db;
  return {
    /** Newest first. @throws AppError `flow_not_found`. */
    async listVersions(tenantId: string, flowId: string): Promise<ComponentVersion[]> {
      const flow = await createFlowRepository(connection).get(tenantId, flowId);
      const rows = await createApiVersionRepository(connection).list(tenantId, flowId);
      const newest = rows.toSorted((one, other) => compareVersions(other.version, one.version));
      const endpoint = await endpointOf(deps, flow);
      return Promise.all(newest.map((row) => describeVersion(connection, flow, { row, endpoint })));
    },
    /** CH-21. @throws AppError `flow_not_found`, `branch_not_found`, `version_exists`. */
    async createVersion(
      actor: Actor,
      flowId: string,
      body: RouteBody<'createApiVersion'>,
    ): Promise<RouteResponse<'createApiVersion'>> {
      const id = await deps.db.transaction(async (trx) => {
        const flow = await createFlowRepository(trx).lock(actor.tenantId, flowId);
        await documentOf(trx, flow, body.source_ref);
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
      const flow = await createFlowRepository(connection).get(actor.tenantId, flowId);
      const row = await createApiVersionRepository(connection).get(actor.tenantId, flowId, wanted.version);
      const document = await documentOf(connection, flow, row.source_ref);
      const number = await deployVersion(deps, actor, { flow, row, document, note: wanted.note });
      return { _id: row.id, result: 'updated', number };
    },
    /** What a connector would be made from. @throws AppError `flow_not_found`, `api_version_not_found`. */
    async source(tenantId: string, flowId: string, version: string): Promise<ComponentSource> {
      const flow = await createFlowRepository(connection).get(tenantId, flowId);
      const row = await createApiVersionRepository(connection).get(tenantId, flowId, version);
      const base = { flowId, flowName: flow.name, description: flow.description, version, sourceRef: row.source_ref };
      if (row.flow_version_id === null) return base;
      const { document } = await createFlowVersionRepository(connection).get(tenantId, row.flow_version_id);
      return { ...base, deployed: { flowVersionId: row.flow_version_id, document } };
    },
  };
}

async function describeVersion(
  db: DatabaseConnection,
  flow: FlowRow,
  { row, endpoint }: { readonly row: ApiVersionRow; readonly endpoint: string | undefined },
): Promise<ComponentVersion> {
  const document = await documentOf(db, flow, row.source_ref);
  const isLive = row.flow_version_id !== null && row.flow_version_id === flow.live_version_id;
  return {
    id: row.id,
    version: row.version,
    source_ref: row.source_ref,
    ...(row.flow_version_number !== null && { deployed_number: row.flow_version_number }),
    ...(row.deployed_at !== null && { deployed_at: row.deployed_at.toISOString() }),
    has_undeployed_changes: row.content_hash !== readContent(document).contentHash,
    exposed: row.flow_version_id === null ? isExposed(document) : row.is_exposed,
    ...(isLive && row.is_exposed && endpoint !== undefined && { endpoint }),
    created: row.created_at.toISOString(),
    created_by: row.created_by,
  };
}

/** A flow can be called over HTTP if its trigger is a webhook (CH-02). */
export function isExposed(document: FlowDocument): boolean {
  return document.trigger.kind === 'webhook';
}

async function endpointOf(deps: PublishDeps, flow: FlowRow): Promise<string | undefined> {
  const address = await readWebhook({ db: deps.db.connection, secrets: deps.secrets }, flow.tenant_id, flow.id);
  return address && `${deps.publicUrl}/hook/${address.token}`;
}
