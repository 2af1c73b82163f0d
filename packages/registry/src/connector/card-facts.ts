import type { ConnectorSummary } from '@patchbay/api-contract';
import type { JsonObject } from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import { describeActions } from '../lifecycle/describe-actions.ts';
import { actingTenant } from '../lifecycle/permissions.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { maskConfig } from '../settings/secret-values.ts';
import { settingsOf } from '../settings/settings-repository.ts';
import { toIdentity, type VisibleConnectorRow } from './connector-row.ts';
import type { ConnectorState } from './connector-state.ts';
import { statesById } from './connector-state-repository.ts';

/** What a card shows beside the row itself. */
interface CardFacts {
  readonly caller: Caller;
  readonly uses: Readonly<Record<string, number>>;
  readonly connections: Readonly<Record<string, number>>;
  readonly vendors: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, JsonObject>;
  readonly states: ReadonlyMap<string, ConnectorState>;
}

/** Rows as the caller's cards show them, in the same order. */
export async function toSummaries(
  deps: RegistryDeps,
  caller: Caller,
  rows: readonly VisibleConnectorRow[],
): Promise<ConnectorSummary[]> {
  if (rows.length === 0) return [];
  const facts = await loadFacts(deps, caller, rows);
  return rows.map((row) => toSummary(row, facts));
}

async function loadFacts(deps: RegistryDeps, caller: Caller, rows: readonly VisibleConnectorRow[]): Promise<CardFacts> {
  const { connection } = deps.database;
  const ids = rows.map((row) => row.id);
  const owners = [...new Set(rows.map((row) => row.tenant_id))];
  const [uses, connections, names, settings, states] = await Promise.all([
    deps.references.countUsesOfConnectors(caller.tenantId),
    deps.connections.countByConnector(connection, caller.tenantId),
    Promise.all(owners.map((owner) => deps.tenants.nameOf(owner))),
    settingsOf(connection, actingTenant(caller), ids),
    statesById(connection, ids, { definitions: false }),
  ]);
  return {
    ...{ caller, uses, connections, settings },
    vendors: new Map(owners.map((owner, index) => [owner, names[index] ?? owner])),
    states: new Map(states.map((state) => [state.id, state])),
  };
}

function toSummary(row: VisibleConnectorRow, facts: CardFacts): ConnectorSummary {
  const identity = toIdentity(row);
  const state = facts.states.get(row.id);
  const config = facts.settings.get(row.id);
  return {
    ...stored(row),
    ...headOf(row),
    slug: row.slug,
    name: row.name,
    description: row.description,
    type: row.type,
    category: row.category,
    ...(identity.subcategory !== undefined && { subcategory: identity.subcategory }),
    tags: row.tags,
    icon: identity.icon,
    image: identity.image,
    enabled: row.is_enabled,
    builtin: row.is_builtin,
    owned: row.tenant_id === actingTenant(facts.caller),
    vendor: row.vendor ?? facts.vendors.get(row.tenant_id) ?? '',
    runtime: row.runtime,
    usedByCount: own(facts.uses, row.slug),
    connection_count: own(facts.connections, row.slug),
    ...(identity.url !== undefined && { url: identity.url }),
    ...(identity.documentationUrl !== undefined && { documentation_url: identity.documentationUrl }),
    path_hierarchy: identity.hasPathHierarchy,
    assets: identity.assets,
    oauth_connect_implemented: identity.hasOauthConnect,
    processor: identity.processor,
    ...(config !== undefined && { config: maskConfig(config) as JsonObject }),
    origin: originOf(row),
    slug_locked: row.is_slug_locked,
    ...marketOf(row),
    actions: state === undefined ? {} : describeActions(state, facts.caller),
  };
}

function stored(
  row: VisibleConnectorRow,
): Pick<ConnectorSummary, 'id' | 'created' | 'updated' | 'updated_by' | 'revision'> {
  return {
    id: row.id,
    created: row.created_at.toISOString(),
    updated: row.updated_at.toISOString(),
    updated_by: row.updated_by,
    revision: row.revision,
  };
}

type HeadFields =
  'version' | 'stage' | 'visibility' | 'authTypes' | 'operationCount' | 'has_draft' | 'deprecation' | 'published_at';

function headOf(row: VisibleConnectorRow): Pick<ConnectorSummary, HeadFields> {
  return {
    version: row.head_version,
    stage: row.stage,
    visibility: row.visibility,
    authTypes: row.auth_types,
    operationCount: row.operations.length,
    has_draft: row.has_draft && row.stage !== 'draft',
    ...(row.deprecation && { deprecation: row.deprecation }),
    ...(row.published_at !== null && { published_at: row.published_at.toISOString() }),
  };
}

function originOf(row: VisibleConnectorRow): ConnectorSummary['origin'] {
  return {
    kind: row.origin_kind,
    ...(row.origin_component_id !== null && { component_id: row.origin_component_id }),
    ...(row.package_name !== null && { package_name: row.package_name }),
  };
}

function marketOf(row: VisibleConnectorRow): Pick<ConnectorSummary, 'price' | 'availability' | 'vendor_portal_url'> {
  return {
    price: row.price,
    availability: row.availability,
    ...(row.vendor_portal_url !== null && { vendor_portal_url: row.vendor_portal_url }),
  };
}

/** A slug may be a name that every object knows. */
function own(counts: Readonly<Record<string, number>>, slug: string): number {
  return Object.hasOwn(counts, slug) ? (counts[slug] ?? 0) : 0;
}
