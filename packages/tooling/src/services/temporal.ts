import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readEnvironment } from '@patchbay/config';
import { AppError } from '@patchbay/errors';
import { findFreePort } from './free-port.ts';
import { commandLineOf, endProcess } from './process-identity.ts';
import { lastWords, startServiceProcess, type LineLog, type ServiceProcess } from './service-process.ts';
import { resolveTemporalBinary } from './temporal-binary.ts';
import { waitFor } from './wait-for.ts';

/** Where and how to run the Temporal dev server. */
export interface TemporalOptions {
  /** File of its data; made at the first start, used again afterwards. Only one server at a time may have it. */
  readonly dbFile: string;
  /** Preferred port on 127.0.0.1; another one is chosen if it is taken. */
  readonly port?: number;
  readonly namespace: string;
  readonly log: LineLog;
  /** Told what is done when the server must be built first. */
  readonly onProgress?: (message: string) => void;
}

/** A running Temporal server. */
export interface TemporalService {
  /** `host:port` for clients. */
  readonly address: string;
  readonly namespace: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the server has ended, for whatever reason. */
  readonly exited: Promise<number | string>;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;
const connectTimeoutMs = 2_000;
const stopGraceMs = 10_000;
const startAttempts = 3;
const startHint =
  'All it said is in logs/temporal.log of the data folder. Start again; if it stays, set TEMPORAL_ADDRESS to a server of your ' +
  'own, or move temporal.db out of the data folder: the runs that are open are lost with it, flows and finished runs are not.';

/** WAL with NORMAL never loses a commit on a process crash, but may on power failure. */
const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL', 'wal_autocheckpoint=10000', 'cache_size=-65536'];

/** Without these every step costs about 100 ms; docs/decisions/0060 has what each is for and the measurements. */
const dynamicConfig = [
  'system.enableActivityEagerExecution=true',
  // The one shard is asked for new tasks more than 20 times a second.
  'history.transferProcessorMaxPollRPS=2000',
  'history.timerProcessorMaxPollRPS=2000',
  // Few looks a second: a run that is over before the next one is written to the visibility store once instead of twice.
  'history.visibilityProcessorMaxPollRPS=2',
  // Every new task is compared with all done ones that are not yet put away.
  'history.transferProcessorUpdateAckInterval="1s"',
  'history.timerProcessorUpdateAckInterval="1s"',
  'history.visibilityProcessorUpdateAckInterval="1s"',
  // One server needs no partitions; with four, tasks and pollers look for each other.
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
  // Timers fire on time; by default they wait for one another for up to a second.
  'history.timerProcessorMaxTimeShift="50ms"',
];

const tuning = [
  ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]),
  ...dynamicConfig.flatMap((value) => ['--dynamic-config-value', value]),
];

/**
 * Starts the Temporal dev server on 127.0.0.1 and waits until the namespace answers. A server left behind on the same
 * file by a killed process is ended first.
 *
 * @throws AppError `service_unavailable` if there is no server to start or it does not come up in 60 s.
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalService> {
  const binary = await resolveTemporalBinary(
    options.onProgress === undefined ? {} : { onProgress: options.onProgress },
  );
  await mkdir(dirname(options.dbFile), { recursive: true });
  const dbFile = join(await realpath(dirname(options.dbFile)), basename(options.dbFile));
  const pidFile = `${dbFile}.pid`;
  await endOrphan(dbFile, pidFile);
  const { port, service } = await startServer(binary, { ...options, dbFile }, pidFile);
  return {
    address: `127.0.0.1:${port}`,
    namespace: options.namespace,
    port,
    pid: service.pid,
    exited: service.exited,
    stop: async () => {
      await service.stop();
      await rm(pidFile, { force: true });
    },
  };
}

/**
 * A port that was free may be taken before the server listens on it, and so may those that it finds for itself: then it
 * ends, sometimes with nothing but a panic, and is started again.
 */
async function startServer(
  binary: string,
  options: TemporalOptions,
  pidFile: string,
): Promise<{ port: number; service: ServiceProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await findFreePort(options.port);
    const service = startServiceProcess({
      command: binary,
      args: serverArguments(options, port),
      env: readEnvironment(),
      log: options.log,
      stopSignal: 'SIGTERM',
    });
    await writeFile(pidFile, String(service.pid));
    try {
      await waitUntilReady(service, port, options.namespace);
      return { port, service };
    } catch (cause) {
      const hasEnded = service.hasExited();
      await service.stop();
      if (hasEnded && attempt < startAttempts) continue;
      const message = `Temporal did not start. It said: ${lastWords(service.lastLines())}`;
      throw new AppError('service_unavailable', { message, hint: startHint, cause });
    }
  }
}

/** The arguments of the server; a test holds them against the measured set. */
export function serverArguments(options: Pick<TemporalOptions, 'dbFile' | 'namespace'>, port: number): string[] {
  const place = ['--headless', '--ip', '127.0.0.1', '--port', String(port)];
  return [
    'server',
    'start-dev',
    ...place,
    '--namespace',
    options.namespace,
    '--db-filename',
    options.dbFile,
    ...tuning,
  ];
}

/** Asks until the server says what it can and knows the namespace; both come within a second on a free machine. */
export async function waitForTemporal(
  address: string,
  namespace: string,
  abandon?: () => string | undefined,
): Promise<void> {
  // Loaded here, for it takes half a second that not everyone who imports this package should pay.
  const { Connection } = await import('@temporalio/client');
  const ask = async (): Promise<void> => {
    const connection = await Connection.connect({ address, connectTimeout: connectTimeoutMs });
    try {
      await connection.workflowService.describeNamespace({ namespace });
    } finally {
      await connection.close();
    }
  };
  await waitFor(ask, { timeoutMs: startTimeoutMs, ...(abandon === undefined ? {} : { abandon }) });
}

async function waitUntilReady(service: ServiceProcess, port: number, namespace: string): Promise<void> {
  const abandon = (): string | undefined => (service.hasExited() ? 'Temporal ended while starting' : undefined);
  // Whoever took the port first may be another Temporal with a namespace of that name: only ours is worth asking.
  await waitFor(() => untilItServes(service), { timeoutMs: startTimeoutMs, abandon });
  await waitForTemporal(`127.0.0.1:${port}`, namespace, abandon);
}

/** The command names the address as soon as its server listens there. */
function untilItServes(service: ServiceProcess): Promise<void> {
  const says = service.lastLines().some((line) => /server:\s+\S+:\d+/i.test(line));
  return says ? Promise.resolve() : Promise.reject(new Error('Temporal does not listen yet'));
}

async function endOrphan(dbFile: string, pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 0) return;
  const command = await commandLineOf(pid);
  if (command.includes(dbFile) && command.includes('start-dev'))
    await endProcess(pid, ['SIGTERM', 'SIGKILL'], stopGraceMs);
  await rm(pidFile, { force: true });
}
