export { platformTenant, type Caller } from './caller.ts';
export {
  createConnectorCatalog,
  createManifestReader,
  type CatalogEntry,
  type ConnectorCatalog,
  type ManifestReader,
} from './connector/connector-catalog.ts';
export { countConnectorsByTenant } from './connector/tenant-connectors-repository.ts';
export { seedBuiltins, type BuiltinPackage, type SeededConnector } from './connector/seed-builtins.ts';
export type { MarketplacePage } from './connector/view-connectors.ts';
export { registryMigrations } from './migrations/index.ts';
export { createPackageStore, type PackageStore } from './package/package-store.ts';
export type { FlowReferences, OutboundHttp } from './registry-deps.ts';
export { createRegistryService, type RegistryService } from './registry-service.ts';
