import { z } from 'zod';
import { IdSchema, InstantSchema, storedFields } from './envelope.ts';

/** Roles of requirements.md 4.5. */
export const roles = ['platform_admin', 'enterprise_admin', 'developer', 'viewer'] as const;
export const RoleSchema = z.enum(roles).meta({ id: 'Role' });
export type Role = z.infer<typeof RoleSchema>;

/** What a tenant may do beyond using what is there (requirements.md part 3). */
export const TenantFeaturesSchema = z
  .strictObject({
    /** The edition gate of ZO-01: custom connectors at all. */
    custom_connectors: z.boolean(),
    /** Enterprise administrators may author connectors (DI-01). */
    sdk_access: z.boolean(),
    /** Catalogue publication may be asked for and is approved by a platform administrator (5.26). */
    review_required: z.boolean(),
  })
  .meta({ id: 'TenantFeatures' });
export type TenantFeatures = z.infer<typeof TenantFeaturesSchema>;

/** Null: no limit. */
export const TenantLimitsSchema = z
  .strictObject({ custom_connectors: z.number().int().min(0).max(1_000_000).nullable() })
  .meta({ id: 'TenantLimits' });

export const TenantSchema = z
  .object({ id: IdSchema, name: z.string(), features: TenantFeaturesSchema, limits: TenantLimitsSchema })
  .meta({ id: 'Tenant' });

/** A tenant as administrators see it. */
export const TenantViewSchema = TenantSchema.extend({
  created: InstantSchema,
  updated: InstantSchema,
  revision: z.number().int(),
  user_count: z.number().int(),
  connector_count: z.number().int(),
}).meta({ id: 'TenantView' });
export type TenantView = z.infer<typeof TenantViewSchema>;

export const CreateTenantSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{1,38}$/, 'Small letters, digits and -, starting with a letter.'),
    name: z.string().trim().min(1).max(120),
    features: TenantFeaturesSchema.partial().default({}),
  })
  .meta({ id: 'CreateTenant' });

export const UpdateTenantSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    features: TenantFeaturesSchema.partial().optional(),
    limits: TenantLimitsSchema.partial().optional(),
  })
  .meta({ id: 'UpdateTenant' });

export const UserSchema = z
  .object({
    ...storedFields,
    email: z.email().max(254),
    name: z.string(),
    role: RoleSchema,
    /** Has the rights of a platform administrator beside those of the role; always true with role platform_admin. */
    platformAdmin: z.boolean(),
    hasPassword: z.boolean(),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof UserSchema>;

export const PasswordSchema = z.string().min(12, 'At least 12 characters.').max(200);

export const SessionSchema = z
  .object({ user: UserSchema, tenant: TenantSchema, expires: InstantSchema })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof SessionSchema>;

export const SignInSchema = z
  .strictObject({ email: z.string().max(254), password: z.string().max(200) })
  .meta({ id: 'SignIn' });
export const SignInLinkSchema = z.strictObject({ token: z.string().min(16).max(200) }).meta({ id: 'SignInLink' });
export const SetPasswordSchema = z
  .strictObject({ current: z.string().max(200).optional(), password: PasswordSchema })
  .meta({ id: 'SetPassword' });
export const CreateUserSchema = z
  .strictObject({
    email: z.email().max(254),
    name: z.string().trim().min(1).max(120),
    role: RoleSchema,
    platformAdmin: z.boolean().default(false),
    tenant: IdSchema.optional().describe('Platform administrators only; absent: your own.'),
  })
  .meta({ id: 'CreateUser' });

/** `role` and `platformAdmin` change what somebody may do from their next request on. */
export const UpdateUserSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120).optional(),
    role: RoleSchema.optional(),
    platformAdmin: z.boolean().optional(),
  })
  .meta({ id: 'UpdateUser' });

/** An API token as listed; the token itself is shown once, at creation. */
export const TokenSchema = z
  .object({
    id: IdSchema,
    created: InstantSchema,
    name: z.string(),
    prefix: z.string().describe('First characters, to recognise it.'),
    role: RoleSchema,
    platformAdmin: z.boolean(),
    expires: InstantSchema.optional(),
    lastUsed: InstantSchema.optional(),
  })
  .meta({ id: 'Token' });
export const CreateTokenSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    role: RoleSchema.optional().describe('At most your own role; absent: your own.'),
    platformAdmin: z.boolean().optional().describe('Absent: as you are if role is absent too, else false.'),
    expiresInDays: z.number().int().min(1).max(3650).optional(),
  })
  .meta({ id: 'CreateToken' });
