import type { AuthDefinition, ConnectorDefinition, JsonObject, OperationDefinition } from '@patchbay/manifest';
import { stringify } from 'yaml';
import { titleOf } from './read-operation.ts';

/** Writes an object as YAML or JSON text; keys keep their order. */
export function writeText(value: object, format: 'yaml' | 'json'): string {
  return format === 'json'
    ? `${JSON.stringify(value, null, 2)}\n`
    : stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** A connector in the seed's words. `document` holds its Overview and settings, secrets masked. */
export function toConnectorText(document: JsonObject, definition: ConnectorDefinition | undefined): object {
  if (definition === undefined) return document;
  return {
    ...document,
    base_url: definition.base_url,
    ...toAuthText(definition.auth_scheme),
    operations: definition.operations.map(toOperationText),
    resilience: definition.resilience,
  };
}

/** An authentication in the seed's words; what is as usual is left out. */
export function toAuthText(auth: AuthDefinition): object {
  const fields = auth.credential_schema.map(({ name, ...field }) => [name, field] as const);
  return {
    auth_type: auth.type,
    ...(fields.length > 0 && { credential_schema: Object.fromEntries(fields) }),
    ...(auth.type === 'api_key' && apiKeyText(auth)),
    ...(auth.type === 'oauth2' && oauth2Text(auth)),
  };
}

function apiKeyText({ parameters, key_prefix }: Extract<AuthDefinition, { type: 'api_key' }>): object {
  const [first] = parameters;
  const isPlain = parameters.length === 1 && first?.field === undefined && first?.display_name === undefined;
  if (!isPlain || first === undefined) return { parameters, key_prefix };
  return { [first.location === 'header' ? 'header_name' : 'query_name']: first.key, key_prefix };
}

function oauth2Text(auth: Extract<AuthDefinition, { type: 'oauth2' }>): object {
  const { authorize_url, token_url, refresh_url, held_by, scope_delimiter, oauth_scopes } = auth;
  return {
    grant_type: auth.grant_type,
    ...(oauth_scopes.length > 0 && { scopes: oauth_scopes.join(' ') }),
    ...(held_by !== 'connection' && { held_by }),
    ...(authorize_url !== undefined && { authorize_url }),
    ...(token_url !== undefined && { token_url }),
    ...(refresh_url !== undefined && { refresh_url }),
    ...(scope_delimiter !== ' ' && { scope_delimiter }),
  };
}

/** An operation in the seed's words. */
export function toOperationText({ name, display_name, description, parameters, ...rest }: OperationDefinition): object {
  return {
    operation: name,
    ...(display_name !== titleOf(name) && { display_name }),
    ...(description !== '' && { description }),
    method: rest.method,
    path: rest.path,
    parameters,
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'method' && key !== 'path')),
  };
}
