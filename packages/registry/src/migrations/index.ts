import type { MigrationModule } from '@patchbay/database';
import { createConnectors } from './20261121100000_create_connectors.ts';
import { addConnectorAuthoring } from './20261121200000_add_connector_authoring.ts';
import { createConnectorImports } from './20261121210000_create_connector_imports.ts';
import { createMarketplaceSearch } from './20261121230000_create_marketplace_search.ts';
import { createMarketplaceChanges } from './20261121234500_create_marketplace_changes.ts';
import { addImportLeftOut } from './20261121235800_add_import_left_out.ts';

/** Schema of this module, oldest first. */
export const registryMigrations: MigrationModule = {
  name: 'registry',
  migrations: [
    createConnectors,
    addConnectorAuthoring,
    createConnectorImports,
    createMarketplaceSearch,
    createMarketplaceChanges,
    addImportLeftOut,
  ],
};
