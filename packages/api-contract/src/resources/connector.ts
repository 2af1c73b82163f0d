import { z } from 'zod';
import { ConnectorManifestSchema, connectorTypes } from '@patchbay/manifest';
import { IdSchema, storedFields } from './envelope.ts';

/** What a card shows. `stage` is that of the head version. */
export const ConnectorSummarySchema = z
  .object({
    ...storedFields,
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    type: z.enum(connectorTypes),
    category: z.string(),
    tags: z.array(z.string()),
    icon: z.object({ dataUri: z.string(), tile: z.string() }),
    version: z.string(),
    stage: z.enum(['draft', 'ready', 'pre_released', 'published', 'blocked', 'deprecated', 'retired']),
    visibility: z.enum(['none', 'enterprise', 'catalogue']),
    enabled: z.boolean(),
    builtin: z.boolean(),
    runtime: z.enum(['declarative', 'sandbox', 'node']),
    authTypes: z.array(z.string()),
    operationCount: z.number().int(),
    /** Operations that matched a search, by name and title. */
    matchedOperations: z.array(z.object({ name: z.string(), title: z.string() })).optional(),
    /** Flows of the caller's tenant that use it. */
    usedByCount: z.number().int(),
  })
  .meta({ id: 'ConnectorSummary' });
export type ConnectorSummary = z.infer<typeof ConnectorSummarySchema>;

/** A connector with the manifest of one version. */
export const ConnectorSchema = ConnectorSummarySchema.extend({
  manifest: ConnectorManifestSchema,
  integrity: z.string().describe('sha512 of the package, in the form of subresource integrity.'),
  versions: z.array(z.object({ version: z.string(), stage: z.string(), published: z.string().optional() })),
}).meta({ id: 'Connector' });
export type Connector = z.infer<typeof ConnectorSchema>;

/** Counts for the filters of the marketplace. */
export const FacetsSchema = z.record(z.string(), z.array(z.object({ value: z.string(), count: z.number().int() })));

export const ConnectorParamsSchema = z.object({ id: IdSchema.describe('Id or slug.') });
