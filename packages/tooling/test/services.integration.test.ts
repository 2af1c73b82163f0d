import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTestDatabase,
  findFreePort,
  startPostgres,
  startTemporal,
  waitFor,
  type PostgresService,
} from '@patchbay/tooling';
import { Client } from 'pg';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { identifyProcess } from '../src/services/process-identity.ts';

const folder = await mkdtemp(join(tmpdir(), 'patchbay-services-'));
const running = new Set<{ stop(): Promise<void> }>();
afterAll(async () => {
  await Promise.all([...running].map((service) => service.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function postgresIn(name: string): Promise<PostgresService> {
  const service = await startPostgres({ dataDir: join(folder, name), log: () => undefined });
  running.add(service);
  return service;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** A zombie that nobody has collected yet does not count. */
function isAlive(pid: number): boolean {
  return identifyProcess(pid) !== undefined;
}

/** Starts a service in a process of its own and kills that process, which leaves the service behind. */
async function orphan(script: string): Promise<number> {
  const entry = join(import.meta.dirname, '../src/index.ts');
  const code = `import * as tooling from ${JSON.stringify(entry)}; const service = await ${script}; console.log(service.pid);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const pid = Number(chunk.toString());
  child.kill('SIGKILL');
  await once(child, 'exit');
  return pid;
}

describe('startPostgres', () => {
  it('keeps data, password and encoding over a restart, on the loopback only', async () => {
    const first = await postgresIn('restart');
    await query(first.url, `create table kept (id int); insert into kept values (7)`);
    await first.stop();
    const second = await postgresIn('restart');
    expect(await query(second.url, 'select id from kept')).toEqual([{ id: 7 }]);
    expect(await query(second.url, 'show server_encoding')).toEqual([{ server_encoding: 'UTF8' }]);
    expect(await query(second.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect((await stat(join(folder, 'restart', 'password'))).mode & 0o777).toBe(0o600);
    await second.stop();
  });

  it('survives kill -9 of the server with all that was committed', async () => {
    const first = await postgresIn('killed');
    await query(first.url, `create table kept (id int); insert into kept values (8)`);
    process.kill(first.pid, 'SIGKILL');
    expect(await first.exited).toBe('SIGKILL');
    const second = await postgresIn('killed');
    expect(await query(second.url, 'select id from kept')).toEqual([{ id: 8 }]);
    await second.stop();
  });

  it('ends the server that a killed process left behind and takes its data', async () => {
    const dataDir = JSON.stringify(join(folder, 'orphan'));
    const pid = await orphan(`tooling.startPostgres({ dataDir: ${dataDir}, log: () => undefined })`);
    expect(isAlive(pid)).toBe(true);
    const service = await postgresIn('orphan');
    expect(isAlive(pid)).toBe(false);
    expect(await query(service.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await service.stop();
  });
});

describe('startTemporal', () => {
  it('answers for its namespace, and ends what a killed process left behind', async () => {
    const dbFile = join(folder, 'temporal.db');
    const options = `{ dbFile: ${JSON.stringify(dbFile)}, namespace: 'patchbay', log: () => undefined }`;
    const pid = await orphan(`tooling.startTemporal(${options})`);
    const service = await startTemporal({ dbFile, namespace: 'patchbay', log: () => undefined });
    running.add(service);
    expect(isAlive(pid)).toBe(false);
    await service.stop();
    await waitFor(() => (isAlive(service.pid) ? Promise.reject(new Error('alive')) : Promise.resolve()), {
      timeoutMs: 5_000,
    });
  });
});

describe('services that start at the same moment', () => {
  it('all come up, though they want the same port', async () => {
    const port = await findFreePort();
    const started = await Promise.all(
      ['one', 'two', 'three'].map(async (name) => {
        const dbFile = join(folder, `together-${name}.db`);
        const service = await startTemporal({ dbFile, port, namespace: 'patchbay', log: () => undefined });
        running.add(service);
        return service;
      }),
    );
    expect(new Set(started.map((service) => service.port)).size).toBe(3);
    expect(started.every(({ pid }) => isAlive(pid))).toBe(true);
    await Promise.all(started.map((service) => service.stop()));
  });

  it('gives PostgreSQL another port when its own is lost while the data folder is made', async () => {
    const port = await findFreePort();
    const server = createServer();
    const starting = startPostgres({
      dataDir: join(folder, 'late'),
      port,
      log: (line) => {
        if (line.includes('syncing data')) server.listen(port, '127.0.0.1');
      },
    });
    const service = await starting;
    running.add(service);
    expect(service.port).not.toBe(port);
    expect(await query(service.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    server.close();
    await service.stop();
  });
});

describe('createTestDatabase', () => {
  it('is empty, apart from others, and gone after drop', async () => {
    const one = await createTestDatabase(inject('databaseUrl'));
    const two = await createTestDatabase(inject('databaseUrl'));
    await query(one.url, 'create table only_here (id int)');
    await expect(query(two.url, 'select * from only_here')).rejects.toThrow('does not exist');
    await Promise.all([one.drop(), two.drop()]);
    await expect(query(one.url, 'select 1')).rejects.toThrow('does not exist');
  });
});

describe('findFreePort', () => {
  it('gives the preferred port, or another one when it is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await findFreePort(port)).not.toBe(port);
    server.close();
    await once(server, 'close');
    expect(await findFreePort(port)).toBe(port);
  });

  it('gives no port that an outgoing connection could take before it is used', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => findFreePort()));
    expect(ports.every((port) => port >= 20_000 && port < 32_000)).toBe(true);
  });
});
