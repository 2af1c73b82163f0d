import { z } from 'zod';

/** Authentication types of a connector that is made in the builder (DI-15). */
export const authTypes = ['none', 'api_key', 'basic', 'bearer', 'oauth2'] as const;

/** How OAuth2 obtains a token (DI-19). */
export const grantTypes = ['client_credentials', 'authorization_code'] as const;

/** One field of the form that a connection fills (DI-22 to DI-27, DI-31). A password is always sensitive (DI-26). */
export const CredentialFieldDefinitionSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/, 'Letters, digits and _, starting with a letter.')
      .max(60),
    label: z.string().min(1).max(120),
    type: z.enum(['string', 'password']),
    required: z.boolean().default(true),
    sensitive: z.boolean().default(false),
    help: z.string().max(2_000).optional(),
    default: z.string().max(2_000).optional(),
  })
  .overwrite((field) => (field.type === 'password' ? { ...field, sensitive: true } : field));

const CredentialFieldsSchema = z
  .array(CredentialFieldDefinitionSchema)
  .max(30)
  .superRefine((fields, context) => {
    const seen = new Set<string>();
    for (const [index, { name }] of fields.entries()) {
      if (seen.has(name))
        context.addIssue({ code: 'custom', path: [index, 'name'], message: 'This name is used twice.' });
      seen.add(name);
    }
  })
  .default([]);

/** Where one API key goes: `key` is the header_name, or the name of the query parameter (DI-17, DI-29). */
export const ApiKeyParameterSchema = z.strictObject({
  key: z.string().trim().min(1).max(120),
  location: z.enum(['header', 'query']).default('header'),
  /** Credential field that holds the value; absent: the first field of the schema. */
  field: z.string().max(60).optional(),
  display_name: z.string().max(120).optional(),
});

/**
 * How a connector authenticates. A draft may leave out what `_ready` asks for (requirements.md 4.4), so no list here has a
 * least length.
 */
export const AuthDefinitionSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('none'), credential_schema: CredentialFieldsSchema }),
    z.strictObject({
      type: z.literal('api_key'),
      credential_schema: CredentialFieldsSchema,
      parameters: z.array(ApiKeyParameterSchema).max(10).default([]),
      /** Put before the key as it stands; may be empty. */
      key_prefix: z.string().max(60).default(''),
    }),
    z.strictObject({ type: z.literal('basic'), credential_schema: CredentialFieldsSchema }),
    z.strictObject({ type: z.literal('bearer'), credential_schema: CredentialFieldsSchema }),
    z.strictObject({
      type: z.literal('oauth2'),
      credential_schema: CredentialFieldsSchema,
      /** Whose application it is: that of the connector (config.client_id, config.client_secret) or of each connection (5.10). */
      held_by: z.enum(['connection', 'connector']).default('connection'),
      grant_type: z.enum(grantTypes).default('client_credentials'),
      authorize_url: z.url({ protocol: /^https?$/ }).optional(),
      /** Absent: the credential field `token_url` holds it. */
      token_url: z.url({ protocol: /^https?$/ }).optional(),
      refresh_url: z.url({ protocol: /^https?$/ }).optional(),
      oauth_scopes: z.array(z.string().min(1).max(300)).max(200).default([]),
      scope_delimiter: z.enum([' ', ',', '+']).default(' '),
    }),
  ])
  .meta({ id: 'AuthDefinition' });

export type AuthDefinition = z.infer<typeof AuthDefinitionSchema>;
export type CredentialFieldDefinition = z.infer<typeof CredentialFieldDefinitionSchema>;
export type ApiKeyParameter = z.infer<typeof ApiKeyParameterSchema>;
export type AuthType = (typeof authTypes)[number];
