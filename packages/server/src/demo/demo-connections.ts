import { randomBytes } from 'node:crypto';
import { isAppError } from '@patchbay/errors';
import type { Actor } from '@patchbay/flows';
import type { Composition } from '../compose.ts';
import { createDemoDatabase } from './demo-database-repository.ts';
import type { DemoFacts } from './demo-facts.ts';

/** Ids of the demo connections by what the documents call them. */
export type DemoConnections = Readonly<Record<'warehouse' | 'mail' | 'stockroom', string>>;

interface Wanted {
  readonly name: string;
  readonly connector: string;
  readonly authType: string;
  readonly credentials: Readonly<Record<string, string>>;
}

/** Makes connections to what exists on this machine: a small database, the mail sink, the stock system of this server. */
export async function ensureDemoConnections(
  modules: Composition,
  actor: Actor & { userId: string },
  facts: DemoFacts,
): Promise<DemoConnections> {
  const ensure = (wanted: Wanted | undefined): Promise<string> => ensureConnection(modules, actor, { wanted, facts });
  return {
    warehouse: await ensure(await warehouse(modules, facts)),
    mail: await ensure(mail(facts)),
    stockroom: await ensure(stockroom(facts)),
  };
}

/** The local services may have other ports than last time; their connections follow. */
export async function refreshDemoConnections(
  { vault }: Composition,
  actor: Actor & { userId: string },
  facts: DemoFacts,
): Promise<void> {
  const { hostname: host, port } = new URL(facts.config.DATABASE_URL.reveal());
  const places = [{ name: warehouseName, credentials: { host, port: port || '5432' } }, mail(facts), stockroom(facts)];
  const { hits } = await vault.searchConnections(actor.tenantId, { from: 0, size: 200 });
  for (const { name, credentials } of places) {
    const known = hits.hits.find((hit) => hit._source.name === name)?._source;
    if (!known || Object.entries(credentials).every(([field, value]) => known.credentials[field] === value)) continue;
    const body = { credentials: { ...known.credentials, ...credentials } };
    await vault.updateConnection(actor, { id: known.id, body, revision: '*' });
  }
}

function mail({ config }: DemoFacts): Wanted {
  const port = String(config.PATCHBAY_DEMO_MAIL_PORT ?? 2525);
  return {
    name: 'Local mail',
    connector: 'smtp',
    authType: 'custom',
    credentials: { host: '127.0.0.1', port, from: 'orders@patchbay.local', security: 'none' },
  };
}

function stockroom({ publicUrl }: DemoFacts): Wanted {
  return {
    name: 'Stockroom',
    connector: 'http',
    authType: 'none',
    credentials: { base_url: `${publicUrl}/demo/stockroom` },
  };
}

const warehouseName = 'Warehouse database';

async function warehouse({ database }: Composition, { config, log }: DemoFacts): Promise<Wanted | undefined> {
  const password = randomBytes(18).toString('base64url');
  const access = { url: config.DATABASE_URL.reveal(), password };
  try {
    const { host, port, user, name } = await createDemoDatabase(database.connection, access);
    return {
      name: warehouseName,
      connector: 'postgres',
      authType: 'custom',
      credentials: { host, port, user, database: name, password },
    };
  } catch (error) {
    log.warn({ err: error }, 'the demo database could not be made');
    return undefined;
  }
}

/** The id of the connection of that name, made if it is missing; empty if its connector is not there. */
async function ensureConnection(
  { vault }: Composition,
  actor: Actor & { userId: string },
  { wanted, facts }: { wanted: Wanted | undefined; facts: DemoFacts },
): Promise<string> {
  if (!wanted) return '';
  const known = await vault.searchConnections(actor.tenantId, { from: 0, size: 200, query: wanted.name });
  const found = known.hits.hits.find((hit) => hit._source.name === wanted.name);
  if (found) await vault.deleteConnection(actor, found._id);
  try {
    const { _id } = await vault.createConnection(actor, { ...wanted, credentials: { ...wanted.credentials } });
    return _id;
  } catch (error) {
    if (!isAppError(error)) throw error;
    facts.log.warn({ err: error, connection: wanted.name }, 'a demo connection was left out');
    return '';
  }
}
