import type { ConnectorSummary } from '@patchbay/api-contract';
import type { DatabaseConnection } from '@patchbay/database';
import type { JsonObject } from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import { createActionMemo, type ActionMemo } from '../lifecycle/action-memo.ts';
import { actingTenant } from '../lifecycle/permissions.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { maskConfig } from '../settings/secret-values.ts';
import { settingsOf } from '../settings/settings-repository.ts';
import { toIdentity, type VisibleConnectorRow } from './connector-row.ts';
import { statesOfRows } from './connector-state-repository.ts';

/** What a card shows to everybody, and what is asked when it says what its reader may do. */
export interface Card {
  readonly id: string;
  readonly slug: string;
  /** The owner. */
  readonly tenantId: string;
  /** Absent: the name of the owner. */
  readonly vendor: string | null;
  /** Undefined: gone meanwhile. */
  readonly actions: ActionMemo | undefined;
  readonly shared: SharedFields;
}

type ReaderFields = 'owned' | 'vendor' | 'usedByCount' | 'connection_count' | 'config' | 'actions';
type SharedFields = Omit<ConnectorSummary, ReaderFields>;

/** What a card shows one reader beside that. */
interface CardFacts {
  readonly caller: Caller;
  readonly uses: Readonly<Record<string, number>>;
  readonly connections: Readonly<Record<string, number>>;
  readonly vendors: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, JsonObject>;
}

/** Rows as the caller's cards show them, in the same order. */
export async function toSummaries(
  deps: RegistryDeps,
  caller: Caller,
  rows: readonly VisibleConnectorRow[],
): Promise<ConnectorSummary[]> {
  return describeCards(deps, caller, { cards: await makeCards(deps.database.connection, rows) });
}

/** Cards of rows, in the same order. */
export async function makeCards(db: DatabaseConnection, rows: readonly VisibleConnectorRow[]): Promise<Card[]> {
  if (rows.length === 0) return [];
  const states = await statesOfRows(db, rows);
  return rows.map((row) => {
    const state = states.get(row.id);
    const actions = state && createActionMemo(state);
    return { id: row.id, slug: row.slug, tenantId: row.tenant_id, vendor: row.vendor, actions, shared: sharedOf(row) };
  });
}

/** Cards to describe. */
export interface CardsShown {
  readonly cards: readonly Card[];
  /** Connectors of which the caller's tenant has settings, and maybe more; absent: not known. */
  readonly configured?: ReadonlySet<string>;
}

/** Cards as the caller sees them, in the same order; what belongs to its tenant is read now. */
export async function describeCards(
  deps: RegistryDeps,
  caller: Caller,
  shown: CardsShown,
): Promise<ConnectorSummary[]> {
  if (shown.cards.length === 0) return [];
  const facts = await loadFacts(deps, caller, shown);
  return shown.cards.map((card) => toSummary(card, facts));
}

async function loadFacts(deps: RegistryDeps, caller: Caller, { cards, configured }: CardsShown): Promise<CardFacts> {
  const { connection } = deps.database;
  const ids = cards.flatMap(({ id }) => (configured?.has(id) === false ? [] : [id]));
  const owners = [...new Set(cards.flatMap(({ vendor, tenantId }) => (vendor === null ? [tenantId] : [])))];
  const [uses, connections, names, settings] = await Promise.all([
    deps.references.countUsesOfConnectors(caller.tenantId),
    deps.connections.countByConnector(connection, caller.tenantId),
    Promise.all(owners.map((owner) => deps.tenants.nameOf(owner))),
    settingsOf(connection, actingTenant(caller), ids),
  ]);
  return {
    ...{ caller, uses, connections, settings },
    vendors: new Map(owners.map((owner, index) => [owner, names[index] ?? owner])),
  };
}

function toSummary({ id, slug, tenantId, vendor, actions, shared }: Card, facts: CardFacts): ConnectorSummary {
  const config = facts.settings.get(id);
  return {
    ...shared,
    owned: tenantId === actingTenant(facts.caller),
    vendor: vendor ?? facts.vendors.get(tenantId) ?? '',
    usedByCount: own(facts.uses, slug),
    connection_count: own(facts.connections, slug),
    ...(config !== undefined && { config: maskConfig(config) as JsonObject }),
    actions: actions?.of(facts.caller) ?? {},
  };
}

function sharedOf(row: VisibleConnectorRow): SharedFields {
  const identity = toIdentity(row);
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
    runtime: row.runtime,
    ...(identity.url !== undefined && { url: identity.url }),
    ...(identity.documentationUrl !== undefined && { documentation_url: identity.documentationUrl }),
    path_hierarchy: identity.hasPathHierarchy,
    assets: identity.assets,
    oauth_connect_implemented: identity.hasOauthConnect,
    processor: identity.processor,
    origin: originOf(row),
    slug_locked: row.is_slug_locked,
    ...marketOf(row),
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
