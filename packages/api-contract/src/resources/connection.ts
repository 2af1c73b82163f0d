import { z } from 'zod';
import { IdSchema, InstantSchema, storedFields } from './envelope.ts';
import { DeprecationSchema } from './connector/summary.ts';

/** Stands for a stored secret; sent back unchanged it means "keep it" (requirements.md 5.16). */
export const secretMask = '******';

const credentials = z.record(z.string().max(60), z.string().max(16_384));

/** A connection: a tenant's credentials for a connector. Sensitive values are always masked. */
export const ConnectionSchema = z
  .object({
    ...storedFields,
    name: z.string(),
    connector: z.object({
      slug: z.string(),
      name: z.string(),
      icon: z.object({ dataUri: z.string(), tile: z.string() }),
    }),
    /** Version it was made with; a newer one is taken by hand only. */
    connector_version: z.string().optional(),
    authType: z.string(),
    /** Connector stage and switch when they keep the connection from working, e.g. `version_deprecated` (4.2). */
    connector_notice: z
      .object({ code: z.string(), message: z.string(), deprecation: DeprecationSchema.optional() })
      .optional(),
    credentials,
    /** OAuth2: the scopes that were granted, and when the token ends. */
    oauth_scopes: z.array(z.string()).optional(),
    expires_at: InstantSchema.optional(),
    last_authorized_at: InstantSchema.optional(),
    account_name: z.string().optional(),
    enabled: z.boolean(),
    authorization: z.enum(['unauthorized', 'authorized', 'reauth_required', 'revoked']),
    health: z.enum(['unchecked', 'healthy', 'degraded', 'offline']),
    healthMessage: z.string().optional(),
    healthCheckedAt: InstantSchema.optional(),
    lastUsed: InstantSchema.optional(),
    usedBy: z.array(z.object({ flowId: IdSchema, flowName: z.string(), step: z.string() })),
  })
  .meta({ id: 'Connection' });
export type Connection = z.infer<typeof ConnectionSchema>;

export const CreateConnectionSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    connector: z.string().min(1).max(80).describe('Slug of the connector.'),
    authType: z.string().optional().describe('Needed when the connector offers several.'),
    /** Empty: the connection is made unauthorized; `_authorize` comes next (K1). */
    credentials: credentials.default({}),
    oauth_scopes: z.array(z.string().max(300)).max(200).optional().describe('A part of the scopes of the connector.'),
  })
  .meta({ id: 'CreateConnection' });

export const UpdateConnectionSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    credentials: credentials.optional(),
    enabled: z.boolean().optional(),
  })
  .meta({ id: 'UpdateConnection' });

/** What a test of a connection found. */
export const ConnectionTestSchema = z
  .object({
    health: z.enum(['healthy', 'offline']),
    message: z.string(),
    code: z.string().optional(),
    durationMs: z.number(),
  })
  .meta({ id: 'ConnectionTest' });

/** Values for the fields of the credential form; for OAuth2 by authorization code they may be empty. */
export const AuthorizeConnectionSchema = z
  .strictObject({ credentials: credentials.default({}), account_name: z.string().trim().max(120).optional() })
  .meta({ id: 'AuthorizeConnection' });

export const InvokeConnectionSchema = z
  .strictObject({ operation: z.string().max(80), input: z.record(z.string(), z.unknown()).default({}) })
  .meta({ id: 'InvokeConnection' });

/** What a call gave (DI-100x). */
export const InvokeResultSchema = z
  .object({
    ok: z.boolean(),
    status_code: z.number().int().optional(),
    headers: z.record(z.string(), z.string()),
    response: z.unknown(),
    duration_ms: z.number(),
    error: z.object({ code: z.string(), message: z.string() }).optional(),
  })
  .meta({ id: 'InvokeResult' });
