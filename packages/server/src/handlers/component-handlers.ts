import { editors, toPageBody, type ApiVersion, type RouteBody } from '@patchbay/api-contract';
import type { ApiVersionItem } from '@patchbay/flows';
import type { ComponentConnector } from '@patchbay/registry';
import type { RouteCall, RouteHandlers } from '../app/route-handler.ts';
import { callerOf } from './caller.ts';
import { authorOf, type HandlerDeps } from './deps.ts';

type BranchRoutes = 'searchFlowBranches' | 'createFlowBranch' | 'checkoutFlowBranch';
type VersionRoutes =
  'searchApiVersions' | 'createApiVersion' | 'deployApiVersion' | 'publishApiVersion' | 'republishApiVersion';

/** Flows as components, and the connectors made from them. The flows know the versions, the registry the connectors. */
export function componentHandlers(deps: HandlerDeps): RouteHandlers<BranchRoutes | VersionRoutes> {
  const { components } = deps.flows;
  return {
    searchFlowBranches: ({ principal, params, query }) =>
      components.searchBranches(principal.tenantId, params.id, query),
    createFlowBranch: ({ principal, params, body }) => components.createBranch(authorOf(principal), params.id, body),
    checkoutFlowBranch: ({ principal, params, body, revision }) =>
      components.checkout(authorOf(principal), params.id, { branch: body.branch, revision }),
    searchApiVersions: (call) => searchVersions(deps, call),
    createApiVersion: ({ principal, params, body }) => components.createVersion(authorOf(principal), params.id, body),
    deployApiVersion: ({ principal, params, body }) =>
      components.deploy(authorOf(principal), params.id, { version: params.version, note: body.note }),
    publishApiVersion: (call) => publishVersion(deps, call),
    async republishApiVersion({ principal, params: { id, version } }) {
      const { revision } = await deps.registry.republishComponent(callerOf(principal), { flowId: id, version });
      return { _id: id, result: 'updated', revision };
    },
  };
}

async function searchVersions(
  { flows, registry }: HandlerDeps,
  { principal, params, query }: RouteCall<'searchApiVersions'>,
): ReturnType<RouteHandlers<VersionRoutes>['searchApiVersions']> {
  const startedAt = performance.now();
  const wanted = { ...query, canEdit: editors.includes(principal.role) };
  const [{ total, items }, connectors] = await Promise.all([
    flows.components.searchVersions(principal.tenantId, params.id, wanted),
    registry.describeComponent(callerOf(principal), params.id),
  ]);
  const shown = items.map((item) => withConnector(item, connectors.get(item.view.version)));
  return toPageBody({ total, items: shown }, performance.now() - startedAt);
}

function withConnector({ view, flowVersionId }: ApiVersionItem, connector: ComponentConnector | undefined): ApiVersion {
  if (connector === undefined) return view;
  return { ...view, connector: { ...connector.view, is_outdated: flowVersionId !== connector.flowVersionId } };
}

/** CH-47x: with a connector, the API is published too; without, it alone. */
async function publishVersion(
  { flows, registry }: HandlerDeps,
  { principal, params, body }: RouteCall<'publishApiVersion'>,
): ReturnType<RouteHandlers<VersionRoutes>['publishApiVersion']> {
  const key = { flowId: params.id, version: params.version };
  if (body.as === 'api') return { ...(await flows.components.publishApi(authorOf(principal), key)), _id: params.id };
  const made = await registry.publishComponent(callerOf(principal), { ...key, ...toPublication(body) });
  await flows.components.publishApi(authorOf(principal), key);
  return { _id: params.id, result: 'updated', revision: made.revision, connector: made._id };
}

function toPublication({ visibility, confirm, notes, slug }: RouteBody<'publishApiVersion'>) {
  return { visibility, isConfirmed: confirm, notes, slug };
}
