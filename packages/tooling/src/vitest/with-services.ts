import { readEnvironment } from '@patchbay/config';
import type { TestProject } from 'vitest/node';
import { startTestPostgres, startTestTemporal } from '../services/test-services.ts';
import './provided-context.ts';

/** Global set-up of the suites that need PostgreSQL and Temporal: one of each for the whole suite. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const env = readEnvironment();
  const [postgres, temporal] = await Promise.all([startTestPostgres(env), startTestTemporal(env)]);
  project.provide('databaseUrl', postgres.address);
  project.provide('temporalAddress', temporal.address.address);
  project.provide('temporalNamespace', temporal.address.namespace);
  return async () => {
    await Promise.all([postgres.stop(), temporal.stop()]);
  };
}
