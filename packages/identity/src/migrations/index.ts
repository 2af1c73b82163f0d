import type { MigrationModule } from '@patchbay/database';
import { createTenantsAndUsers } from './20261121090000_create_tenants_and_users.ts';

/** Schema of this module, oldest first. */
export const identityMigrations: MigrationModule = { name: 'identity', migrations: [createTenantsAndUsers] };
