import { join } from 'node:path';
import { startPostgres, startTemporal } from '@patchbay/tooling';
import type { CliConfig } from '../config.ts';
import type { LocalPorts } from './local-ports.ts';
import { keepAlive } from './keep-alive.ts';
import { openLogFile } from './log-file.ts';
import { startMailSink } from './mail-sink.ts';
import type { Progress } from './progress.ts';

/** Addresses of the services, and how to end those that were started here. */
export interface LocalServices {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly mailPort: number;
  stop(): Promise<void>;
}

/** What the services are started with. */
export interface LocalServicesOptions {
  readonly dataDir: string;
  readonly ports: LocalPorts;
  readonly config: CliConfig;
  readonly progress: Progress;
  readonly note: (text: string) => void;
}

const temporalNamespace = 'patchbay';

/** Starts PostgreSQL, Temporal and the mail sink side by side; `DATABASE_URL` and `TEMPORAL_ADDRESS` replace the first two. */
export async function startLocalServices(options: LocalServicesOptions): Promise<LocalServices> {
  const started = await Promise.allSettled([postgres(options), temporal(options), mail(options)]);
  const stop = async (): Promise<void> => {
    for (const result of started) if (result.status === 'fulfilled') await result.value.stop();
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  const [database, engine, sink] = started.map((result) => (result as PromiseFulfilledResult<Started>).value);
  return {
    databaseUrl: database?.address ?? '',
    temporalAddress: engine?.address ?? '',
    mailPort: Number(sink?.address),
    stop,
  };
}

interface Started {
  readonly address: string;
  stop(): Promise<void>;
}

const external = (address: string): Started => ({ address, stop: () => Promise.resolve() });

async function postgres({ config, dataDir, ports, progress, note }: LocalServicesOptions): Promise<Started> {
  if (config.DATABASE_URL !== undefined) return external(config.DATABASE_URL);
  const log = openLogFile(dataDir, 'postgres');
  const server = await progress.step('PostgreSQL', () =>
    keepAlive({
      name: 'PostgreSQL',
      start: () => startPostgres({ dataDir: join(dataDir, 'postgres'), port: ports.postgres, log: log.write }),
      note,
    }),
  );
  return { address: server.first.url, stop: () => server.stop() };
}

async function temporal({ config, dataDir, ports, progress, note }: LocalServicesOptions): Promise<Started> {
  if (config.TEMPORAL_ADDRESS !== undefined) return external(config.TEMPORAL_ADDRESS);
  const log = openLogFile(dataDir, 'temporal');
  const options = { dbFile: join(dataDir, 'temporal.db'), port: ports.temporal, namespace: temporalNamespace };
  const server = await progress.step('Temporal', () =>
    keepAlive({
      name: 'Temporal',
      start: () => startTemporal({ ...options, log: log.write, onProgress: note }),
      note,
    }),
  );
  return { address: server.first.address, stop: () => server.stop() };
}

async function mail({ dataDir, ports }: LocalServicesOptions): Promise<Started> {
  const sink = await startMailSink(join(dataDir, 'mail'), ports.mail);
  return { address: String(sink.port), stop: () => sink.stop() };
}
