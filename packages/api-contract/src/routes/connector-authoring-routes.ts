import { z } from 'zod';
import { routePaths } from '../client/route-paths.ts';
import { FilteredSearchQuerySchema, chosen, page, writeResult } from '../resources/envelope.ts';
import {
  ConnectorParamsSchema,
  CreateConnectorSchema,
  FacetsSchema,
  FetchRecordsSchema,
  FetchedRecordsSchema,
  TestOperationResultSchema,
  TestOperationSchema,
  UpdateConnectorSchema,
} from '../resources/connector/connector.ts';
import {
  ImportConnectorSchema,
  ImportOpenApiSchema,
  OpenApiPreviewSchema,
  OpenApiSourceSchema,
} from '../resources/connector/import.ts';
import { ConnectorSummarySchema } from '../resources/connector/summary.ts';

import { defineRoute, editors } from './route.ts';

const tag = 'connector';
/** Roles are checked by the action itself, after visibility: what a caller may not see answers 404 (requirements.md 4.1). */
const access = 'signed-in';

const authoringErrors = [
  'forbidden_role',
  'sdk_access_disabled',
  'feature_not_available',
  'limit_reached',
  'slug_taken',
  'revision_conflict',
] as const;
const editErrors = [
  ...authoringErrors,
  ...(['connector_not_found', 'slug_locked', 'auth_type_locked', 'scopes_locked', 'version_immutable'] as const),
  ...(['auth_type_change_resets_configuration', 'reauthorization_impact', 'connections_enabled'] as const),
  ...(['invalid_transition', 'connector_disabled'] as const),
] as const;

/** A description of 20 million characters as JSON text. */
const maxBodyBytes = 25 * 1024 * 1024;

const openApiErrors = [
  ...(['import_unreadable', 'import_too_complex', 'egress_forbidden', 'network_error', 'payload_too_large'] as const),
  ...(['operation_timeout', 'service_unavailable'] as const),
] as const;

const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((value) => value === 'true');

