import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readEnvironment } from '@patchbay/config';
import { AppError } from '@patchbay/errors';
import { Client } from 'pg';
import { findFreePort, saysPortIsTaken } from './free-port.ts';
import { loadPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import { commandLineOf, endProcess } from './process-identity.ts';
import { lastWords, startServiceProcess, type LineLog, type ServiceProcess } from './service-process.ts';
import { canWalkTo, commandForUser, findUnprivilegedUser, type SystemUser } from './unprivileged-user.ts';
import { waitFor } from './wait-for.ts';

/** Where and how to run PostgreSQL. */
export interface PostgresOptions {
  /** Folder of the data; made at the first start, used again afterwards. Only one server at a time may have it. */
  readonly dataDir: string;
  /** Preferred port on 127.0.0.1; another one is chosen if it is taken. */
  readonly port?: number;
  readonly log: LineLog;
  /** Server settings beside ours, for example `{ fsync: 'off' }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running PostgreSQL. */
export interface PostgresService {
  /** Connection string of the database `patchbay`; holds the password. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the server has ended, for whatever reason. */
  readonly exited: Promise<number | string>;
  /** Ends it cleanly: running transactions are rolled back, nothing committed is lost. */
  stop(): Promise<void>;
}

interface Cluster {
  readonly dir: string;
  readonly binaries: PostgresBinaries;
  readonly user: SystemUser | undefined;
  readonly password: string;
}

const databaseName = 'patchbay';
const startTimeoutMs = 60_000;
const stopGraceMs = 15_000;
const startAttempts = 5;

/**
 * Starts the real PostgreSQL that npm brings, on 127.0.0.1 only, with a random password kept beside the data (mode 0600).
 * A server left behind on the same folder by a killed process is ended first.
 *
 * @throws AppError `service_unavailable` with the server's last lines if it does not come up.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresService> {
  const cluster = await openCluster(options);
  await endOrphan(cluster.dir);
  const { port, service } = await startServer(cluster, options);
  const url = `postgres://patchbay:${cluster.password}@127.0.0.1:${port}/${databaseName}`;
  return { url, port, pid: service.pid, exited: service.exited, stop: () => service.stop() };
}

async function openCluster(options: PostgresOptions): Promise<Cluster> {
  await mkdir(options.dataDir, { recursive: true });
  const root = await realpath(options.dataDir);
  const dir = join(root, 'cluster');
  const user = findUnprivilegedUser(dir);
  if (user !== undefined) await openFoldersFor(user, root);
  const binaries = await loadPostgresBinaries();
  const password = await ensurePassword(join(root, 'password'));
  const cluster = { dir, binaries, user, password };
  if (!existsSync(join(dir, 'initialised'))) await createCluster(cluster, options.log);
  return cluster;
}

/**
 * Lets the user of the server pass through our own private folders: the one of its data, and the data folder of the
 * installation around it, which holds our lock. Everyone else stays out. Without this the server would need a right of root.
 */
async function openFoldersFor(user: SystemUser, root: string): Promise<void> {
  const outer = dirname(root);
  const folders = existsSync(join(outer, 'lock')) ? [outer, root] : [root];
  for (const folder of folders) {
    if (canWalkTo(join(folder, 'any'), user)) continue;
    const { mode, uid } = await stat(folder);
    await chown(folder, uid, user.gid);
    await chmod(folder, (mode & 0o777) | 0o010);
  }
}

async function ensurePassword(file: string): Promise<string> {
  if (!existsSync(file)) await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return (await readFile(file, 'utf8')).trim();
}

/** The file `initialised` is written last, so a set-up that was cut off is thrown away and done again. */
async function createCluster(cluster: Cluster, log: LineLog): Promise<void> {
  const { dir, user } = cluster;
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { mode: 0o700 });
  const passwordFile = `${dir}.pwfile`;
  await writeFile(passwordFile, cluster.password, { mode: 0o600 });
  if (user !== undefined) for (const path of [dir, passwordFile]) await chown(path, user.uid, user.gid);
  const locale = [
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--lc-messages=C',
  ];
  const login = ['--username=patchbay', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const run = spawnAs(
    cluster,
    [cluster.binaries.initdb, `--pgdata=${dir}`, '--no-instructions', ...locale, ...login],
    log,
  );
  const code = await run.exited;
  await rm(passwordFile, { force: true });
  if (code !== 0) throw failed('PostgreSQL could not make its data folder', run);
  await writeFile(join(dir, 'initialised'), '');
}

/**
 * A postmaster that was killed may leave backends for a moment, and a port that was free may be taken while the data folder
 * is made: the server then refuses to start, so it is asked again.
 */
async function startServer(
  cluster: Cluster,
  options: PostgresOptions,
): Promise<{ port: number; service: ServiceProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort(options.port);
    const service = spawnAs(cluster, serverCommand(cluster, port, options), options.log);
    try {
      await waitFor(() => ensureDatabase(port, cluster.password), {
        timeoutMs: startTimeoutMs,
        abandon: () => (service.hasExited() ? 'PostgreSQL ended while starting' : undefined),
      });
      return { port, service };
    } catch (error) {
      await service.stop();
      if (!isRepeatable(service.lastLines()) || attempt === startAttempts)
        throw failed('PostgreSQL did not start', service, error);
    }
  }
}

function isRepeatable(lines: readonly string[]): boolean {
  return saysPortIsTaken(lines) || lines.some((line) => line.includes('is still in use'));
}

function serverCommand(cluster: Cluster, port: number, options: PostgresOptions): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    log_min_messages: 'warning',
    // Rows and statements that failed hold data, some of it secret; the error itself says what was wrong.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...options.settings,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return [cluster.binaries.postgres, '-D', cluster.dir, '-p', String(port), ...flags];
}

function spawnAs(cluster: Cluster, parts: readonly string[], log: LineLog): ServiceProcess {
  const reach = [join(cluster.dir, 'any'), parts[0] ?? ''];
  const command = commandForUser(parts, cluster.user, reach);
  return startServiceProcess({
    ...command,
    env: { ...readEnvironment(), LC_ALL: 'C', TZ: 'UTC' },
    log,
    stopSignal: 'SIGINT',
  });
}

async function ensureDatabase(port: number, password: string): Promise<void> {
  const client = new Client({ host: '127.0.0.1', port, user: 'patchbay', password, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A killed process of ours leaves its server running; the number in `postmaster.pid` is checked before it is ended. */
async function endOrphan(dir: string): Promise<void> {
  const file = join(dir, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const pid = Number(text?.split('\n')[0]);
  if (text === undefined || !Number.isInteger(pid) || pid <= 0) return;
  const command = await commandLineOf(pid);
  const isOurs = command.some((part) => part.endsWith('/postgres')) && command.includes(dir);
  if (isOurs) await endProcess(pid, ['SIGINT', 'SIGQUIT', 'SIGKILL'], stopGraceMs);
  // What is left belongs to a dead server; PostgreSQL itself would refuse if the number now belongs to someone else.
  await rm(file, { force: true });
}

function failed(what: string, service: ServiceProcess, cause?: unknown): AppError {
  const message = `${what}. It said: ${lastWords(service.lastLines())}`;
  const hint =
    'All it said is in logs/postgres.log of the data folder. Start again; if it stays, set DATABASE_URL to a PostgreSQL of your own.';
  return new AppError('service_unavailable', { message, hint, cause });
}
