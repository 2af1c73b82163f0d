import { randomBytes } from 'node:crypto';
import {
  failureOf,
  packageDirOf,
  startConnector,
  type ConnectorHarness,
  type TestConnection,
} from '@patchbay/connector-testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { connector } from '../src/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string;
  }
}

interface Rows {
  readonly rows: Record<string, unknown>[];
  readonly rowCount: number;
  readonly isTruncated?: boolean;
}

const database = `postgres_plugin_${randomBytes(6).toString('hex')}`;
const server = new URL(inject('databaseUrl'));
let admin: Client;
let harness: ConnectorHarness;

const connectionWith = (overrides: Record<string, string> = {}): TestConnection => ({
  credentials: { password: overrides['password'] ?? decodeURIComponent(server.password) },
  config: {
    host: '127.0.0.1',
    port: server.port,
    database,
    user: decodeURIComponent(server.username),
    ...Object.fromEntries(Object.entries(overrides).filter(([name]) => name !== 'password')),
  },
});

async function run(operation: string, input: Parameters<ConnectorHarness['invoke']>[1]): Promise<Rows> {
  return (await harness.invoke(operation, input, { connection: connectionWith() })).output as unknown as Rows;
}

async function runPage(
  input: Parameters<ConnectorHarness['invoke']>[1],
): Promise<{ readonly rows: Record<string, unknown>[]; readonly cursor?: string }> {
  return (await harness.invoke('readRows', input, { connection: connectionWith() })).output as never;
}

const failing = (operation: string, input: Parameters<ConnectorHarness['invoke']>[1], overrides = {}) =>
  failureOf(harness.invoke(operation, input, { connection: connectionWith(overrides) }));

beforeAll(async () => {
  const maintenance = new Client({ connectionString: server.href });
  await maintenance.connect();
  await maintenance.query(`create database ${database}`);
  await maintenance.end();
  const own = new URL(server.href);
  own.pathname = `/${database}`;
  admin = new Client({ connectionString: own.href });
  await admin.connect();
  harness = await startConnector(connector, packageDirOf(import.meta.url));
});

afterAll(async () => {
  await harness.close();
  await admin.end();
  const maintenance = new Client({ connectionString: server.href });
  await maintenance.connect();
  await maintenance.query(`drop database ${database} with (force)`);
  await maintenance.end();
});

beforeEach(async () => {
  await admin.query(`
    drop table if exists "Stock items";
    create table "Stock items" (
      sku text primary key, "quantity ""now""" integer not null default 0, tags jsonb, added timestamptz default now(), sizes int[]
    )`);
});

const table = 'public.Stock items';
const quantity = 'quantity "now"';

