import type { AuthScheme, ConnectorManifest, CredentialField, Operation, Resilience } from './connector-manifest.ts';
import type { JsonSchemaObject } from './json-schema.ts';

/** The operation of that name, or undefined. */
export function findOperation(manifest: ConnectorManifest, name: string): Operation | undefined {
  return manifest.operations.find((operation) => operation.name === name);
}

/** True if a credential field must be encrypted and masked. A field no scheme declares counts as sensitive. */
export function isSensitiveField(manifest: ConnectorManifest, fieldName: string): boolean {
  const fields = manifest.auth.flatMap((scheme) => scheme.fields).filter((field) => field.name === fieldName);
  return fields.length === 0 || fields.some((field) => field.sensitive || field.type === 'password');
}

/** The seven resilience settings of an operation: its own ones before those of the connector. */
export function resilienceFor(manifest: ConnectorManifest, operation: Operation): Resilience {
  const own = Object.fromEntries(Object.entries(operation.resilience ?? {}).filter(([, value]) => value !== undefined));
  return { ...manifest.resilience, ...own };
}

/**
 * JSON Schema of the form a person fills to make a connection, fields in the author's order (DI-21). A sensitive field
 * is `writeOnly` with `format: password`; a required field with a default need not be filled (DI-31).
 */
export function credentialFormSchema(auth: AuthScheme): JsonSchemaObject {
  return {
    type: 'object',
    properties: Object.fromEntries(auth.fields.map((field) => [field.name, fieldSchema(field)])),
    required: auth.fields.filter((field) => field.required && field.default === undefined).map((field) => field.name),
    additionalProperties: false,
  };
}

function fieldSchema(field: CredentialField): JsonSchemaObject {
  const isSensitive = field.sensitive || field.type === 'password';
  return {
    type: 'string',
    title: field.label,
    ...(field.help === undefined ? {} : { description: field.help }),
    ...(field.default === undefined ? {} : { default: field.default }),
    ...(field.required ? { minLength: 1 } : {}),
    ...(field.type === 'password' ? { format: 'password' } : {}),
    ...(isSensitive ? { writeOnly: true } : {}),
  };
}

/**
 * The auth scheme a set of credential values belongs to: the one named, else the first whose required fields are all
 * there (schemes with more fields first, so that `none` is the last resort).
 */
export function selectAuthScheme(
  manifest: ConnectorManifest,
  values: Readonly<Record<string, string>>,
  type?: string,
): AuthScheme | undefined {
  if (type !== undefined) return manifest.auth.find((scheme) => scheme.type === type);
  const isComplete = (field: CredentialField): boolean =>
    !field.required || field.default !== undefined || Object.hasOwn(values, field.name);
  const ownFields = (scheme: AuthScheme): number =>
    scheme.fields.filter((field) => Object.hasOwn(values, field.name)).length;
  return manifest.auth
    .filter((scheme) => scheme.fields.every(isComplete))
    .toSorted((left, right) => ownFields(right) - ownFields(left))[0];
}
