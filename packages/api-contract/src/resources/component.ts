import { z } from 'zod';
import { VersionSchema } from '@patchbay/manifest';
import { IdSchema, InstantSchema } from './envelope.ts';
import { DeprecationSchema, StageSchema, VisibilitySchema } from './connector/summary.ts';

/** A named line of work on a flow; one is checked out and is the draft that the editor shows (CH-18, CH-19). */
export const FlowBranchSchema = z
  .object({
    id: IdSchema,
    name: z.string(),
    /** The editor shows and saves this one. */
    current: z.boolean(),
    created: InstantSchema,
    updated: InstantSchema,
    /** API versions that are built from it. */
    versions: z.array(z.string()),
  })
  .meta({ id: 'FlowBranch' });
export type FlowBranch = z.infer<typeof FlowBranchSchema>;

const BranchNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'Letters, digits and . _ / -, starting with a letter or digit.');

export const CreateFlowBranchSchema = z
  .strictObject({ name: BranchNameSchema, from: BranchNameSchema.optional().describe('Default: the current branch.') })
  .meta({ id: 'CreateFlowBranch' });
export const CheckoutFlowBranchSchema = z.strictObject({ branch: BranchNameSchema }).meta({ id: 'CheckoutFlowBranch' });

/** A version of a flow as an API: what the Deploy and Lifecycle pages list (CH-20 to CH-25). */
export const ApiVersionSchema = z
  .object({
    id: IdSchema,
    version: VersionSchema,
    source_ref: z.string().describe('Branch it is built from.'),
    /** Flow version that is deployed; absent: not deployed yet. */
    deployed_number: z.number().int().optional(),
    deployed_at: InstantSchema.optional(),
    /** The branch was changed since the deployment. */
    has_undeployed_changes: z.boolean(),
    /** The flow can be called over HTTP, so it can be published as a connector (CH-02). */
    exposed: z.boolean(),
    /** When it was published as an API (CH-47x). */
    published_at: InstantSchema.optional(),
    /** Its own address, for those who may edit the flow; absent while not deployed or not exposed. */
    endpoint: z.string().optional(),
    /** Connector version made from it, with which it shares stage and visibility (5.28). */
    connector: z
      .object({
        id: IdSchema,
        slug: z.string(),
        version: z.string(),
        revision: z.number().int(),
        stage: StageSchema,
        visibility: VisibilitySchema,
        deprecation: DeprecationSchema.optional(),
        /** The deployment is newer than what the connector runs: republish (CH-13). */
        is_outdated: z.boolean(),
        actions: z.record(
          z.string(),
          z.object({ allowed: z.boolean(), code: z.string().optional(), reason: z.string().optional() }),
        ),
      })
      .optional(),
    created: InstantSchema,
    created_by: z.string(),
  })
  .meta({ id: 'ApiVersion' });
export type ApiVersion = z.infer<typeof ApiVersionSchema>;

export const CreateApiVersionSchema = z
  .strictObject({ version: VersionSchema, source_ref: BranchNameSchema })
  .meta({ id: 'CreateApiVersion' });

export const DeployApiVersionSchema = z
  .strictObject({ note: z.string().max(500).default('') })
  .meta({ id: 'DeployApiVersion' });

/** `as: connector` also publishes a connector; `api` keeps it an API only (CH-47x). */
export const PublishApiVersionSchema = z
  .strictObject({
    as: z.enum(['connector', 'api']).default('connector'),
    visibility: VisibilitySchema.exclude(['none']),
    confirm: z.boolean().default(false),
    slug: z
      .string()
      .max(60)
      .optional()
      .describe('Only for the first version; default: made from the name of the flow.'),
    notes: z.string().max(4_000).default(''),
  })
  .meta({ id: 'PublishApiVersion' });
