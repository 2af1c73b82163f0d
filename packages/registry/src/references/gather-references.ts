import type { References } from '@patchbay/api-contract';
import type { DatabaseConnection } from '@patchbay/database';
import { platformTenant } from '../caller.ts';
import type { ConnectorState } from '../connector/connector-state.ts';
import type { ConnectionFilter, ConnectorUse, RegistryDeps } from '../registry-deps.ts';

/** What is asked about, and for whom: only what is in the tenant is named (part 3, Reference). */
export interface ReferenceRequest {
  readonly state: Pick<ConnectorState, 'tenantId' | 'identity' | 'versions'>;
  readonly tenantId: string;
  readonly version?: string | undefined;
}

type Providers = Pick<RegistryDeps, 'connections' | 'references'>;

/** What uses a connector (5.29): connections with their places, flows, and how many of both in other tenants. */
export async function gatherReferences(
  deps: Providers,
  db: DatabaseConnection,
  request: ReferenceRequest,
): Promise<References> {
  const use = { slug: request.state.identity.slug, version: request.version };
  return gather(deps, db, { ...request, connections: use, flows: use });
}

/** What keeps a version from being retired: enabled connections made with it, and deployed flows that run it (T12). */
export async function gatherLiveReferences(
  deps: Providers,
  db: DatabaseConnection,
  request: ReferenceRequest,
): Promise<References> {
  const use = { slug: request.state.identity.slug, version: request.version };
  return gather(deps, db, {
    ...request,
    connections: { ...use, isEnabled: true },
    flows: { ...use, isDeployed: true },
  });
}

interface Gathering extends ReferenceRequest {
  readonly connections: ConnectionFilter;
  readonly flows: ConnectorUse;
}

async function gather(deps: Providers, db: DatabaseConnection, asked: Gathering): Promise<References> {
  const { state, tenantId } = asked;
  const listed = async (tenant: string): Promise<Pick<References, 'connections' | 'components'>> => ({
    connections: await deps.connections.listUsing(db, tenant, asked.connections),
    components: await deps.references.usesOfConnector(db, tenant, asked.flows),
  });
  const none: References = { connections: [], components: [], datasources: [], others: 0 };
  if (isShared(state)) return { ...none, ...(await listed(tenantId)), others: await countElsewhere(deps, db, asked) };
  // The same slug may be another connector in the reader's own tenant.
  const owners = await listed(state.tenantId);
  if (tenantId === state.tenantId) return { ...none, ...owners };
  return { ...none, others: owners.connections.length + owners.components.length };
}

async function countElsewhere(deps: Providers, db: DatabaseConnection, asked: Gathering): Promise<number> {
  const connections = await deps.connections.countElsewhereUsing(db, asked.tenantId, asked.connections);
  return connections + (await deps.references.countUsesElsewhere(db, asked.tenantId, asked.flows));
}

/** Whether other tenants can ever have used it. A private slug may be that of another connector there. */
export function isShared(state: Pick<ConnectorState, 'tenantId' | 'versions'>): boolean {
  if (state.tenantId === platformTenant) return true;
  return state.versions.some((version) => version.wasCatalogue || version.visibility === 'catalogue');
}
