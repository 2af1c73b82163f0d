import { toFoundBody, toPageBody, type RouteBody, type RouteQuery, type RouteResponse } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { toJson, toYaml } from '@patchbay/flow-model';
import { checkDocument } from './compile-document.ts';
import { describeFlow, describeFlows } from './describe-flow.ts';
import { createFlow, deleteFlow, importFlow, updateFlow, type DraftChange, type SavedFlow } from './edit-flow.ts';
import type { Actor } from './flow-deps.ts';
import { createFlowRepository } from './flow-repository.ts';
import { createFlowVersionRepository, type FlowVersionRow } from './flow-version-repository.ts';
import { liveUses, publishFlow, setFlowEnabled, type PublishDeps, type PublishInput } from './publish-flow.ts';

/** Everything the routes of flows need; answers are the bodies of the routes. */
export type FlowService = ReturnType<typeof createFlowService>;

/** Binds the functions about flows to their dependencies. */
export function createFlowService(deps: PublishDeps) {
  const { connection } = deps.db;
  const flows = createFlowRepository(connection);
  return {
    async search(tenantId: string, query: RouteQuery<'searchFlows'>): Promise<RouteResponse<'searchFlows'>> {
      const startedAt = performance.now();
      const page = await flows.search(tenantId, query);
      const items = await describeFlows(deps, tenantId, page.items);
      return toPageBody({ total: page.total, items }, performance.now() - startedAt);
    },
    async create(actor: Actor, body: RouteBody<'createFlow'>): Promise<RouteResponse<'createFlow'>> {
      return toWriteBody(await createFlow(deps, actor, body), 'created');
    },
    async import(actor: Actor, body: RouteBody<'importFlow'>): Promise<RouteResponse<'importFlow'>> {
      return toWriteBody(await importFlow(deps, actor, body), 'created');
    },
    async get(tenantId: string, id: string, canEdit: boolean): Promise<RouteResponse<'getFlow'>> {
      return toFoundBody(await describeFlow(deps, await flows.get(tenantId, id), canEdit));
    },
    async update(actor: Actor, change: DraftChange): Promise<RouteResponse<'updateFlow'>> {
      return toWriteBody(await updateFlow(deps, actor, change), 'updated');
    },
    async delete(actor: Actor, id: string): Promise<RouteResponse<'deleteFlow'>> {
      await deleteFlow(deps, actor, id);
      return { _id: id, result: 'deleted' };
    },
    async export(tenantId: string, id: string, format: 'json' | 'yaml'): Promise<RouteResponse<'exportFlow'>> {
      const { document } = await flows.get(tenantId, id);
      return { _id: id, format, text: format === 'yaml' ? toYaml(document) : toJson(document) };
    },
    async validate(tenantId: string, id: string): Promise<RouteResponse<'validateFlow'>> {
      const flow = await flows.get(tenantId, id);
      const known = await liveUses(connection, flow);
      const issues = await checkDocument(deps, { tenantId, document: flow.document, known });
      return { valid: !issues.some((issue) => issue.severity === 'error'), issues: [...issues] };
    },
    async publish(actor: Actor, input: PublishInput): Promise<RouteResponse<'publishFlow'>> {
      const { version, planHash, ...saved } = await publishFlow(deps, actor, input);
      return { ...toWriteBody(saved, 'updated'), version, planHash };
    },
    async setEnabled(actor: Actor, id: string, isEnabled: boolean): Promise<RouteResponse<'enableFlow'>> {
      return toWriteBody(await setFlowEnabled(deps, actor, { id, isEnabled }), 'updated');
    },
    ...versionReads(deps),
  };
}

function versionReads(deps: PublishDeps) {
  const flows = createFlowRepository(deps.db.connection);
  const versions = createFlowVersionRepository(deps.db.connection);
  return {
    async searchVersions(
      tenantId: string,
      id: string,
      query: RouteQuery<'searchFlowVersions'>,
    ): Promise<RouteResponse<'searchFlowVersions'>> {
      const startedAt = performance.now();
      const flow = await flows.get(tenantId, id);
      const page = await versions.search(tenantId, id, query);
      const items = page.items.map((row) => ({ id: row.id, ...toVersion(row, flow.live_version_id) }));
      const body = toPageBody({ total: page.total, items }, performance.now() - startedAt);
      return body;
    },
    async getVersion(tenantId: string, id: string, number: number): Promise<RouteResponse<'getFlowVersion'>> {
      const flow = await flows.get(tenantId, id);
      const row = await versions.getByNumber(tenantId, id, number);
      return { _id: row.id, found: true, _source: { ...toVersion(row, flow.live_version_id), document: row.document } };
    },
  };
}

function toWriteBody<Result extends 'created' | 'updated'>(saved: SavedFlow, result: Result) {
  return { _id: saved.id, result, revision: saved.revision };
}

function toVersion(row: Omit<FlowVersionRow, 'document'>, liveId: string | null) {
  if (row.number === null) throw new AppError('flow_not_found');
  return {
    number: row.number,
    note: row.note,
    planHash: row.plan_hash,
    published: row.published_at.toISOString(),
    publishedBy: row.published_by,
    isLive: row.id === liveId,
  };
}
