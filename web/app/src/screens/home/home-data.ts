import type { ApiClient, Connection, FlowSummary, RouteResponse, RunSummary } from '@patchbay/api-contract/client';
import { plural } from '../../format/numbers.ts';
import { rowsOf } from '../../api/rows.ts';

/** Buckets of the chart: one per half hour. */
export const homeBuckets = 48;

/** Everything Home shows. */
export interface HomeData {
  readonly stats: RouteResponse<'getRunStats'>;
  readonly flows: readonly FlowSummary[];
  readonly flowCount: number;
  readonly running: readonly RunSummary[];
  readonly toFix: readonly Connection[];
}

/** Loads Home in one go. */
export async function loadHome(api: ApiClient, signal: AbortSignal): Promise<HomeData> {
  const [stats, flows, running, connections] = await Promise.all([
    api.call('getRunStats', { query: { buckets: homeBuckets }, signal }),
    api.call('searchFlows', { query: { size: 6, sort: '-updated' }, signal }),
    api.call('searchRuns', { query: { state: 'queued,running', size: 6 }, signal }),
    api.call('searchConnections', { query: { size: 100 }, signal }),
  ]);
  return {
    stats,
    flows: rowsOf(flows).rows,
    flowCount: rowsOf(flows).total,
    running: rowsOf(running).rows,
    toFix: rowsOf(connections).rows.filter(needsAttention),
  };
}

/** Does a person have to do something about this connection? */
export function needsAttention(connection: Pick<Connection, 'authorization' | 'health' | 'enabled'>): boolean {
  if (!connection.enabled) return false;
  return (
    connection.authorization === 'reauth_required' ||
    connection.authorization === 'revoked' ||
    connection.authorization === 'unauthorized' ||
    connection.health === 'offline' ||
    connection.health === 'degraded'
  );
}

/** What is wrong with a connection: a title and the cause. */
export function connectionProblem(
  connection: Pick<Connection, 'name' | 'health' | 'healthMessage' | 'usedBy'>,
): readonly [string, string] {
  const title =
    connection.health === 'offline' ? `${connection.name} is offline` : `${connection.name} needs a new sign-in`;
  const flows = new Set(connection.usedBy.map((use) => use.flowId)).size;
  const uses = flows === 0 ? '' : `${plural(flows, 'flow')} ${flows === 1 ? 'waits' : 'wait'} for it.`;
  return [title, `${connection.healthMessage ?? ''} ${uses}`.trim()];
}

/** The title of Home is a sentence: "4 flows live, 1 failing". */
export function statusSentence(stats: Pick<HomeData['stats'], 'liveFlows' | 'failingFlows'>): string {
  const live = stats.liveFlows === 0 ? 'No flow is live' : `${plural(stats.liveFlows, 'flow')} live`;
  if (stats.failingFlows.length > 0) return `${live}, ${stats.failingFlows.length} failing`;
  return stats.liveFlows === 0 ? live : `${live}, all well`;
}
