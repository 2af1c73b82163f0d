/** The places where a secret could have been left, each read as it is. */
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Client as TemporalClient, Connection } from '@temporalio/client';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { Client as Postgres } from 'pg';
import { createDatabase } from '@patchbay/database';
import { createPayloadCodec } from '@patchbay/flows';
import { createKeyring } from '@patchbay/vault';
import type { Installation } from './installation.ts';

/** A place by name, with its content. */
export interface Place {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Connection string of the installation's own database. */
export async function databaseUrlOf({ dataDir }: Installation): Promise<string> {
  const password = (await readFile(join(dataDir, 'postgres', 'password'), 'utf8')).trim();
  const ports = JSON.parse(await readFile(join(dataDir, 'ports.json'), 'utf8')) as { postgres: number };
  return `postgres://patchbay:${password}@127.0.0.1:${ports.postgres}/patchbay`;
}

/** Every row of every table of every database of the cluster, system tables included, as text. */
export async function* tablesOf(databaseUrl: string): AsyncGenerator<Place> {
  const databases = await select(databaseUrl, 'select datname as name from pg_database where datallowconn');
  for (const { name: database = '' } of databases) {
    const url = new URL(databaseUrl);
    url.pathname = `/${database}`;
    const tables = await select(
      url.href,
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'm', 'p') and n.nspname <> 'pg_toast'`,
    );
    for (const { name: table = '' } of tables) {
      const rows = await select(url.href, `select t::text as name from ${table} t`);
      yield { name: `${database}.${table}`, content: rows.map(({ name }) => name).join('\n') };
    }
  }
}

async function select(url: string, sql: string): Promise<{ name?: string }[]> {
  const client = new Postgres({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ name: string }>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Every file under a folder, by its path in it. */
export async function* filesOf(folder: string): AsyncGenerator<Place> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((found) => found.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path).catch(() => undefined); // a lock or socket that went away meanwhile
    if (content) yield { name: relative(folder, path), content };
  }
}

/** Every history of Temporal: what it stores, and what the payloads say when they are decrypted. */
export async function* historiesOf(
  installation: Installation,
  keys: { masterKey: string; databaseUrl: string },
): AsyncGenerator<Place> {
  const ports = JSON.parse(await readFile(join(installation.dataDir, 'ports.json'), 'utf8')) as { temporal: number };
  const database = createDatabase({ url: keys.databaseUrl, poolMax: 2, applicationName: 'secrets-test' });
  const keyring = createKeyring({ masterKey: keys.masterKey }, database.connection);
  const codec = createPayloadCodec({ keyFor: (tenantId, keyId) => keyring.dataKeyFor(tenantId, keyId) });
  const connection = await Connection.connect({ address: `127.0.0.1:${ports.temporal}` });
  const client = new TemporalClient({ connection, namespace: 'patchbay' });
  try {
    for await (const { workflowId, runId } of client.workflow.list()) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      const found: Found = { texts: [], payloads: [] };
      collect(history, found);
      yield { name: `history ${workflowId}`, content: found.texts.join('\n') };
      yield { name: `decrypted history ${workflowId}`, content: await decrypted(found.payloads, codec) };
    }
  } finally {
    await connection.close();
    await database.close();
  }
}

interface Found {
  readonly texts: string[];
  readonly payloads: Payload[];
}

function collect(value: unknown, found: Found): void {
  if (typeof value === 'string') found.texts.push(value);
  if (value instanceof Uint8Array) found.texts.push(Buffer.from(value).toString('latin1'));
  else if (typeof value === 'object' && value !== null) {
    if (isPayload(value)) found.payloads.push(value);
    for (const child of Object.values(value)) collect(child, found);
  }
}

function isPayload(value: object): value is Payload {
  return 'data' in value && value.data instanceof Uint8Array && 'metadata' in value;
}

async function decrypted(payloads: readonly Payload[], codec: PayloadCodec): Promise<string> {
  const open = await codec.decode([...payloads]);
  return open.map(({ data }) => Buffer.from(data ?? []).toString()).join('\n');
}

/** Environment and command line of processes. */
export async function processPlaces(pids: readonly number[], parts: readonly string[]): Promise<Place[]> {
  const read = async (pid: number, part: string): Promise<Place[]> => {
    const content = await readFile(`/proc/${pid}/${part}`).catch(() => undefined); // it ended since
    return content ? [{ name: `${part} of process ${pid}`, content }] : [];
  };
  return (await Promise.all(pids.flatMap((pid) => parts.map((part) => read(pid, part))))).flat();
}
