import { z } from 'zod';
import {
  AuthDefinitionSchema,
  ConnectorDefinitionSchema,
  ConnectorManifestSchema,
  OperationDefinitionSchema,
  ProcessorSchema,
  ResilienceDefinitionSchema,
  SlugSchema,
  VersionSchema,
  connectorTypes,
} from '@patchbay/manifest';
import { IdSchema, InstantSchema } from '../envelope.ts';
import { ConnectorSummarySchema, DeprecationSchema, StageSchema, VisibilitySchema } from './summary.ts';

/** Whether an operation passed its last test, and of which content (T6: only tests of the present definition count). */
export const TestResultSchema = z.object({
  operation: z.string(),
  passed: z.boolean(),
  /** False: the operation was changed since. */
  current: z.boolean(),
  at: InstantSchema,
  message: z.string().optional(),
});

/** One version as the list of versions shows it. */
export const ConnectorVersionSchema = z
  .object({
    version: z.string(),
    /** Grows when a private version is republished. */
    revision: z.number().int(),
    stage: StageSchema,
    visibility: VisibilitySchema,
    review: z.enum(['none', 'pending', 'rejected']),
    /** Unpublished: existing connections keep running, nobody else finds it (T13). */
    unlisted: z.boolean(),
    source_ref: z.string().optional(),
    notes: z.string(),
    definition_hash: z.string(),
    integrity: z.string().optional().describe('sha512 of the package; absent for a draft.'),
    /** The definition was changed since the last publication: `_republish` makes it live (T7). */
    has_pending_changes: z.boolean(),
    deprecation: DeprecationSchema.optional(),
    created: InstantSchema,
    published: InstantSchema.optional(),
    published_by: z.string().optional(),
    actions: ConnectorSummarySchema.shape.actions,
  })
  .meta({ id: 'ConnectorVersion' });
export type ConnectorVersionView = z.infer<typeof ConnectorVersionSchema>;

/** A connector with one version: what a person wrote (`definition` fields) and what runs (`manifest`). */
export const ConnectorSchema = ConnectorSummarySchema.extend({
  /** Absent for packages with code: they have no declarative definition. */
  base_url: z.string().optional(),
  auth_scheme: AuthDefinitionSchema.optional(),
  operations: z.array(OperationDefinitionSchema).optional(),
  resilience: ResilienceDefinitionSchema.optional(),
  /** What runs; absent while the version is a draft. */
  manifest: ConnectorManifestSchema.optional(),
  integrity: z.string().optional().describe('sha512 of the package, in the form of subresource integrity.'),
  /** Ways to fetch its data as records (CO-51x); absent: none. */
  processors: z.array(ProcessorSchema.pick({ name: true, title: true, description: true, operation: true })).optional(),
  review: ConnectorVersionSchema.shape.review,
  has_pending_changes: z.boolean(),
  test_results: z.array(TestResultSchema),
  /** The last import of an OpenAPI description; for those who may change the connector. */
  last_import: z
    .object({
      /** What it was called: name of the file, address, or title of the description. */
      source: z.string(),
      at: z.string(),
      by: z.string(),
      /** Operations of the description that were not taken. */
      left_out: z.int(),
    })
    .optional(),
  /** Problems that keep `_ready` or `_publish` from working, and advice; the checklist of the builder. */
  checklist: z.array(
    z.object({
      code: z.string(),
      /** Tab of the builder that mends it. */
      section: z.enum(['overview', 'auth', 'operations', 'resilience', 'test', 'publish']),
      message: z.string(),
      done: z.boolean(),
      /** False: advice only. */
      blocking: z.boolean(),
      operation: z.string().optional(),
    }),
  ),
  versions: z.array(ConnectorVersionSchema),
}).meta({ id: 'Connector' });
export type Connector = z.infer<typeof ConnectorSchema>;
export type ChecklistEntry = Connector['checklist'][number];

/** Written by the server alone; accepted and ignored, so that what was read can be sent back (CO-11, 5.17). */
const ignored = z.unknown().optional();
const protectedFields = {
  ...{ id: ignored, created: ignored, updated: ignored, updated_by: ignored, builtin: ignored, stage: ignored },
  ...{ visibility: ignored, revision: ignored, owned: ignored, origin: ignored, slug_locked: ignored, image: ignored },
  ...{ _id: ignored, published_at: ignored, version: ignored },
};

const HttpUrlSchema = z.url({ protocol: /^https?$/ }).max(2_000);
const definition = ConnectorDefinitionSchema.shape;

/** Fields a person may set. All but `name` may be left out; see {@link ConnectorPatchSchema} for updates. */
const writable = {
  name: z.string().trim().min(1, 'A connector needs a name.').max(120),
  slug: SlugSchema,
  type: z.enum(connectorTypes),
  description: z.string().max(4_000),
  category: z.string().max(60),
  subcategory: z.string().max(60),
  tags: z.array(z.string().max(40)).max(20),
  icon: z.string().max(65_536),
  assets: z.strictObject({ icons: z.record(z.string().max(60), z.string().max(65_536)).default({}) }),
  url: HttpUrlSchema,
  documentation_url: HttpUrlSchema,
  path_hierarchy: z.boolean(),
  oauth_connect_implemented: z.boolean(),
  processor: z.strictObject({ enabled: z.boolean(), name: z.string().max(120).optional() }),
  enabled: z.boolean(),
  config: z.record(z.string().max(120), z.unknown()),
  base_url: definition.base_url,
  auth_scheme: AuthDefinitionSchema,
  operations: definition.operations,
  resilience: ResilienceDefinitionSchema,
};

