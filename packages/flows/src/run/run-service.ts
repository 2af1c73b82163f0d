import {
  toFoundBody,
  toPageBody,
  type RouteBody,
  type RouteQuery,
  type RouteResponse,
  type Run,
} from '@patchbay/api-contract';
import type { JsonValue } from '@patchbay/flow-model';
import { hashOf } from '../flow/flow-content.ts';
import type { Actor } from '../flow/flow-deps.ts';
import { createFlowRepository } from '../flow/flow-repository.ts';
import { cancelRun } from './cancel-run.ts';
import { assertTriggerData, toTriggerData } from './check-input.ts';
import { takeClosedRuns, type ClosedRunNumbers } from './closed-run-repository.ts';
import { summariseRun } from './describe-run.ts';
import { readRun, readRunStep } from './read-run.ts';
import { reconcileRuns } from './reconcile-runs.ts';
import { resolveTarget } from './resolve-target.ts';
import type { RunDeps } from './run-deps.ts';
import { readRunMark } from './run-mark-repository.ts';
import { createRunRepository } from './run-repository.ts';
import { createRunStatisticsRepository } from './run-statistics-repository.ts';
import { startRun } from './start-run.ts';
import { testStep } from './test-step.ts';
import { watchRun } from './watch-run.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Everything the routes of runs need; answers are the bodies of the routes. */
export type RunService = ReturnType<typeof createRunService>;

/** Binds the functions about runs to their dependencies. */
export function createRunService(deps: RunDeps) {
  const runs = createRunRepository(deps.db.connection);
  return {
    async start(actor: Actor, body: RouteBody<'startRun'>): Promise<RouteResponse<'startRun'>> {
      const target = await resolveTarget(deps, actor, body);
      const { trigger } = target.document;
      const data = toTriggerData(trigger, body.input as JsonValue | undefined); // parsed from JSON
      assertTriggerData(trigger, data);
      const { idempotencyKey: key } = body;
      const { runId } = await startRun(deps, {
        target,
        trigger: data,
        triggerKind: trigger.kind === 'manual' ? 'manual' : 'api',
        isTest: body.version === 'draft',
        ...(key !== undefined && { idempotency: { key, requestHash: hashOf([body.version ?? null, data]) } }),
      });
      return { _id: runId, result: 'created' };
    },
    async search(tenantId: string, query: RouteQuery<'searchRuns'>): Promise<RouteResponse<'searchRuns'>> {
      const startedAt = performance.now();
      const page = await runs.search(tenantId, query);
      return toPageBody({ total: page.total, items: page.items.map(summariseRun) }, performance.now() - startedAt);
    },
    async statistics(
      tenantId: string,
      query: RouteQuery<'getRunStats'>,
    ): Promise<Omit<RouteResponse<'getRunStats'>, 'connectionsToFix'>> {
      const to = deps.now();
      const from = query.from === undefined ? new Date(to.getTime() - dayMs) : new Date(query.from);
      const range = { from, to, buckets: query.buckets, flowId: query.flowId };
      const [statistics, liveFlows] = await Promise.all([
        createRunStatisticsRepository(deps.db.connection).statistics(tenantId, range),
        createFlowRepository(deps.db.connection).countLive(tenantId),
      ]);
      return { ...statistics, liveFlows };
    },
    async get(tenantId: string, id: string): Promise<RouteResponse<'getRun'>> {
      return toFoundBody(await readRun(deps, tenantId, id));
    },
    async getStep(tenantId: string, id: string, path: string): Promise<RouteResponse<'getRunStep'>> {
      return { _id: id, found: true, _source: await readRunStep(deps, tenantId, { runId: id, path }) };
    },
    async cancel(tenantId: string, id: string): Promise<RouteResponse<'cancelRun'>> {
      await cancelRun(deps, tenantId, id);
      return { _id: id, result: 'updated' };
    },
    testStep: (actor: Actor, flowId: string, body: RouteBody<'testStep'>): Promise<RouteResponse<'testStep'>> =>
      testStep(deps, actor, { ...body, flowId }),
    watch: (
      run: { readonly tenantId: string; readonly id: string },
      signal: AbortSignal,
    ): AsyncGenerator<Run, void, undefined> => watchRun(deps, run, signal),
    /** A text that changes when one of the newest runs of a tenant starts or changes its state. */
    mark: (tenantId: string): Promise<string> => readRunMark(deps.db.connection, tenantId),
    /** One round of bringing records in line with Temporal. */
    reconcile: (): Promise<number> => reconcileRuns(deps),
    /** Closed runs that no server has counted yet, for the metrics of this one. */
    takeClosed: (limit: number): Promise<ClosedRunNumbers[]> => takeClosedRuns(deps.db.connection, limit),
  };
}
