import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client, escapeIdentifier } from 'pg';

/** A database as an earlier release left it, and what one must know to use it. Throw-away secrets only. */
export interface ReleaseDump {
  readonly commit: string;
  readonly masterKey: string;
  /** Statements that made the schema, as that release had them. */
  readonly schema: readonly string[];
  /** Rows by table in PostgreSQL's own text form of a row, which keeps every type. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  readonly known: KnownThings;
}

/** What was made through the API of that release, to be found again. */
export interface KnownThings {
  readonly password: string;
  readonly users: readonly { readonly email: string; readonly role: string; readonly tenant: string }[];
  readonly tokens: readonly { readonly token: string; readonly email: string; readonly role: string }[];
  readonly connections: readonly { readonly id: string; readonly name: string; readonly slug: string }[];
  readonly flows: readonly { readonly id: string; readonly name: string; readonly state: string }[];
  readonly runs: readonly { readonly id: string; readonly flowId: string; readonly state: string }[];
  /** Path and secret of a webhook of a live flow, and what it answers to `{"name":"Ada"}`. */
  readonly webhook: { readonly path: string; readonly secret: string; readonly answer: unknown };
}

/** Reads all rows of all tables. */
export async function readTables(url: string): Promise<Record<string, string[]>> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
    );
    const tables: Record<string, string[]> = {};
    for (const { name } of rows) {
      const found = await client.query<{ row: string }>(`select t::text as row from ${escapeIdentifier(name)} t`);
      tables[name] = found.rows.map(({ row }) => row);
    }
    return tables;
  });
}

/** Makes the database of the dump anew, in an empty one. Constraints hold in the end; triggers do not run meanwhile. */
export async function restoreDump(url: string, dump: ReleaseDump): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('begin');
    for (const statement of dump.schema) await client.query(statement);
    await client.query(`set local session_replication_role = replica`);
    for (const [table, rows] of Object.entries(dump.tables)) {
      const name = escapeIdentifier(table);
      // A migration may have put a row there already.
      await client.query(`delete from ${name}`);
      await client.query(`insert into ${name} select (row::${name}).* from unnest($1::text[]) row`, [rows]);
    }
    await client.query('commit');
  });
}

export async function writeDump(file: string, dump: ReleaseDump): Promise<void> {
  await writeFile(file, gzipSync(JSON.stringify(dump), { level: 9 }));
}

export async function readDump(file: URL): Promise<ReleaseDump> {
  return JSON.parse(gunzipSync(await readFile(file)).toString('utf8')) as ReleaseDump;
}

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
