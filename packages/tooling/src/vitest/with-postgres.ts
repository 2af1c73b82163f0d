import { readEnvironment } from '@patchbay/config';
import type { TestProject } from 'vitest/node';
import { startTestPostgres } from '../services/test-services.ts';
import './provided-context.ts';

/** Global set-up of the suites that need PostgreSQL only. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres(readEnvironment());
  project.provide('databaseUrl', postgres.address);
  return () => postgres.stop();
}
