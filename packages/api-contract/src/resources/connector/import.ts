import { z } from 'zod';
import { AuthDefinitionSchema, OperationDefinitionSchema } from '@patchbay/manifest';

/** A YAML or JSON text in the seed's form (DI-28, DI-30, DI-33, DI-46): a whole connector, only its authentication, or one operation. */
export const ImportConnectorSchema = z
  .strictObject({ content: z.string().min(1).max(1_000_000), format: z.enum(['yaml', 'json']).default('yaml') })
  .meta({ id: 'ImportConnector' });

/** Where an OpenAPI description comes from: its text or its address, and what people call it (the name of a file). */
export const OpenApiSourceSchema = z
  .strictObject({
    content: z.string().min(1).max(20_000_000).optional(),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .optional(),
    name: z.string().trim().min(1).max(200).optional(),
  })
  .refine((source) => (source.content === undefined) !== (source.url === undefined), {
    message: 'Give either content or url.',
  })
  .meta({ id: 'OpenApiSource' });

/** One operation found in a description. */
export const ImportedOperationSchema = z.object({
  /** `GET /pets/{id}`: stays the same between imports of one description. */
  key: z.string(),
  /** What would be made of it; absent if it cannot be used. */
  operation: OperationDefinitionSchema.optional(),
  /** Parts that are not supported and what that means; the operation can be used all the same. */
  warnings: z.array(z.string()),
  /** Why it cannot be used. */
  unsupported: z.string().optional(),
  /** Against the connector it is imported into: not there yet, changed (with the fields), the same, or edited by hand since. */
  change: z.enum(['new', 'changed', 'same', 'edited']).optional(),
  changes: z.array(z.object({ path: z.string(), before: z.unknown(), after: z.unknown() })).optional(),
  tags: z.array(z.string()),
  deprecated: z.boolean(),
});

/** What an OpenAPI description would give; nothing is stored. */
export const OpenApiPreviewSchema = z
  .object({
    format: z.enum(['swagger-2.0', 'openapi-3.0', 'openapi-3.1']),
    name: z.string(),
    description: z.string(),
    version: z.string(),
    documentation_url: z.string().optional(),
    base_url: z.string(),
    servers: z.array(z.string()),
    /** The scheme that fits us best; absent: none could be read. */
    auth_scheme: AuthDefinitionSchema.optional(),
    auth_alternatives: z.array(z.object({ name: z.string(), type: z.string(), note: z.string() })),
    operations: z.array(ImportedOperationSchema),
    /** Operations of the connector that the description does not have any more, by name. */
    removed: z.array(z.string()),
    warnings: z.array(z.string()),
  })
  .meta({ id: 'OpenApiPreview' });
export type OpenApiPreview = z.infer<typeof OpenApiPreviewSchema>;
export type ImportedOperation = z.infer<typeof ImportedOperationSchema>;

/** Makes a connector, or changes a draft, from the chosen operations of a description. */
export const ImportOpenApiSchema = z
  .strictObject({
    source: OpenApiSourceSchema,
    /** Keys of the chosen operations; absent: all that can be used. */
    operations: z.array(z.string().max(2_200)).max(5_000).optional(),
    /** Take name, base URL and authentication from the description. Absent: a connector takes what it has not of its own. */
    take_identity: z.boolean().optional(),
  })
  .meta({ id: 'ImportOpenApi' });
