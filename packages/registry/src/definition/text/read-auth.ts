import { isJsonObject, type JsonObject, type JsonValue } from '@patchbay/manifest';
import { unreadable } from './read-text.ts';

/** Words of an authentication in the seed's form (dibop lines 68 to 100). */
export const authWords = [
  ...[
    'auth_type',
    'credential_schema',
    'header_name',
    'query_name',
    'key_prefix',
    'parameters',
    'grant_type',
    'scopes',
  ],
  ...['scope_delimiter', 'held_by', 'authorize_url', 'token_url', 'refresh_url'],
];

/** Fields that only some types have; a merge patch takes away those that a text does not name. */
const typeFields = [
  ...['parameters', 'key_prefix', 'held_by', 'grant_type', 'authorize_url', 'token_url', 'refresh_url'],
  ...['oauth_scopes', 'scope_delimiter'],
];

/** The authentication of a connector document from the seed's words. Throws `import_unreadable`. */
export function readAuth(text: JsonObject): JsonObject {
  const plain = ['key_prefix', 'grant_type', 'scope_delimiter', 'held_by', 'authorize_url', 'token_url', 'refresh_url'];
  const parameters = readParameters(text);
  return {
    type: text['auth_type'] ?? 'none',
    credential_schema: readFields(text['credential_schema']),
    ...(parameters !== undefined && { parameters }),
    ...(text['scopes'] !== undefined && { oauth_scopes: readScopes(text['scopes']) }),
    ...Object.fromEntries(plain.flatMap((word) => (word in text ? [[word, text[word] ?? null] as const] : []))),
  };
}

/** The same as a patch: fields of the old authentication that the text does not name are gone. */
export function asAuthPatch(auth: JsonObject): JsonObject {
  const gone = typeFields.filter((field) => !(field in auth)).map((field) => [field, null] as const);
  return { ...Object.fromEntries(gone), ...auth };
}

/** Fields by name, in the order of the text; a list is taken as it stands. */
function readFields(fields: JsonValue | undefined): JsonValue {
  if (fields === undefined || fields === null) return [];
  if (Array.isArray(fields)) return fields;
  if (!isJsonObject(fields)) throw unreadable('credential_schema must hold fields by their names.');
  return Object.entries(fields).map(([name, field]) => {
    if (!isJsonObject(field)) throw unreadable(`The credential field "${name}" must be an object.`);
    return { name, ...field };
  });
}

function readParameters(text: JsonObject): JsonValue | undefined {
  const { header_name: header, query_name: query, parameters } = text;
  if (parameters !== undefined) return parameters;
  if (header !== undefined) return [{ key: header, location: 'header' }];
  return query === undefined ? undefined : [{ key: query, location: 'query' }];
}

function readScopes(scopes: JsonValue): JsonValue {
  return typeof scopes === 'string' ? scopes.split(/\s+/).filter(Boolean) : scopes;
}
