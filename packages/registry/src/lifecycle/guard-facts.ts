import type { References } from '@patchbay/api-contract';
import type { Transaction } from '@patchbay/database';
import type { Caller } from '../caller.ts';
import type { ConnectorState } from '../connector/connector-state.ts';
import { isSlugTaken, lockSlug } from '../connector/slug-repository.ts';
import { gatherLiveReferences, gatherReferences, isShared } from '../references/gather-references.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { noReferences, type ActionInput, type GuardFacts, type LifecycleAction } from './lifecycle-action.ts';

/** Which action the facts are for. */
export interface FactsRequest {
  readonly action: LifecycleAction;
  readonly state: ConnectorState;
  readonly caller: Caller;
  readonly input: ActionInput;
  readonly holdsConnection: boolean;
  readonly baseRevision?: number | '*' | undefined;
}

/** Reads what the guards of an action ask for, under the lock of the connector; what they do not ask for is not read. */
export async function gatherFacts(deps: RegistryDeps, trx: Transaction, request: FactsRequest): Promise<GuardFacts> {
  const { action, holdsConnection, baseRevision } = request;
  const base = { now: deps.clock(), holdsConnection, baseRevision };
  if (action === 'disable') return { ...base, ...(await switchFacts(deps, trx, request)) };
  const asked = { state: request.state, tenantId: request.caller.tenantId, version: request.input.version };
  if (action === 'delete') return { ...base, references: await gatherReferences(deps, trx, asked) };
  if (action === 'retire') return { ...base, references: await gatherLiveReferences(deps, trx, asked) };
  if (action === 'republish') return { ...base, references: await authorizedReferences(deps, trx, request.state) };
  if (isForCatalogue(request)) return { ...base, isSlugFree: await isSlugFree(trx, request.state) };
  return base;
}

function isForCatalogue({ action, input, caller }: FactsRequest): boolean {
  if (action === 'approve_review' || input.visibility === 'catalogue') return true;
  return action === 'prerelease' && input.visibility === undefined && caller.role === 'platform_admin';
}

async function isSlugFree(trx: Transaction, { id, tenantId, identity }: ConnectorState): Promise<boolean> {
  await lockSlug(trx, identity.slug);
  return !(await isSlugTaken(trx, { tenantId, slug: identity.slug, exceptId: id, isForCatalogue: true }));
}

/** Connections of the owner that lose something (ZO-36); a private version has no others. */
async function authorizedReferences(deps: RegistryDeps, trx: Transaction, state: ConnectorState): Promise<References> {
  const all = await deps.connections.listOf(trx, state.tenantId, state.identity.slug);
  return { ...noReferences, connections: all.filter((connection) => connection.authorization === 'authorized') };
}

async function switchFacts(
  deps: RegistryDeps,
  trx: Transaction,
  { state, caller }: FactsRequest,
): Promise<Pick<GuardFacts, 'references' | 'enabledElsewhere'>> {
  const { slug } = state.identity;
  const connections = await deps.connections.listOf(trx, caller.tenantId, slug);
  const enabledElsewhere = isShared(state)
    ? await deps.connections.countElsewhereUsing(trx, caller.tenantId, { slug, isEnabled: true })
    : 0;
  const references = { connections, components: [], datasources: [], others: enabledElsewhere };
  return { references, enabledElsewhere };
}
