import type { MigrationModule } from '@patchbay/database';
import { createConnections } from './20261121110000_create_connections.ts';
import { addAuthorization } from './20261121220000_add_authorization.ts';

/** Schema of this module, oldest first. */
export const vaultMigrations: MigrationModule = { name: 'vault', migrations: [createConnections, addAuthorization] };
