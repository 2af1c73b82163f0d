import { editors, type ApiVersion, type RouteBody } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { isExposed } from '@patchbay/flows';
import { assertRole, type Principal } from '@patchbay/identity';
import type { ComponentConnector, ComponentRelease } from '@patchbay/registry';
import type { RouteHandlers } from '../app/route-handler.ts';
import { callerOf } from './caller.ts';
import { authorOf, type HandlerDeps } from './deps.ts';

type ComponentRoutes =
  | 'searchFlowBranches'
  | 'createFlowBranch'
  | 'checkoutFlowBranch'
  | 'searchApiVersions'
  | 'createApiVersion'
  | 'deployApiVersion'
  | 'publishApiVersion'
  | 'republishApiVersion';

/** Flows as components, and the connectors made from them. The flows know the versions, the registry the connectors. */
export function componentHandlers(deps: HandlerDeps): RouteHandlers<ComponentRoutes> {
  const { components } = deps.flows;
  return {
    searchFlowBranches: ({ principal, params, query }) =>
      components.searchBranches(principal.tenantId, params.id, query),
    createFlowBranch: ({ principal, params, body }) => components.createBranch(authorOf(principal), params.id, body),
    checkoutFlowBranch: ({ principal, params, body, revision }) =>
      components.checkout(authorOf(principal), params.id, { branch: body.branch, revision }),
    async searchApiVersions({ principal, params, query }) {
      const startedAt = performance.now();
      const [versions, connectors] = await Promise.all([
        components.listVersions(principal.tenantId, params.id),
        deps.registry.describeComponent(callerOf(principal), params.id),
      ]);
      const page = versions.slice(query.from, query.from + query.size);
      const rows = await Promise.all(
        page.map((version) => withConnector(deps, { principal, flowId: params.id }, { version, connectors })),
      );
      const hits = rows.map((row) => ({ _id: row.id, _source: row }));
      const took = Math.round(performance.now() - startedAt);
      return { took, hits: { total: { value: versions.length, relation: 'eq' }, hits } };
    },
    createApiVersion: ({ principal, params, body }) => components.createVersion(authorOf(principal), params.id, body),
    async deployApiVersion({ principal, params, body }) {
      const { id, version } = params;
      const connectors = await deps.registry.describeComponent(callerOf(principal), id);
      // CH-16: what all tenants run under this number never changes.
      if (connectors.get(version)?.isImmutable === true)
        throw new AppError('version_immutable', { details: { version } });
      return components.deploy(authorOf(principal), id, { version, note: body.note });
    },
    async publishApiVersion({ principal, params, body }) {
      const release = await releaseOf(deps, principal, params);
      if (body.as === 'api') return publishAsApi(principal, release.id);
      const published = await deps.registry.publishComponent(callerOf(principal), toPublication(release, body));
      return { _id: release.id, result: 'updated', revision: published.revision, connector: published._id };
    },
    async republishApiVersion({ principal, params }) {
      const release = await releaseOf(deps, principal, params);
      const { revision } = await deps.registry.republishComponent(callerOf(principal), release.release);
      return { _id: release.id, result: 'updated', revision };
    },
  };
}

interface Release {
  readonly id: string;
  readonly release: ComponentRelease;
}

/** What is deployed as the version. Throws `not_deployed`, `component_not_exposed`; who may not publish at all learns that first. */
async function releaseOf(
  deps: HandlerDeps,
  principal: Principal,
  { id, version }: { readonly id: string; readonly version: string },
): Promise<Release> {
  const source = await deps.flows.components.source(principal.tenantId, id, version);
  assertRole(principal, ['enterprise_admin']);
  if (!principal.features.sdk_access) throw new AppError('sdk_access_disabled');
  if (source.deployed === undefined) throw new AppError('not_deployed', { details: { version } });
  const { document, flowVersionId } = source.deployed;
  const { trigger } = document;
  if (!isExposed(document) || trigger.kind !== 'webhook') throw new AppError('component_not_exposed');
  return {
    id,
    release: {
      ...{ flowId: id, flowVersionId, version, sourceRef: source.sourceRef, bodySchema: trigger.bodySchema },
      ...{ flowName: source.flowName, title: source.flowName, description: source.description },
    },
  };
}

function toPublication({ release }: Release, body: RouteBody<'publishApiVersion'>) {
  const { visibility, confirm, notes, slug } = body;
  return { release, visibility, isConfirmed: confirm, notes, slug };
}

/** CH-47x: the API stands by its deployment; there is nothing more to publish. */
function publishAsApi(principal: Principal, id: string): { _id: string; result: 'updated' } {
  assertRole(principal, editors);
  return { _id: id, result: 'updated' };
}

async function withConnector(
  deps: HandlerDeps,
  of: { readonly principal: Principal; readonly flowId: string },
  found: {
    readonly version: Omit<ApiVersion, 'connector'>;
    readonly connectors: ReadonlyMap<string, ComponentConnector>;
  },
): Promise<ApiVersion> {
  const { version, connectors } = found;
  const connector = connectors.get(version.version);
  if (connector === undefined) return version;
  const source = await deps.flows.components.source(of.principal.tenantId, of.flowId, version.version);
  const isOutdated = source.deployed?.flowVersionId !== connector.flowVersionId;
  return { ...version, connector: { ...connector.view, is_outdated: isOutdated } };
}
