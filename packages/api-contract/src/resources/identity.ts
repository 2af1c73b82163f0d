import { z } from 'zod';
import { IdSchema, InstantSchema, storedFields } from './envelope.ts';

/** Roles of requirements.md 4.5. */
export const roles = ['platform_admin', 'enterprise_admin', 'developer', 'viewer'] as const;
export const RoleSchema = z.enum(roles).meta({ id: 'Role' });
export type Role = z.infer<typeof RoleSchema>;

export const TenantSchema = z.object({ id: IdSchema, name: z.string() }).meta({ id: 'Tenant' });

export const UserSchema = z
  .object({
    ...storedFields,
    email: z.email().max(254),
    name: z.string(),
    role: RoleSchema,
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
  .strictObject({ email: z.email().max(254), name: z.string().trim().min(1).max(120), role: RoleSchema })
  .meta({ id: 'CreateUser' });

/** An API token as listed; the token itself is shown once, at creation. */
export const TokenSchema = z
  .object({
    id: IdSchema,
    created: InstantSchema,
    name: z.string(),
    prefix: z.string().describe('First characters, to recognise it.'),
    role: RoleSchema,
    expires: InstantSchema.optional(),
    lastUsed: InstantSchema.optional(),
  })
  .meta({ id: 'Token' });
export const CreateTokenSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    role: RoleSchema.optional().describe('At most your own role; absent: your own.'),
    expiresInDays: z.number().int().min(1).max(3650).optional(),
  })
  .meta({ id: 'CreateToken' });
