import type { ApiClient, ApiVersion, Flow, FlowBranch } from '@patchbay/api-contract/client';
import { rowsOf } from '../../api/rows.ts';

/** A flow as a component. */
export interface Component {
  readonly flow: Flow;
  readonly branches: readonly FlowBranch[];
  /** Newest first. */
  readonly versions: readonly ApiVersion[];
}

/** All branches or versions of a flow are one page. */
const size = 200;

/** Reads a component. Rejects with `flow_not_found`. */
export async function loadComponent(api: ApiClient, id: string, signal: AbortSignal): Promise<Component> {
  const params = { id };
  const [flow, branches, versions] = await Promise.all([
    api.call('getFlow', { params, signal }),
    loadBranches(api, id, signal),
    api.call('searchApiVersions', { params, query: { size }, signal }),
  ]);
  return { flow: flow._source, branches, versions: rowsOf(versions).rows };
}

/** Reads the branches of a flow, the current one first. Rejects with `flow_not_found`. */
export async function loadBranches(api: ApiClient, id: string, signal?: AbortSignal): Promise<readonly FlowBranch[]> {
  const options = { params: { id }, query: { size }, ...(signal && { signal }) };
  return rowsOf(await api.call('searchFlowBranches', options)).rows;
}

/** The patch after the newest version: what is likely wanted next. */
export function nextVersion(versions: readonly Pick<ApiVersion, 'version'>[]): string {
  const newest = /^(\d+)\.(\d+)\.(\d+)/.exec(versions[0]?.version ?? '');
  return newest === null ? '1.0.0' : `${newest[1] ?? ''}.${newest[2] ?? ''}.${Number(newest[3]) + 1}`;
}

/** Whose stage the buttons change, in words: "1.0.0, published, enterprise". */
export function versionWords({ version, deployed_number: deployed, connector }: ApiVersion): string {
  if (connector !== undefined) return `${version} · ${connector.stage.replace('_', '-')}`;
  return deployed === undefined ? `${version} · not deployed` : `${version} · deployed`;
}
