import type { RouteHandlers } from '../app/route-handler.ts';
import { authorOf, type HandlerDeps } from './deps.ts';

type RunRoutes = 'startRun' | 'searchRuns' | 'getRunStats' | 'getRun' | 'getRunStep' | 'cancelRun';

/** Runs. */
export function runHandlers(deps: HandlerDeps): RouteHandlers<RunRoutes> {
  const { runs } = deps.flows;
  return {
    async startRun({ principal, body, request }) {
      const started = await runs.start(authorOf(principal), body);
      request.runId = started._id;
      deps.metrics.runStarted('api');
      return started;
    },
    searchRuns: ({ principal, query }) => runs.search(principal.tenantId, query),
    async getRunStats({ principal, query }) {
      const [statistics, connectionsToFix] = await Promise.all([
        runs.statistics(principal.tenantId, query),
        deps.vault.countConnectionsToFix(principal.tenantId),
      ]);
      return { ...statistics, connectionsToFix };
    },
    async getRun({ principal, params, request }) {
      request.runId = params.id;
      return runs.get(principal.tenantId, params.id);
    },
    async getRunStep({ principal, params, query, request }) {
      request.runId = params.id;
      return runs.getStep(principal.tenantId, params.id, query.path);
    },
    async cancelRun({ principal, params, request }) {
      request.runId = params.id;
      return runs.cancel(principal.tenantId, params.id);
    },
  };
}
