import { toPageBody, type FlowBranch, type RouteBody, type RouteResponse } from '@patchbay/api-contract';
import type { DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { FlowDocument } from '@patchbay/flow-model';
import { compareVersions } from '@patchbay/manifest';
import type { Actor } from '../flow/flow-deps.ts';
import { createFlowRepository, type FlowRow } from '../flow/flow-repository.ts';
import type { PublishDeps } from '../flow/publish-flow.ts';
import { createApiVersionRepository } from './api-version-repository.ts';
import { createBranchRepository } from './branch-repository.ts';

/** Methods of the component service about branches. */
export function branchMethods(deps: PublishDeps) {
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
        const document = await branchDocument(trx, flow, body.from ?? flow.branch);
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
        const document = await branchDocument(trx, flow, change.branch);
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
export async function branchDocument(db: DatabaseConnection, flow: FlowRow, branch: string): Promise<FlowDocument> {
  if (branch === flow.branch) return flow.document;
  const row = await createBranchRepository(db).find(flow.tenant_id, flow.id, branch);
  if (row === undefined) throw new AppError('branch_not_found', { details: { branch } });
  return row.document;
}
