import type { MigrationModule } from '@patchbay/database';
import { createTenantsAndUsers } from './20261121090000_create_tenants_and_users.ts';
import { addFeaturesAndAudit } from './20261121210000_add_features_and_audit.ts';

/** Schema of this module, oldest first. */
export const identityMigrations: MigrationModule = {
  name: 'identity',
  migrations: [createTenantsAndUsers, addFeaturesAndAudit],
};
