import type { AuthDefinition, AuthScheme, CredentialFieldDefinition } from '@patchbay/manifest';

type Field = CredentialFieldDefinition;

const passwordField = (name: string, label: string): Field => ({
  name,
  label,
  type: 'password',
  required: true,
  sensitive: true,
});
const usernameField: Field = { name: 'username', label: 'Username', type: 'string', required: true, sensitive: false };

/** How the credentials of a connection reach the external system, from what a person wrote. */
export function toAuthScheme(auth: AuthDefinition): AuthScheme {
  if (auth.type === 'api_key') return toApiKey(auth);
  if (auth.type === 'basic') return toBasic(auth.credential_schema);
  if (auth.type === 'bearer') return toBearer(auth.credential_schema);
  if (auth.type === 'oauth2') return toOauth2(auth);
  return { type: 'none', fields: auth.credential_schema };
}

function toApiKey(auth: Extract<AuthDefinition, { type: 'api_key' }>): AuthScheme {
  const fields = auth.credential_schema.length > 0 ? auth.credential_schema : [passwordField('api_key', 'API Key')];
  const [first, ...more] = auth.parameters.map((parameter, index) => ({
    parameter: parameter.key,
    location: parameter.location,
    field: parameter.field ?? (fields[index] ?? fields[0])?.name ?? 'api_key',
  }));
  return {
    type: 'api_key',
    fields,
    parameter: first?.parameter ?? '',
    location: first?.location ?? 'header',
    field: first?.field ?? 'api_key',
    prefix: auth.key_prefix,
    ...(more.length > 0 && { more }),
  };
}

/** Username and password are asked for whatever else the form has (4.4). */
function toBasic(own: readonly Field[]): AuthScheme {
  const password = own.find((field) => field.name === 'password') ?? own.find((field) => field.type === 'password');
  const username = own.find((field) => field.name === 'username') ?? own.find((field) => field.type === 'string');
  const fields = [
    ...(username === undefined ? [usernameField] : []),
    ...own,
    ...(password === undefined ? [passwordField('password', 'Password')] : []),
  ];
  return {
    type: 'basic',
    fields,
    usernameField: username?.name ?? 'username',
    passwordField: password?.name ?? 'password',
  };
}

function toBearer(own: readonly Field[]): AuthScheme {
  const token = own.find((field) => field.name === 'token') ?? own.find((field) => field.type === 'password');
  if (token !== undefined) return { type: 'bearer', fields: [...own], field: token.name };
  return { type: 'bearer', fields: [...own, passwordField('token', 'Token')], field: 'token' };
}

function toOauth2(auth: Extract<AuthDefinition, { type: 'oauth2' }>): AuthScheme {
  return {
    type: 'oauth2',
    fields: auth.credential_schema,
    grantType: auth.grant_type,
    heldBy: auth.held_by,
    clientIdField: 'client_id',
    clientSecretField: 'client_secret',
    ...(auth.authorize_url !== undefined && { authorizeUrl: auth.authorize_url }),
    ...(auth.token_url !== undefined && { tokenUrl: auth.token_url }),
    ...(auth.refresh_url !== undefined && { refreshUrl: auth.refresh_url }),
    scopes: auth.oauth_scopes,
    scopeDelimiter: auth.scope_delimiter,
  };
}
