import { z } from 'zod';
import { routePaths } from '../client/route-paths.ts';
import { InstantSchema, SearchQuerySchema, page, writeResult } from '../resources/envelope.ts';
import {
  AuditEntrySchema,
  ConnectorParamsSchema,
  ConnectorVersionSchema,
  DeprecateSchema,
  NewVersionSchema,
  PublishConnectorSchema,
  ReferencesSchema,
  VersionParamsSchema,
} from '../resources/connector/connector.ts';
import { administrators, defineRoute } from './route.ts';
import type { RoutePath } from '../client/route-paths.ts';
import type { ErrorCode } from '@patchbay/errors';

const tag = 'lifecycle';
const access = 'signed-in';
const always = [
  'connector_not_found',
  'forbidden_role',
  'sdk_access_disabled',
  'invalid_transition',
  'revision_conflict',
] as const;

/** A transition of a version or of the connector (requirements.md 4.1); answers the new revision of the connector. */
const transition = <Params extends z.ZodType, Body extends z.ZodType>(route: {
  path: RoutePath;
  summary: string;
  params: Params;
  body: Body;
  errors?: readonly ErrorCode[];
}) =>
  ({
    ...route,
    tag,
    access,
    response: writeResult('updated').extend({ version: z.string().optional() }),
    status: 200,
    errors: [...always, ...(route.errors ?? [])],
  }) as const;

const reason = z.strictObject({ reason: z.string().max(2_000).optional() });

/** What moves a connector and its versions through their stages. */
export const lifecycleRoutes = {
  readyConnector: transition({
    path: routePaths.readyConnector,
    summary: 'T3: mark the draft as ready.',
    params: ConnectorParamsSchema,
    body: z.strictObject({}),
    errors: ['connector_disabled', 'auth_details_incomplete'],
  }),
  publishConnector: transition({
    path: routePaths.publishConnector,
    summary: 'T6, T8: publish a version for the enterprise or the catalogue, or widen a private one.',
    params: ConnectorParamsSchema,
    body: PublishConnectorSchema,
    errors: [
      ...([
        'scope_not_allowed',
        'confirmation_required',
        'publish_checklist_failed',
        'auth_details_incomplete',
      ] as const),
      ...(['version_exists', 'connector_disabled', 'not_deployed', 'component_not_exposed', 'slug_taken'] as const),
    ],
  }),
  republishConnector: transition({
    path: routePaths.republishConnector,
    summary:
      'T7: make the changes of a private published version live under the same version; of one made from a flow, what is deployed.',
    params: ConnectorParamsSchema,
    body: z.strictObject({ version: z.string().max(60).optional(), confirm: z.boolean().default(false) }),
    errors: [
      ...(['version_immutable', 'reauthorization_impact', 'auth_type_locked', 'scopes_locked'] as const),
      ...(['not_deployed', 'component_not_exposed'] as const),
    ],
  }),
  unpublishConnector: transition({
    path: routePaths.unpublishConnector,
    summary: 'T13: take a version out of the marketplace; existing connections keep running.',
    params: ConnectorParamsSchema,
    body: z.strictObject({ version: z.string().max(60).optional(), reason: z.string().max(2_000).optional() }),
  }),
  enableConnector: transition({
    path: routePaths.enableConnector,
    summary: 'T16: switch the connector on.',
    params: ConnectorParamsSchema,
    body: z.strictObject({}),
  }),
  disableConnector: transition({
    path: routePaths.disableConnector,
    summary: 'T15: switch the connector off; its connections must be off, or are switched off with it.',
    params: ConnectorParamsSchema,
    body: z.strictObject({
      disable_connections: z.boolean().default(false),
      reason: z.string().max(2_000).optional(),
    }),
    errors: ['connections_enabled'],
  }),
  createConnectorVersion: defineRoute({
    path: routePaths.createConnectorVersion,
    summary: 'T14: start a new version as a copy of an earlier one.',
    tag,
    access,
    params: ConnectorParamsSchema,
    body: NewVersionSchema,
    response: writeResult('created').extend({ version: z.string() }),
    status: 200,
    errors: [...always, 'draft_exists', 'version_exists'],
  }),
  searchConnectorVersions: defineRoute({
    path: routePaths.searchConnectorVersions,
    summary: 'Versions of a connector that you may see, newest first.',
    tag,
    access,
    params: ConnectorParamsSchema,
    query: SearchQuerySchema,
    response: page(ConnectorVersionSchema),
    status: 200,
    errors: ['connector_not_found'],
  }),
  prereleaseVersion: transition({
    path: routePaths.prereleaseVersion,
    summary: 'T5: offer a ready version to its audience, marked as pre-release; or take that back.',
    params: VersionParamsSchema,
    body: z.strictObject({
      visibility: z.enum(['enterprise', 'catalogue']).optional(),
      withdraw: z.boolean().default(false),
    }),
    errors: ['scope_not_allowed', 'connector_disabled', 'slug_taken'],
  }),
  reviewVersion: transition({
    path: routePaths.reviewVersion,
    summary: 'T6r: ask for publication in the catalogue, or decide about it.',
    params: VersionParamsSchema,
    body: z.strictObject({
      decision: z.enum(['ask', 'approve', 'reject', 'withdraw']),
      confirm: z.boolean().default(false),
      reason: z.string().max(2_000).optional(),
      notes: z.string().max(4_000).default(''),
    }),
    errors: ['scope_not_allowed', 'confirmation_required', 'publish_checklist_failed', 'slug_taken'],
  }),
  blockVersion: transition({
    path: routePaths.blockVersion,
    summary: 'T9: stop all calls of a version at once.',
    params: VersionParamsSchema,
    body: reason,
  }),
  unblockVersion: transition({
    path: routePaths.unblockVersion,
    summary: 'T10: end a block.',
    params: VersionParamsSchema,
    body: reason,
  }),
  deprecateVersion: transition({
    path: routePaths.deprecateVersion,
    summary: 'T11: no new use; what uses it keeps running, until `sunset_at` if given.',
    params: VersionParamsSchema,
    body: DeprecateSchema,
  }),
  retireVersion: transition({
    path: routePaths.retireVersion,
    summary: 'T12: end a deprecated version for good.',
    params: VersionParamsSchema,
    body: z.strictObject({
      force: z.boolean().default(false).describe('Although it is in use; platform administrators only.'),
      reason: z.string().max(2_000).optional(),
    }),
    errors: ['connector_in_use'],
  }),
  getConnectorReferences: defineRoute({
    path: routePaths.getConnectorReferences,
    summary: 'What uses a connector: connections with their places, flows, data sources.',
    tag,
    access,
    params: ConnectorParamsSchema,
    query: z.object({ version: z.string().max(60).optional() }),
    response: ReferencesSchema,
    status: 200,
    errors: ['connector_not_found'],
  }),
  searchAudit: defineRoute({
    path: routePaths.searchAudit,
    summary: 'Who did what: lifecycle of connectors, roles, tenants. Newest first.',
    tag: 'audit',
    access: administrators,
    query: SearchQuerySchema.extend({
      action: z.string().max(60).optional(),
      target: z.string().max(80).optional().describe('Id of the thing.'),
      tenant: z.string().max(80).optional().describe('Platform administrators only; default: your own.'),
      after: InstantSchema.optional(),
      before: InstantSchema.optional(),
    }),
    response: page(AuditEntrySchema),
    status: 200,
    errors: [],
  }),
} as const;
