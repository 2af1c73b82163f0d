import { editors } from '@patchbay/api-contract';
import type { RouteHandlers } from '../app/route-handler.ts';
import { authorOf, type HandlerDeps } from './deps.ts';

type FlowRoutes =
  | 'searchFlows'
  | 'createFlow'
  | 'importFlow'
  | 'getFlow'
  | 'updateFlow'
  | 'deleteFlow'
  | 'exportFlow'
  | 'validateFlow'
  | 'publishFlow'
  | 'enableFlow'
  | 'disableFlow'
  | 'testStep'
  | 'searchFlowVersions'
  | 'getFlowVersion';

/** Flows and their versions. */
export function flowHandlers(deps: HandlerDeps): RouteHandlers<FlowRoutes> {
  const { flows, runs } = deps.flows;
  return {
    searchFlows: ({ principal, query }) => flows.search(principal.tenantId, query),
    createFlow: async ({ principal, body }) => flows.create(authorOf(principal), body),
    importFlow: async ({ principal, body }) => flows.import(authorOf(principal), body),
    getFlow: ({ principal, params }) => flows.get(principal.tenantId, params.id, editors.includes(principal.role)),
    updateFlow: async ({ principal, params, body, revision }) =>
      flows.update(authorOf(principal), { id: params.id, document: body.document, revision }),
    deleteFlow: async ({ principal, params }) => flows.delete(authorOf(principal), params.id),
    exportFlow: ({ principal, params, query }) => flows.export(principal.tenantId, params.id, query.format),
    validateFlow: ({ principal, params }) => flows.validate(principal.tenantId, params.id),
    publishFlow: async ({ principal, params, body, revision }) =>
      flows.publish(authorOf(principal), { id: params.id, note: body.note, revision }),
    enableFlow: async ({ principal, params }) => flows.setEnabled(authorOf(principal), params.id, true),
    disableFlow: async ({ principal, params }) => flows.setEnabled(authorOf(principal), params.id, false),
    async testStep({ principal, params, body, request }) {
      const result = await runs.testStep(authorOf(principal), params.id, body);
      request.runId = result.runId;
      return result;
    },
    searchFlowVersions: ({ principal, params, query }) => flows.searchVersions(principal.tenantId, params.id, query),
    getFlowVersion: ({ principal, params }) => flows.getVersion(principal.tenantId, params.id, params.number),
  };
}
