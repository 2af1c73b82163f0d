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
export { refreshStaleSearch } from './search/refresh-stale.ts';
export type { MarketplacePage } from './search/search-marketplace.ts';
export { createConnectGuard, type ConnectGuard, type ConnectingActor } from './lifecycle/connect-guard.ts';
export { decide, type ActionRequest, type Decision } from './lifecycle/decide.ts';
export {
  lifecycleActions,
  type ActionInput,
  type Changes,
  type LifecycleAction,
} from './lifecycle/lifecycle-action.ts';
export { retireDue, type RetirementDeps } from './lifecycle/retire-due.ts';
export { createVersionGate, type VersionGate } from './lifecycle/version-gate.ts';
export { registryMigrations } from './migrations/index.ts';
export { createDescriptionConverter, type DescriptionConverter } from './openapi/process/convert-in-process.ts';
export { createPackageStore, type PackageStore } from './package/package-store.ts';
export type { FlowReferences, OutboundHttp } from './registry-deps.ts';
export { createConnectorSettingsReader, type ConnectorSettingsReader } from './settings/settings-reader.ts';
export { createRegistryService, type RegistryService } from './registry-service.ts';
export type { ComponentConnector } from './component/describe-component.ts';
export { createComponentGate, type ComponentGate } from './component/component-gate.ts';
