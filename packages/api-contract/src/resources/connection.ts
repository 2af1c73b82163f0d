import { z } from 'zod';
import { IdSchema, InstantSchema, storedFields } from './envelope.ts';

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
    authType: z.string(),
    credentials,
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
    credentials,
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
