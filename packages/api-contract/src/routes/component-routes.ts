import { z } from 'zod';
import { routePaths } from '../client/route-paths.ts';
import {
  ApiVersionSchema,
  CheckoutFlowBranchSchema,
  CreateApiVersionSchema,
  CreateFlowBranchSchema,
  DeployApiVersionSchema,
  FlowBranchSchema,
  PublishApiVersionSchema,
} from '../resources/component.ts';
import { IdSchema, SearchQuerySchema, page, writeResult } from '../resources/envelope.ts';
import { defineRoute, editors } from './route.ts';

const tag = 'component';
const params = z.object({ id: IdSchema });
const versionParams = params.extend({ version: z.string().max(60) });

/** A flow as a component: branches, API versions, and the connector made from it (CH-01 to CH-26). */
export const componentRoutes = {
  searchFlowBranches: defineRoute({
    path: routePaths.searchFlowBranches,
    summary: 'Branches of a flow; the current one is the draft.',
    tag,
    access: 'signed-in',
    params,
    query: SearchQuerySchema,
    response: page(FlowBranchSchema),
    status: 200,
    errors: ['flow_not_found'],
  }),
  createFlowBranch: defineRoute({
    path: routePaths.createFlowBranch,
    summary: 'Make a branch as a copy of another one.',
    tag,
    access: editors,
    params,
    body: CreateFlowBranchSchema,
    response: writeResult('created'),
    status: 200,
    errors: ['flow_not_found', 'branch_not_found', 'already_exists'],
  }),
  checkoutFlowBranch: defineRoute({
    path: routePaths.checkoutFlowBranch,
    summary: 'Edit another branch: the present draft stays in its branch.',
    tag,
    access: editors,
    params,
    needsRevision: true,
    body: CheckoutFlowBranchSchema,
    response: writeResult('updated'),
    status: 200,
    errors: ['flow_not_found', 'branch_not_found', 'revision_conflict', 'revision_required'],
  }),
  searchApiVersions: defineRoute({
    path: routePaths.searchApiVersions,
    summary: 'API versions of a flow, newest first, with the connector made from each.',
    tag,
    access: 'signed-in',
    params,
    query: SearchQuerySchema,
    response: page(ApiVersionSchema),
    status: 200,
    errors: ['flow_not_found'],
  }),
  createApiVersion: defineRoute({
    path: routePaths.createApiVersion,
    summary: 'A new version of the API, built from a branch.',
    tag,
    access: editors,
    params,
    body: CreateApiVersionSchema,
    response: writeResult('created').extend({ version: z.string() }),
    status: 200,
    errors: ['flow_not_found', 'branch_not_found', 'version_exists'],
  }),
  deployApiVersion: defineRoute({
    path: routePaths.deployApiVersion,
    summary: 'Compile the branch and let the API version run it.',
    tag,
    access: editors,
    params: versionParams,
    body: DeployApiVersionSchema,
    response: writeResult('updated').extend({ number: z.number().int() }),
    status: 200,
    errors: ['flow_not_found', 'api_version_not_found', 'branch_not_found', 'flow_invalid', 'version_immutable'],
  }),
  publishApiVersion: defineRoute({
    path: routePaths.publishApiVersion,
    summary: 'Publish a deployed API version as an API, or as a connector too (CH-47x).',
    tag,
    access: editors,
    params: versionParams,
    body: PublishApiVersionSchema,
    response: writeResult('updated').extend({ connector: IdSchema.optional() }),
    status: 200,
    errors: [
      ...(['flow_not_found', 'api_version_not_found', 'forbidden_role', 'sdk_access_disabled', 'slug_taken'] as const),
      ...(['component_not_exposed', 'not_deployed', 'version_exists', 'scope_not_allowed'] as const),
      ...(['confirmation_required', 'connector_disabled', 'feature_not_available', 'invalid_transition'] as const),
    ],
  }),
  republishApiVersion: defineRoute({
    path: routePaths.republishApiVersion,
    summary: 'Let the private connector of this version run what is deployed now (CH-14).',
    tag,
    access: editors,
    params: versionParams,
    body: z.strictObject({}),
    response: writeResult('updated'),
    status: 200,
    errors: [
      ...(['flow_not_found', 'api_version_not_found', 'connector_not_found', 'forbidden_role'] as const),
      ...(['sdk_access_disabled', 'version_immutable', 'invalid_transition', 'not_deployed'] as const),
      'component_not_exposed',
    ],
  }),
} as const;
