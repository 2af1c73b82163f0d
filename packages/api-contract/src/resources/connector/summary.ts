import { z } from 'zod';
import { connectorTypes } from '@patchbay/manifest';
import { IdSchema, InstantSchema, storedFields } from '../envelope.ts';

/** Stages of a connector version (requirements.md part 4). */
export const stages = ['draft', 'ready', 'pre_released', 'published', 'blocked', 'deprecated', 'retired'] as const;
export const StageSchema = z.enum(stages).meta({ id: 'Stage' });
export type Stage = z.infer<typeof StageSchema>;

/** Audience of a version; `enterprise` is the owner's tenant, `catalogue` all tenants. */
export const VisibilitySchema = z.enum(['none', 'enterprise', 'catalogue']).meta({ id: 'Visibility' });
export type Visibility = z.infer<typeof VisibilitySchema>;

/** Since when a version is deprecated, until when it runs, and what to use instead (ZO-03). */
export const DeprecationSchema = z
  .object({
    since: InstantSchema,
    reason: z.string().optional(),
    /** From then on nothing is processed with it. */
    sunset_at: InstantSchema.optional(),
    link: z.string().optional(),
    replaced_by: z.string().optional(),
  })
  .meta({ id: 'Deprecation' });
export type Deprecation = z.infer<typeof DeprecationSchema>;

/** What a card shows. `stage`, `visibility` and `version` are those of the head version. */
export const ConnectorSummarySchema = z
  .object({
    ...storedFields,
    /** E-mail of who changed it last; `patchbay` for built-ins. */
    updated_by: z.string().optional(),
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    type: z.enum(connectorTypes),
    category: z.string(),
    subcategory: z.string().optional(),
    tags: z.array(z.string()),
    /** As it was given: a key such as `font_github`, a URL, or a data URI (CO-06). */
    icon: z.string(),
    /** The icon as a page can draw it. Without `dataUri` the tile shows letters. */
    image: z.object({ dataUri: z.string().optional(), tile: z.string() }),
    version: z.string(),
    stage: StageSchema,
    visibility: VisibilitySchema,
    enabled: z.boolean(),
    builtin: z.boolean(),
    /** True for a connector of the caller's own tenant. */
    owned: z.boolean(),
    /** Who offers it: the name of the owner's tenant, or of the vendor. */
    vendor: z.string(),
    runtime: z.enum(['declarative', 'sandbox', 'node', 'flow']),
    authTypes: z.array(z.string()),
    operationCount: z.number().int(),
    /** Operations that matched a search, by name and title. */
    matchedOperations: z.array(z.object({ name: z.string(), title: z.string() })).optional(),
    /** Flows of the caller's tenant that use it. */
    usedByCount: z.number().int(),
    /** Connections of the caller's tenant. */
    connection_count: z.number().int(),
    /** There is a draft beside the head version. */
    has_draft: z.boolean(),
    /** Of the head version; absent: not deprecated. */
    deprecation: DeprecationSchema.optional(),
    published_at: InstantSchema.optional(),
    url: z.string().optional(),
    documentation_url: z.string().optional(),
    path_hierarchy: z.boolean(),
    assets: z.object({ icons: z.record(z.string(), z.string()) }),
    oauth_connect_implemented: z.boolean(),
    processor: z.object({ enabled: z.boolean(), name: z.string().optional() }),
    /** Settings of the caller's tenant; secrets are masked. Absent: none. */
    config: z.record(z.string(), z.unknown()).optional(),
    origin: z.object({
      kind: z.enum(['builder', 'package', 'component', 'builtin']),
      component_id: IdSchema.optional(),
      package_name: z.string().optional(),
    }),
    slug_locked: z.boolean(),
    price: z.enum(['free', 'freemium', 'paid']),
    availability: z.enum(['default', 'external']),
    vendor_portal_url: z.string().optional(),
    /** Lifecycle entries the caller may use now; for the others the code says why not (transition table). */
    actions: z.record(
      z.string(),
      z.object({ allowed: z.boolean(), code: z.string().optional(), reason: z.string().optional() }),
    ),
  })
  .meta({ id: 'ConnectorSummary' });
export type ConnectorSummary = z.infer<typeof ConnectorSummarySchema>;
