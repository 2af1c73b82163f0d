import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@patchbay/config';
import { startPostgres } from './postgres.ts';
import { startTemporal, waitForTemporal } from './temporal.ts';

/** A server for one test run: one that was given, or one of our own in a temporary folder. */
export interface TestService<Address> {
  readonly address: Address;
  /** Ends and removes our own; leaves a given one alone. */
  stop(): Promise<void>;
}

/** Where a Temporal of a test run is. */
export interface TemporalPlace {
  readonly address: string;
  readonly namespace: string;
}

const namespace = 'patchbay';

/** The PostgreSQL of `DATABASE_URL`, else one of our own that does not wait for the disk. */
export async function startTestPostgres(env: Environment): Promise<TestService<string>> {
  const given = env['DATABASE_URL'];
  if (given !== undefined && given !== '') return { address: given, stop: () => Promise.resolve() };
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-test-postgres-'));
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };
  const service = await startPostgres({ dataDir: folder, log: ignore, settings });
  return { address: service.url, stop: () => stopAndRemove(service, folder) };
}

/** The Temporal of `TEMPORAL_ADDRESS` and `TEMPORAL_NAMESPACE`, else one of our own. */
export async function startTestTemporal(env: Environment): Promise<TestService<TemporalPlace>> {
  const given = env['TEMPORAL_ADDRESS'];
  if (given !== undefined && given !== '') {
    const place = { address: given, namespace: env['TEMPORAL_NAMESPACE'] ?? namespace };
    await waitForTemporal(place.address, place.namespace);
    return { address: place, stop: () => Promise.resolve() };
  }
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-test-temporal-'));
  const service = await startTemporal({ dbFile: join(folder, 'temporal.db'), namespace, log: ignore });
  return { address: { address: service.address, namespace }, stop: () => stopAndRemove(service, folder) };
}

async function stopAndRemove(service: { stop(): Promise<void> }, folder: string): Promise<void> {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
}

function ignore(): void {
  // The output of a test server matters only when it fails to start, and then the error carries it.
}
