import type { MigrationModule } from '@patchbay/database';
import { createFlows } from './20261120100000_create_flows.ts';
import { createRuns } from './20261120100100_create_runs.ts';
import { createComponents } from './20261121230100_create_components.ts';
import { addRunCounting } from './20261121233000_add_run_counting.ts';
import { addApiPublication } from './20261121235500_add_api_publication.ts';

/** The tables of this module, oldest change first. */
export const flowsMigrations: MigrationModule = {
  name: 'flows',
  migrations: [createFlows, createRuns, createComponents, addRunCounting, addApiPublication],
};
