import type { Database } from '@patchbay/database';
import { refreshStaleSearch, type RegistryService } from '@patchbay/registry';

type Query = Parameters<RegistryService['searchMarketplace']>[1];

const brands =
  'Acme Nimbus Vertex Harbor Lumen Quartz Falcon Willow Cobalt Meridian Summit Orchid Beacon Delta Ember Granite Juniper Kestrel Lattice Mosaic'.split(
    ' ',
  );
const kinds =
  'Billing Payroll Inventory Shipping Ledger Calendar Tickets Warehouse Telemetry Fleet Campaigns Surveys Contracts Invoices Payments Messages Storage Search Identity Analytics'.split(
    ' ',
  );
const verbs = 'get list create update delete search send cancel approve export import archive assign merge sync'.split(
  ' ',
);
const nouns =
  'customer order invoice payment shipment vehicle driver contact account ticket message file folder user role report event product price stock supplier contract lead campaign survey answer comment label webhook batch refund'.split(
    ' ',
  );
const categories =
  'Finance CRM Logistics Databases Mail Storage Analytics Marketing Support Identity Telematics Other'.split(' ');
const authTypes = ['none', 'api_key', 'basic', 'bearer', 'oauth2'];
const tenants = ['platform', 'platform', 'platform', 'tenant-1', 'tenant-2'];

/** A repeatable source of numbers: the same catalogue and the same searches in every run. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const pick = <Item>(items: readonly Item[], roll: (sides: number) => number): Item => {
  const item = items[roll(items.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
};

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

interface Size {
  readonly connectors: number;
  readonly operationsEach: number;
}

/** Stores the connectors and indexes them as the registry does; gives the seconds that the index took. */
export async function fillMarketplace(database: Database, size: Size): Promise<number> {
  const roll = createDice(7);
  const rows = Array.from({ length: size.connectors }, (_, index) => aRow(index, size.operationsEach, roll));
  for (let at = 0; at < rows.length; at += 500) {
    const json = JSON.stringify(rows.slice(at, at + 500));
    await database.connection.raw(insertConnectors, [json]);
    await database.connection.raw(insertVersions, [json]);
  }
  await database.connection.raw(insertSettings);
  const startedAt = performance.now();
  await refreshStaleSearch(database);
  return (performance.now() - startedAt) / 1000;
}

function aRow(index: number, operationsEach: number, roll: (sides: number) => number) {
  const [brand, kind] = [pick(brands, roll), pick(kinds, roll)];
  const tenant = pick(tenants, roll);
  return {
    id: `c${index}`,
    tenant,
    slug: `${brand}-${kind}-${index}`.toLowerCase(),
    name: `${brand} ${kind} ${index}`,
    description: `Works with the ${pick(nouns, roll)} and ${pick(nouns, roll)} records of ${brand}.`,
    category: pick(categories, roll),
    tags: [pick(nouns, roll)],
    auth: [pick(authTypes, roll)],
    visibility: tenant === 'platform' || roll(2) === 0 ? 'catalogue' : 'enterprise',
    operations: Array.from({ length: operationsEach }, (_, operation) => {
      const [verb, noun] = [pick(verbs, roll), pick(nouns, roll)];
      return { name: `${verb}${capital(noun)}${operation}`, title: `${capital(verb)} ${noun} ${operation}` };
    }),
  };
}

const given = `json_to_recordset(?) as g(id text, tenant text, slug text, name text, description text, category text, tags text[],
  auth text[], visibility text, operations json)`;
const insertConnectors = `
  insert into connectors (id, tenant_id, slug, name, description, type, category, tags, icon, runtime, auth_types, operations,
    operation_text, head_version, stage, visibility, origin_kind, is_slug_locked, published_at)
  select id, tenant, slug, name, description, 'General', category, tags, '{"tile":"blue"}', 'declarative', auth, operations, '',
    '1.0.0', 'published', visibility, 'builder', true, now() from ${given}`;
const insertVersions = `
  insert into connector_versions (id, connector_id, tenant_id, version, stage, visibility, auth_types, operations, published_at,
    was_catalogue)
  select 'v-' || id, id, tenant, '1.0.0', 'published', visibility, auth, operations, now(), visibility = 'catalogue' from ${given}`;

/** One tenant in the middle of its work has set up a hundred of them. */
const insertSettings = `
  insert into connector_settings (connector_id, tenant_id, config)
  select id, 'tenant-1', '{"region":"eu"}' from connectors order by id limit 100`;

/** What people look for: names, beginnings, two words, typing errors, common operations, filters, later pages, nothing at all. */
export function marketplaceQueries(count: number): Query[] {
  const roll = createDice(11);
  return Array.from({ length: count }, () => aQuery(roll));
}

function aQuery(roll: (sides: number) => number): Query {
  const page = { from: 0, size: 20 };
  const [brand, kind] = [pick(brands, roll).toLowerCase(), pick(kinds, roll).toLowerCase()];
  const [verb, noun] = [pick(verbs, roll), pick(nouns, roll)];
  const makers: (() => Query)[] = [
    () => ({ ...page, query: `${brand} ${kind} ${roll(10_000)}` }),
    () => ({ ...page, query: brand.slice(0, 3 + roll(3)) }),
    () => ({ ...page, query: `${brand} ${kind}` }),
    () => ({ ...page, query: `${brand} ${kind.slice(1, 2)}${kind.slice(0, 1)}${kind.slice(2)}` }),
    () => ({ ...page, query: `${verb} ${noun}` }),
    () => ({ ...page, query: verb }),
    () => ({ ...page, query: noun, category: [pick(categories, roll)], authType: [pick(authTypes, roll)] }),
    () => ({ ...page, query: brand, from: 80 }),
    () => ({ ...page, category: [pick(categories, roll)] }),
    () => page,
  ];
  return pick(makers, roll)();
}
