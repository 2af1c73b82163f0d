import type { CreateConnector, RouteBody, RouteQuery } from '@patchbay/api-contract';
import type { Database } from '@patchbay/database';
import type { Caller } from './caller.ts';
import { describeComponent } from './component/describe-component.ts';
import { publishComponent, republishComponent, type ComponentPublication } from './component/publish-component.ts';
import { createConnector } from './connector/create-connector.ts';
import { deleteConnector, type ConnectorDeletion } from './connector/delete-connector.ts';
import { searchConnectors, type ConnectorsQuery } from './connector/search-connectors.ts';
import { createMarketplaceCards } from './search/marketplace-cards.ts';
import { createSearchCopy } from './search/search-copy.ts';
import { prepareSearch } from './search/prepare-search.ts';
import { searchMarketplace } from './search/search-marketplace.ts';
import { updateConnector, type ConnectorUpdate } from './connector/update-connector.ts';
import { getConnector, type ConnectorQuery } from './connector/view-connector.ts';
import { getOperationFields, type OperationQuery } from './definition/get-operation-fields.ts';
import { exportConnector, type ExportQuery } from './definition/text/export-connector.ts';
import { importConnector, importIntoConnector, type TextImport } from './definition/text/import-connector.ts';
import type { ImportText } from './definition/text/read-text.ts';
import { runAction, type ActionCall } from './lifecycle/run-action.ts';
import { searchVersions } from './lifecycle/search-versions.ts';
import { importOpenApi, importOpenApiInto, previewOpenApi, type ImportInto } from './openapi/import/import-open-api.ts';
import { createDescriptionConverter } from './openapi/process/convert-in-process.ts';
import { getReferences, type ReferencesQuery } from './references/get-references.ts';
import { fetchRecords, type FetchRequest } from './testing/fetch-records.ts';
import { testConnector, type OperationTestCall } from './testing/test-connector.ts';
import type { ComponentVersionKey, RegistryDeps } from './registry-deps.ts';

/** What the server hands in; the clock only in tests. */
export type RegistryOptions = Omit<RegistryDeps, 'database' | 'clock'> & Partial<Pick<RegistryDeps, 'clock'>>;

/** Everything the connector and marketplace routes need, with its dependencies bound. Answers are the bodies of the routes. */
export type RegistryService = ReturnType<typeof createRegistryService>;

export function createRegistryService(database: Database, options: RegistryOptions) {
  const deps: RegistryDeps = { ...options, database, clock: options.clock ?? (() => new Date()) };
  const imports = { ...deps, converter: createDescriptionConverter() };
  const { connection } = database;
  const marketplace = { ...deps, copy: createSearchCopy(connection), cards: createMarketplaceCards(connection) };
  return {
    searchConnectors: (caller: Caller, query: ConnectorsQuery) => searchConnectors(deps, caller, query),
    searchMarketplace: (caller: Caller, query: RouteQuery<'searchMarketplace'>) =>
      searchMarketplace(marketplace, caller, query),
    prepareSearch: () => prepareSearch(marketplace),
    getConnector: (caller: Caller, query: ConnectorQuery) => getConnector(deps, caller, query),
    createConnector: (caller: Caller, body: CreateConnector) => createConnector(deps, caller, body),
    updateConnector: (caller: Caller, update: ConnectorUpdate) => updateConnector(deps, caller, update),
    deleteConnector: (caller: Caller, deletion: ConnectorDeletion) => deleteConnector(deps, caller, deletion),
    runAction: (caller: Caller, call: ActionCall) => runAction(deps, caller, call),
    searchVersions: (caller: Caller, idOrSlug: string, query: RouteQuery<'searchConnectorVersions'>) =>
      searchVersions(deps, caller, { idOrSlug, query }),
    getReferences: (caller: Caller, query: ReferencesQuery) => getReferences(deps, caller, query),
    testConnector: (caller: Caller, call: OperationTestCall) => testConnector(deps, caller, call),
    fetchRecords: (caller: Caller, request: FetchRequest) => fetchRecords(deps, caller, request),
    previewOpenApi: (caller: Caller, body: RouteBody<'previewOpenApi'>) => previewOpenApi(imports, caller, body),
    importOpenApi: (caller: Caller, body: RouteBody<'importOpenApi'>) => importOpenApi(imports, caller, body),
    importOpenApiInto: (caller: Caller, into: ImportInto) => importOpenApiInto(imports, caller, into),
    importConnector: (caller: Caller, text: ImportText) => importConnector(deps, caller, text),
    importIntoConnector: (caller: Caller, into: TextImport) => importIntoConnector(deps, caller, into),
    exportConnector: (caller: Caller, query: ExportQuery) => exportConnector(deps, caller, query),
    publishComponent: (caller: Caller, publication: ComponentPublication) =>
      publishComponent(deps, caller, publication),
    republishComponent: (caller: Caller, component: ComponentVersionKey) => republishComponent(deps, caller, component),
    describeComponent: (caller: Caller, flowId: string) => describeComponent(deps, caller, flowId),
    getOperationFields: (caller: Caller, query: OperationQuery) => getOperationFields(deps, caller, query),
  };
}