describe('the postgres connector against a real PostgreSQL', () => {
  it('reads rows with bound values', async () => {
    const result = await run('query', {
      sql: 'select $1::int as a, $2::text as b',
      values: [1, "x'; drop table y; --"],
    });
    expect(result).toEqual({ rows: [{ a: 1, b: "x'; drop table y; --" }], rowCount: 1, isTruncated: false });
  });

  it('gives every type as sensible JSON', async () => {
    const sql = `select 42::int8 as small, '1.00000000000000000001'::numeric as nearly, 9007199254740991::int8 as most, 9007199254740993::int8 as big, 12.50::numeric as price,
      0.1234567890123456789::numeric as exact, '2026-01-02T03:04:05+02'::timestamptz as at, '2026-01-02 03:04:05'::timestamp as local,
      '2026-01-02'::date as day, 'infinity'::timestamptz as never, '\\x0102'::bytea as bytes, '{"a":[1]}'::jsonb as doc,
      array[1,null,9007199254740993]::int8[] as list, true as yes, null as nothing, 'NaN'::float8 as nan, '1 day'::interval as wait,
      array['2026-01-02T00:00:00Z']::timestamptz[] as times, point(1,2) as place`;
    expect((await run('query', { sql })).rows[0]).toEqual({
      small: 42,
      nearly: '1.00000000000000000001',
      most: 9007199254740991,
      big: '9007199254740993',
      price: 12.5,
      exact: '0.1234567890123456789',
      at: '2026-01-02T01:04:05.000Z',
      local: '2026-01-02T03:04:05',
      day: '2026-01-02',
      never: 'infinity',
      bytes: 'AQI=',
      doc: { a: [1] },
      list: [1, null, '9007199254740993'],
      yes: true,
      nothing: null,
      nan: 'NaN',
      wait: '1 day',
      times: ['2026-01-02T00:00:00.000Z'],
      place: { x: 1, y: 2 },
    });
  });

  it('stops at the row limit, says so, and stays usable', async () => {
    const result = await run('query', { sql: 'select generate_series(1, 1000000) as n', maxRows: 3 });
    expect(result).toEqual({ rows: [{ n: 1 }, { n: 2 }, { n: 3 }], rowCount: 3, isTruncated: true });
    expect((await run('query', { sql: 'select 1 as n' })).rows).toEqual([{ n: 1 }]);
  });

  it('cannot write in a query, and leaves the transaction', async () => {
    const error = await failing('query', { sql: `insert into "Stock items" (sku) values ('x')` });
    expect([error.code, error.details['sqlState']]).toEqual(['remote_bad_request', '25006']);
    expect((await run('execute', { sql: `insert into "Stock items" (sku) values ('x')` })).rowCount).toBe(1);
  });

  it('takes one statement only', async () => {
    expect((await failing('execute', { sql: 'select 1; select 2' })).code).toBe('remote_bad_request');
  });

  it('inserts rows of any shape in one statement, quoting every name', async () => {
    const rows = [
      { sku: 'A1', [quantity]: 2, tags: ['a', { b: 1 }], sizes: [1, 2] },
      { sku: "B'2", [quantity]: 0, tags: null, sizes: null },
    ];
    const result = await run('insertRows', { table, rows, returning: ['sku', 'added'] });
    expect(result).toEqual({
      rowCount: 2,
      rows: [
        { sku: 'A1', added: expect.stringMatching(/Z$/) },
        { sku: "B'2", added: expect.stringMatching(/Z$/) },
      ],
    });
    const stored = await admin.query('select * from "Stock items" order by sku');
    expect(stored.rows).toMatchObject(rows);
  });

  it('writes all rows or none, and names the conflict', async () => {
    const error = await failing('insertRows', { table, rows: [{ sku: 'A1' }, { sku: 'A1' }] });
    expect([error.code, error.isRetryable, error.details['sqlState']]).toEqual(['remote_conflict', false, '23505']);
    expect((await admin.query('select 1 from "Stock items"')).rowCount).toBe(0);
  });

  it('upserts: repeating gives the same state', async () => {
    const input = { table, rows: [{ sku: 'A1', [quantity]: 5 }], conflictColumns: ['sku'] };
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await run('upsertRows', input)).rowCount).toBe(1);
    await run('upsertRows', { ...input, rows: [{ sku: 'A1', [quantity]: 9 }], onConflict: 'ignore' });
    expect((await admin.query('select * from "Stock items"')).rows).toMatchObject([{ sku: 'A1', [quantity]: 5 }]);
  });

  it('writes nothing for no rows, and refuses rows of different columns', async () => {
    expect(await run('insertRows', { table, rows: [] })).toEqual({ rowCount: 0, rows: [] });
    const error = await failing('insertRows', { table, rows: [{ sku: 'A' }, { sku: 'B', tags: 1 }] });
    expect([error.code, error.message]).toEqual(['operation_input_invalid', 'Row 2 has other columns than row 1.']);
  });

  it('writes 10,000 rows in one call', async () => {
    const rows = Array.from({ length: 10_000 }, (_unused, index) => ({ sku: `S${String(index)}`, [quantity]: index }));
    expect((await run('insertRows', { table, rows })).rowCount).toBe(10_000);
  });

  it.each([
    ['select * from nowhere', 'remote_bad_request', '42P01'],
    ['selec 1', 'remote_bad_request', '42601'],
    ['select 1/0', 'remote_bad_request', '22012'],
  ])('maps the failure of %s', async (sql, code, sqlState) => {
    const error = await failing('query', { sql });
    expect([error.code, error.details['sqlState']]).toEqual([code, sqlState]);
  });

  it.each([
    [{ password: 'planted-wrong-password' }, 'remote_unauthorized'],
    [{ database: 'nowhere' }, 'remote_not_found'],
    [{ port: '1' }, 'network_error'],
    [{ port: 'x' }, 'operation_input_invalid'],
    [{ ssl_mode: 'maybe' }, 'operation_input_invalid'],
    [{ ssl_mode: 'require' }, 'remote_bad_request'],
  ])('maps the bad connection %o to %s', async (overrides, code) => {
    const error = await failing('ping', {}, overrides);
    expect(error.code).toBe(code);
    expect(JSON.stringify([error.message, error.details, harness.logLines])).not.toContain('planted-wrong-password');
  });

  it('CO-01 CO-62x readRows pulls a table page by page, whatever comes or goes in between', async () => {
    await admin.query(
      `insert into "Stock items" (sku) select 'S' || lpad(n::text, 4, '0') from generate_series(1, 1201) n`,
    );
    const skus: unknown[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = await runPage({ table, keyColumns: ['sku'], ...(cursor !== undefined && { cursor }) });
      skus.push(...page.rows.map((row) => row['sku']));
      expect(page.rows.every((row) => !('patchbay_key' in row))).toBe(true);
      cursor = page.cursor;
      pages += 1;
      await admin.query(`delete from "Stock items" where sku = 'S0001'`);
    } while (cursor !== undefined);
    const all = Array.from({ length: 1_201 }, (_unused, index) => `S${String(index + 1).padStart(4, '0')}`);
    expect([pages, skus]).toEqual([3, all]);
  });

  it('reads the pages of a query by keys of several columns and any type, with bound values', async () => {
    const sql = `select n % 3 as a, timestamptz '2026-01-01' + n * interval '1 microsecond' as b, n::float8 / 7 as c
      from generate_series(1, $1::int) n;`;
    const input = { sql, values: [10], keyColumns: ['a', 'b', 'c'], pageSize: 4 };
    const first = await runPage(input);
    const second = await runPage({ ...input, cursor: first.cursor ?? '' });
    const third = await runPage({ ...input, cursor: second.cursor ?? '' });
    expect([first, second, third].map(({ rows }) => rows.map(({ a }) => a))).toEqual([
      [0, 0, 0, 1],
      [1, 1, 1, 2],
      [2, 2],
    ]);
    expect(third.cursor).toBeUndefined();
    expect(new Set([...first.rows, ...second.rows, ...third.rows].map(({ c }) => c)).size).toBe(10);
  });

  it.each([
    [{ table, sql: 'select 1' }, '/sql'],
    [{}, '/table'],
    [{ table, values: [1] }, '/values'],
    [{ table, cursor: '["x"]' }, '/cursor'],
    [{ table, keyColumns: ['sku'], cursor: 'x' }, '/cursor'],
    [{ table, keyColumns: ['sku'], cursor: '["a","b"]' }, '/cursor'],
    [{ sql: 'select 1 as n from generate_series(1, 9)', keyColumns: ['n'], pageSize: 3 }, '/keyColumns'],
    [{ sql: 'select null::int as n', keyColumns: ['n'] }, '/keyColumns'],
    [
      { sql: 'select 1 as n, null::int as m union all select 2, 2', keyColumns: ['n', 'm'], pageSize: 1 },
      '/keyColumns',
    ],
  ])('refuses to page over %o and names %s', async (input, path) => {
    const error = await failing('readRows', input);
    expect([error.code, error.details['problems']]).toMatchObject(['operation_input_invalid', [{ path }]]);
  });

  it('reads all rows at once without a key, up to a limit, and never writes', async () => {
    expect(await runPage({ sql: 'select 1 as n;' })).toEqual({ rows: [{ n: 1 }] });
    expect((await failing('readRows', { sql: 'select generate_series(1, 10001) as n' })).code).toBe(
      'response_too_large',
    );
    expect((await failing('readRows', { sql: 'select 1) as x; drop table y; --' })).code).toBe('remote_bad_request');
    const writing = `with gone as (delete from "Stock items" returning *) select * from gone`;
    expect((await failing('readRows', { sql: writing })).code).toBe('remote_bad_request');
  });

  it('tests a connection', async () => {
    const { output } = await harness.invoke('ping', {}, { connection: connectionWith() });
    expect(output).toEqual({ version: expect.stringMatching(/^\d+/), database });
  });

  it('cancels the statement on the server at the timeout', async () => {
    const error = await failureOf(
      harness.invoke('execute', { sql: 'select pg_sleep(60)' }, { connection: connectionWith(), timeoutMs: 300 }),
    );
    expect(error.code).toBe('operation_timeout');
    const running = () =>
      admin.query(
        `select 1 from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active' and pid <> pg_backend_pid()`,
      );
    await expect.poll(async () => (await running()).rowCount, { timeout: 10_000 }).toBe(0);
  });

  it('survives that the server closes its idle connections', async () => {
    await run('query', { sql: 'select 1' });
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'patchbay'`);
    const rowCount = (): Promise<number> =>
      run('query', { sql: 'select 1 as n' }).then(
        (result) => result.rowCount,
        () => 0,
      );
    await expect.poll(rowCount, { timeout: 10_000 }).toBe(1);
  });

  it('serves many calls at once over a bounded pool', async () => {
    const calls = Array.from({ length: 60 }, (_unused, n) => run('query', { sql: 'select $1::int as n', values: [n] }));
    expect((await Promise.all(calls)).map((result) => result.rows[0]?.['n'])).toEqual(
      Array.from({ length: 60 }, (_unused, n) => n),
    );
    const open = await admin.query(`select 1 from pg_stat_activity where application_name = 'patchbay'`);
    expect(open.rowCount).toBeLessThanOrEqual(10);
  });
});