/** Making and changing connectors. */
export const connectorAuthoringRoutes = {
  searchConnectorsByPost: defineRoute({
    path: routePaths.searchConnectorsByPost,
    summary: 'Search the connectors you may see; the same fields as the GET, as a body.',
    tag,
    access,
    body: FilteredSearchQuerySchema,
    response: page(chosen(ConnectorSummarySchema)).extend({ facets: FacetsSchema.optional() }),
    status: 200,
    errors: [],
  }),
  createConnector: defineRoute({
    path: routePaths.createConnector,
    summary: 'Create a connector as a draft.',
    tag,
    access,
    body: CreateConnectorSchema,
    response: writeResult('created'),
    status: 200,
    errors: [...authoringErrors],
    maxBodyBytes,
  }),
  updateConnector: defineRoute({
    path: routePaths.updateConnector,
    summary: 'Change a connector by a JSON merge patch, or replace it.',
    tag,
    access,
    params: ConnectorParamsSchema,
    query: z.object({
      replace: flag.describe('The body is the whole connector.'),
      confirm: flag.describe('Yes to what a refusal listed: loss of configuration, authorizations that end.'),
    }),
    body: UpdateConnectorSchema,
    response: writeResult('updated'),
    status: 200,
    errors: [...editErrors],
    maxBodyBytes,
  }),
  deleteConnector: defineRoute({
    path: routePaths.deleteConnector,
    summary: 'Delete a connector that nothing uses.',
    tag,
    access,
    params: ConnectorParamsSchema,
    response: writeResult('deleted'),
    status: 200,
    errors: [
      ...(['connector_not_found', 'forbidden_role', 'sdk_access_disabled', 'builtin_undeletable'] as const),
      ...(['connector_in_use', 'revision_conflict'] as const),
    ],
  }),
  importConnector: defineRoute({
    path: routePaths.importConnector,
    summary: 'Create a connector from YAML or JSON.',
    tag,
    access,
    body: ImportConnectorSchema,
    response: writeResult('created'),
    status: 200,
    errors: [...authoringErrors, 'import_unreadable', 'import_too_complex'],
  }),
  importIntoConnector: defineRoute({
    path: routePaths.importIntoConnector,
    summary: 'Change a connector from YAML or JSON: all of it, its authentication, or one operation.',
    tag,
    access,
    params: ConnectorParamsSchema,
    query: z.object({ confirm: flag }),
    body: ImportConnectorSchema,
    response: writeResult('updated'),
    status: 200,
    errors: [...editErrors, 'import_unreadable', 'import_too_complex'],
  }),
  exportConnector: defineRoute({
    path: routePaths.exportConnector,
    summary: 'A connector as YAML or JSON, whole or one section; secrets are masked.',
    tag,
    access,
    params: ConnectorParamsSchema,
    query: z.object({
      format: z.enum(['yaml', 'json']).default('yaml'),
      section: z.enum(['all', 'auth', 'operation']).default('all'),
      operation: z.string().max(80).optional(),
      version: z.string().max(60).optional(),
    }),
    response: z.object({ fileName: z.string(), content: z.string() }),
    status: 200,
    errors: ['connector_not_found', 'operation_unknown'],
  }),
  previewOpenApi: defineRoute({
    path: routePaths.previewOpenApi,
    summary: 'What an OpenAPI or Swagger description would give; stores nothing.',
    tag,
    access,
    body: z.strictObject({ source: OpenApiSourceSchema, connector: z.string().max(80).optional() }),
    response: OpenApiPreviewSchema,
    status: 200,
    errors: [...authoringErrors, 'connector_not_found', ...openApiErrors],
    maxBodyBytes,
  }),
  importOpenApi: defineRoute({
    path: routePaths.importOpenApi,
    summary: 'Create a connector from chosen operations of an OpenAPI or Swagger description.',
    tag,
    access,
    body: ImportOpenApiSchema,
    response: writeResult('created'),
    status: 200,
    errors: [...authoringErrors, ...openApiErrors],
    maxBodyBytes,
  }),
  importOpenApiInto: defineRoute({
    path: routePaths.importOpenApiInto,
    summary: 'Take chosen operations of a description into a connector; the others stay as they are.',
    tag,
    access,
    params: ConnectorParamsSchema,
    body: ImportOpenApiSchema,
    response: writeResult('updated'),
    status: 200,
    errors: [...editErrors, ...openApiErrors],
    maxBodyBytes,
  }),
  testConnector: defineRoute({
    path: routePaths.testConnector,
    summary: 'Run one operation for real with credentials that are kept nowhere.',
    tag,
    access,
    params: ConnectorParamsSchema,
    body: TestOperationSchema,
    response: TestOperationResultSchema,
    status: 200,
    errors: [
      ...(['connector_not_found', 'forbidden_role', 'sdk_access_disabled', 'invalid_transition'] as const),
      ...(['operation_unknown', 'credentials_incomplete'] as const),
    ],
  }),
  fetchRecords: defineRoute({
    path: routePaths.fetchRecords,
    summary: 'Fetch one page of the data of a connector through one of its processors (CO-01).',
    tag,
    access: editors,
    params: ConnectorParamsSchema,
    body: FetchRecordsSchema,
    response: FetchedRecordsSchema,
    status: 200,
    errors: [
      ...(['connector_not_found', 'connector_disabled', 'processor_disabled', 'processor_unknown'] as const),
      ...(['connection_not_found', 'connection_disabled', 'connection_required', 'connection_auth_mismatch'] as const),
      ...(['reauthorization_required', 'version_blocked', 'version_retired', 'version_deprecated'] as const),
      ...(['connector_not_ready', 'operation_input_invalid', 'operation_output_invalid', 'egress_forbidden'] as const),
      ...(['remote_bad_request', 'remote_unauthorized', 'remote_forbidden', 'remote_not_found'] as const),
      ...(['remote_rate_limited', 'remote_unavailable', 'network_error', 'operation_timeout'] as const),
      ...(['response_too_large', 'service_unavailable'] as const),
    ],
  }),
  getOperationFields: defineRoute({
    path: routePaths.getOperationFields,
    summary: 'Fields that an operation answers with, from its response schema: suggestions for mappings.',
    tag,
    access,
    params: ConnectorParamsSchema,
    query: z.object({ operation: z.string().max(80), version: z.string().max(60).optional() }),
    response: z.object({
      fields: z.array(z.object({ path: z.string(), type: z.string(), description: z.string().optional() })),
    }),
    status: 200,
    errors: ['connector_not_found', 'operation_unknown'],
  }),
} as const;
