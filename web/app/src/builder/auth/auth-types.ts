import type { Connector } from '@patchbay/api-contract/client';
import type { AuthDefinition, AuthType, CredentialFieldDefinition } from '@patchbay/manifest';
import type { IconName } from '../../ui/icon/icon-names.ts';

/** A type of authentication as its card shows it. */
export interface AuthTypeLook {
  readonly type: AuthType;
  readonly title: string;
  /** When to use it (DI-16 to DI-20). */
  readonly when: string;
  readonly icon: IconName;
}

/** The five types in the order of the builder (DI-15). */
export const authTypeLooks: readonly AuthTypeLook[] = [
  { type: 'none', title: 'None', when: 'Public APIs, no authentication', icon: 'globe' },
  { type: 'api_key', title: 'API Key', when: 'Key in a header or query parameter', icon: 'key-round' },
  { type: 'basic', title: 'Basic Auth', when: 'HTTP Basic with username and password', icon: 'user' },
  { type: 'oauth2', title: 'OAuth2', when: 'Client credentials or authorization code', icon: 'shield' },
  { type: 'bearer', title: 'Bearer Token', when: 'A static bearer token', icon: 'hash' },
];

/** Title of a type. */
export const authTitle = (type: string): string => authTypeLooks.find((look) => look.type === type)?.title ?? type;

const field = (name: string, label: string, type: 'string' | 'password'): CredentialFieldDefinition => ({
  ...{ name, label, type, required: true },
  sensitive: type === 'password',
});

/** What a type starts with: the fields that nearly every such API asks for. */
export function newAuth(type: AuthType): AuthDefinition {
  switch (type) {
    case 'none':
      return { type, credential_schema: [] };
    case 'api_key':
      return {
        type,
        credential_schema: [field('api_key', 'API Key', 'password')],
        parameters: [{ key: 'X-API-Key', location: 'header', field: 'api_key' }],
        key_prefix: '',
      };
    case 'basic':
      return {
        type,
        credential_schema: [field('username', 'Username', 'string'), field('password', 'Password', 'password')],
      };
    case 'bearer':
      return { type, credential_schema: [field('token', 'Token', 'password')] };
    case 'oauth2':
      return {
        ...{ type, held_by: 'connection', grant_type: 'client_credentials', oauth_scopes: [], scope_delimiter: ' ' },
        credential_schema: [
          field('client_id', 'Client ID', 'string'),
          field('client_secret', 'Client Secret', 'password'),
        ],
      };
  }
}

/** What changing the type of authentication would lose (ZO-23, requirements 5.9), in words; empty: nothing. */
export function whatIsLost(connector: Connector): readonly string[] {
  const { auth_scheme: auth = { type: 'none', credential_schema: [] }, config = {}, test_results: tests } = connector;
  const parts: readonly (readonly [boolean, string])[] = [
    [
      auth.type === 'oauth2' || (auth.type === 'api_key' && auth.parameters.length > 0),
      'the authentication parameters',
    ],
    [auth.credential_schema.length > 0, 'the credential fields'],
    [auth.type === 'oauth2' && auth.oauth_scopes.length > 0, 'the scopes'],
    [Object.keys(config).length > 0, 'the settings with their secrets'],
    [tests.length > 0, 'the test results'],
  ];
  return parts.flatMap(([isThere, words]) => (isThere ? [words] : []));
}

/** The fields of the form that a connection fills: those of the schema, and what the type asks for in any case (4.4). */
export function formFields(auth: AuthDefinition): readonly CredentialFieldDefinition[] {
  const own = auth.credential_schema;
  const has = (name: string, type: 'string' | 'password'): boolean =>
    own.some((each) => each.name === name || each.type === type);
  if (auth.type === 'api_key') return own.length > 0 ? own : [field('api_key', 'API Key', 'password')];
  if (auth.type === 'bearer') return has('token', 'password') ? own : [...own, field('token', 'Token', 'password')];
  if (auth.type !== 'basic') return own;
  return [
    ...(has('username', 'string') ? [] : [field('username', 'Username', 'string')]),
    ...own,
    ...(has('password', 'password') ? [] : [field('password', 'Password', 'password')]),
  ];
}
