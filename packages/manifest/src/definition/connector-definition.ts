import { z } from 'zod';
import { EffectSchema, ResilienceSchema } from '../connector-manifest.ts';
import { JsonSchemaSchema } from '../json-schema.ts';
import { AuthDefinitionSchema } from './auth-definition.ts';

/** Methods an operation may use (DI-38). */
export const httpMethods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;
/** Where a parameter goes (DI-41). */
export const parameterLocations = ['query', 'path', 'header', 'body'] as const;
/** Plain types of a parameter (DI-42); anything richer is given as `schema`. */
export const parameterTypes = ['string', 'number', 'integer', 'boolean'] as const;

/** One parameter of an operation (DI-40 to DI-45). */
export const ParameterDefinitionSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    location: z.enum(parameterLocations),
    type: z.enum(parameterTypes).default('string'),
    required: z.boolean().default(false),
    default: z.union([z.string(), z.number(), z.boolean()]).optional(),
    description: z.string().max(4_000).optional(),
    /** Replaces `type` where an import needs more: lists, objects, enumerations, limits. */
    schema: JsonSchemaSchema.optional(),
    /** How a list or object is written (OpenAPI 3: style and explode). */
    style: z.enum(['form', 'simple', 'label', 'matrix', 'spaceDelimited', 'pipeDelimited', 'deepObject']).optional(),
    explode: z.boolean().optional(),
  })
  .refine((parameter) => !(parameter.required && parameter.default !== undefined), {
    path: ['default'],
    message: 'A required parameter has no default.',
  });

/** A whole body, for what single body parameters cannot say. The input field `body` holds it. */
export const BodyDefinitionSchema = z.strictObject({
  content_type: z.string().max(120).default('application/json'),
  schema: JsonSchemaSchema,
  required: z.boolean().default(false),
});

/** One operation (DI-35 to DI-50). */
export const OperationDefinitionSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-zA-Z0-9_]*$/, 'Letters, digits and _, starting with a small letter.')
      .max(80),
    display_name: z.string().trim().min(1).max(120),
    description: z.string().max(4_000).default(''),
    method: z.enum(httpMethods),
    path: z.string().startsWith('/', 'A path starts with /.').max(2_000),
    parameters: z.array(ParameterDefinitionSchema).max(200).default([]),
    body: BodyDefinitionSchema.optional(),
    /** JSON Schema of the answer (DI-47). */
    response_schema: JsonSchemaSchema.optional(),
    /** Absent: GET reads, PUT and DELETE are idempotent, POST and PATCH carry an idempotency key (5.24). */
    effect: EffectSchema.optional(),
    sample: z.strictObject({ input: JsonSchemaSchema, output: z.unknown().optional() }).optional(),
  })
  .meta({ id: 'OperationDefinition' });

/** The seven settings in the seed's units: seconds and calls per minute (DI-51 to DI-57). */
export const ResilienceDefinitionSchema = z
  .strictObject({
    timeout_s: z.number().min(0.1).max(86_400).default(30),
    max_retries: z.number().int().min(0).max(100).default(3),
    retry_delay_s: z.number().min(0).max(3_600).default(1),
    backoff: ResilienceSchema.shape.backoff,
    rate_limit_per_min: z.number().int().min(1).max(1_000_000).default(60),
    breaker_threshold: z.number().int().min(1).max(1_000).default(5),
    breaker_recovery_s: z.number().min(1).max(86_400).default(30),
  })
  .meta({ id: 'ResilienceDefinition' });

/** What a connector does, as a person writes it: the versioned part of a connector (requirements.md part 3). */
export const ConnectorDefinitionSchema = z
  .strictObject({
    /** Root of all calls (DI-09); empty in a young draft. */
    base_url: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2_000)]).default(''),
    auth_scheme: AuthDefinitionSchema.default({ type: 'none', credential_schema: [] }),
    operations: z
      .array(OperationDefinitionSchema)
      .max(2_000)
      .superRefine((operations, context) => {
        const seen = new Set<string>();
        for (const [index, { name }] of operations.entries()) {
          if (seen.has(name))
            context.addIssue({ code: 'custom', path: [index, 'name'], message: 'This name is used twice.' });
          seen.add(name);
        }
      })
      .default([]),
    resilience: ResilienceDefinitionSchema.prefault({}),
  })
  .meta({ id: 'ConnectorDefinition' });

export type ConnectorDefinition = z.infer<typeof ConnectorDefinitionSchema>;
export type OperationDefinition = z.infer<typeof OperationDefinitionSchema>;
export type ParameterDefinition = z.infer<typeof ParameterDefinitionSchema>;
export type BodyDefinition = z.infer<typeof BodyDefinitionSchema>;
export type ResilienceDefinition = z.infer<typeof ResilienceDefinitionSchema>;