/** Body of `POST /connector/`. */
export const CreateConnectorSchema = z
  .strictObject({ ...protectedFields, ...z.object(writable).partial().shape, name: writable.name })
  .meta({ id: 'CreateConnector' });
export type CreateConnector = z.infer<typeof CreateConnectorSchema>;

/**
 * Body of `PUT /connector/:id`: a JSON merge patch (RFC 7396), null removes. It is checked again as a whole after merging;
 * with `?replace=true` it is the whole connector.
 */
export const UpdateConnectorSchema = z.record(z.string().max(120), z.unknown()).meta({ id: 'UpdateConnector' });

export const ConnectorParamsSchema = z.object({ id: IdSchema.describe('Id or slug.') });
export const VersionParamsSchema = ConnectorParamsSchema.extend({ version: z.string().max(60) });

/** Counts for the filters of the marketplace. */
export const FacetsSchema = z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number().int() })));

/** What uses a connector or a version (5.29): connections with their places, and direct uses. */
export const ReferencesSchema = z
  .object({
    connections: z.array(
      z.object({
        id: IdSchema,
        name: z.string(),
        enabled: z.boolean(),
        authorization: z.string(),
        revision: z.number().int(),
        places: z.array(z.object({ flow_id: IdSchema, flow_name: z.string(), step: z.string() })),
      }),
    ),
    components: z.array(z.object({ id: IdSchema, name: z.string(), step: z.string(), version: z.string().optional() })),
    datasources: z.array(z.object({ id: IdSchema, name: z.string() })),
    /** References of other tenants are counted, never named. */
    others: z.number().int(),
  })
  .meta({ id: 'References' });
export type References = z.infer<typeof ReferencesSchema>;

/** Body of `_publish`. `visibility` and `confirm` are checked by the action so that each has its own code (DI-73, DI-76). */
export const PublishConnectorSchema = z
  .strictObject({
    visibility: z.enum(['enterprise', 'catalogue']),
    confirm: z.boolean().default(false),
    version: VersionSchema.optional().describe('Default: the version of the draft, first 1.0.0.'),
    notes: z.string().max(4_000).default(''),
    deprecate_older: z.boolean().default(false),
  })
  .meta({ id: 'PublishConnector' });

export const NewVersionSchema = z
  .strictObject({
    version: VersionSchema.optional().describe('Default: the next patch version.'),
    from: VersionSchema.optional().describe('Default: the head version.'),
    source_ref: z.string().trim().min(1).max(200).optional(),
  })
  .meta({ id: 'NewConnectorVersion' });

export const DeprecateSchema = z
  .strictObject({
    reason: z.string().max(2_000).optional(),
    sunset_at: InstantSchema.optional(),
    link: HttpUrlSchema.optional(),
    replaced_by: VersionSchema.optional(),
  })
  .meta({ id: 'DeprecateVersion' });

/** One call of one operation from the builder. Credentials live only for this call (DI-68). */
export const TestOperationSchema = z
  .strictObject({
    operation: z.string().max(80),
    input: z.record(z.string(), z.unknown()).default({}),
    credentials: z.record(z.string().max(60), z.string().max(16_384)).default({}),
    /** Given: no call is made; this answer is checked instead (DI-87x). */
    mock_response: z.strictObject({ status: z.number().int().min(100).max(599), body: z.unknown() }).optional(),
  })
  .meta({ id: 'TestOperation' });

/** What the call gave, secrets masked (DI-49, DI-70). */
export const TestOperationResultSchema = z
  .object({
    ok: z.boolean(),
    operation: z.string(),
    request: z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) }).optional(),
    status: z.number().int().optional(),
    headers: z.record(z.string(), z.string()),
    body: z.unknown(),
    duration_ms: z.number(),
    /** Absent: the operation has no response schema. */
    schema_valid: z.boolean().optional(),
    schema_problems: z.array(z.object({ path: z.string(), message: z.string() })),
    error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).optional(),
    mocked: z.boolean(),
  })
  .meta({ id: 'TestOperationResult' });
export type TestOperationResult = z.infer<typeof TestOperationResultSchema>;

/** Where the next page begins; only the connector knows what it means. */
const PageCursorSchema = z.union([z.string().max(16_384), z.number()]);

/** One page of the data of a connector (CO-01). */
export const FetchRecordsSchema = z
  .strictObject({
    processor: z
      .string()
      .min(1)
      .max(120)
      .optional()
      .describe('Default: `processor.name` of the connector, else its slug.'),
    connection_id: IdSchema.optional().describe(
      'Whose credentials are used; needed unless the connector works without.',
    ),
    /** Of the operation behind the processor. */
    input: z.record(z.string(), z.unknown()).default({}),
    cursor: PageCursorSchema.optional().describe('From the page before; absent: the first page.'),
  })
  .meta({ id: 'FetchRecords' });

export const FetchedRecordsSchema = z
  .object({
    processor: z.string(),
    records: z.array(z.unknown()),
    /** Of the next page; absent: this was the last one. */
    cursor: PageCursorSchema.optional(),
    /** Milliseconds. */
    took: z.number().int(),
  })
  .meta({ id: 'FetchedRecords' });

/** One entry of the audit log: who did what to which thing, and what it was before and after. */
export const AuditEntrySchema = z
  .object({
    id: IdSchema,
    at: InstantSchema,
    actor: z.string(),
    tenant: z.string(),
    action: z.string(),
    target: z.object({ kind: z.string(), id: IdSchema, name: z.string() }),
    version: z.string().optional(),
    from: z.string().optional(),
    to: z.string().optional(),
    reason: z.string().optional(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntrySchema>;
