import { toPageBody, type ConnectorVersionView, type PageBody, type RouteQuery } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { Caller } from '../caller.ts';
import { compareVersions } from '@patchbay/manifest';
import { listVersions } from '../connector/view-connector.ts';
import type { RegistryDeps } from '../registry-deps.ts';

type Query = RouteQuery<'searchConnectorVersions'>;
type Order = (left: ConnectorVersionView, right: ConnectorVersionView) => number;

const byVersion: Order = (left, right) => compareVersions(left.version, right.version);
const orders: Readonly<Record<string, Order>> = {
  version: byVersion,
  stage: (left, right) => left.stage.localeCompare(right.stage, 'en'),
  created: (left, right) => Date.parse(left.created) - Date.parse(right.created),
  published: (left, right) => Date.parse(left.published ?? left.created) - Date.parse(right.published ?? right.created),
};

/** A page of the versions that the caller sees, newest first unless sorted. Throws `connector_not_found`, `validation_error`. */
export async function searchVersions(
  deps: RegistryDeps,
  caller: Caller,
  { idOrSlug, query }: { readonly idOrSlug: string; readonly query: Query },
): Promise<PageBody<ConnectorVersionView & { id: string }>> {
  const started = performance.now();
  const words = (query.query ?? '').trim().toLowerCase();
  const all = (await listVersions(deps, caller, idOrSlug)).filter((version) => matches(version, words));
  const sorted = all.toSorted(orderOf(query.sort));
  const items = sorted
    .slice(query.from, query.from + query.size)
    .map((version) => ({ ...version, id: version.version }));
  return toPageBody({ total: all.length, items }, performance.now() - started);
}

function matches({ version, notes, stage, source_ref: ref }: ConnectorVersionView, words: string): boolean {
  return [version, notes, stage, ref ?? ''].some((text) => text.toLowerCase().includes(words));
}

function orderOf(sort: string | undefined): Order {
  if (sort === undefined || sort === '') return (left, right) => byVersion(right, left);
  const isDescending = sort.startsWith('-');
  const field = isDescending ? sort.slice(1) : sort;
  const order = Object.hasOwn(orders, field) ? orders[field] : undefined;
  if (order === undefined) {
    const message = `One of ${Object.keys(orders).join(', ')}, with - before it for descending.`;
    throw new AppError('validation_error', { details: { fields: [{ path: '/query/sort', message }] } });
  }
  return isDescending ? (left, right) => order(right, left) : order;
}
