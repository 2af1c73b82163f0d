export { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
export { isPointer, joinPointer, readPointer, toPointer } from './json-pointer.ts';
export { JsonSchemaSchema, type JsonSchemaObject } from './json-schema.ts';
export {
  AuthSchemeSchema,
  ConnectorManifestSchema,
  CredentialFieldSchema,
  EffectSchema,
  OperationSchema,
  ProcessorSchema,
  ResilienceSchema,
  SlugSchema,
  VersionSchema,
  connectorTypes,
  manifestSchemaId,
  type AuthScheme,
  type ConnectorManifest,
  type ConnectorManifestInput,
  type ConnectorType,
  type CredentialField,
  type Effect,
  type ErrorMapping,
  type Operation,
  type Parameter,
  type Processor,
  type RequestTemplate,
  type Resilience,
} from './connector-manifest.ts';
export { checkManifest, maxManifestBytes } from './check-manifest.ts';
export { matchesHosts } from './match-hosts.ts';
export {
  credentialFormSchema,
  findOperation,
  isSensitiveField,
  resilienceFor,
  selectAuthScheme,
} from './manifest-queries.ts';
export {
  defaultProcessor,
  findProcessor,
  inputOfPage,
  readPage,
  type PageCursor,
  type RecordPage,
} from './processor-pages.ts';
export { parseManifest } from './parse-manifest.ts';
export {
  AuthDefinitionSchema,
  CredentialFieldDefinitionSchema,
  authTypes,
  grantTypes,
  type ApiKeyParameter,
  type AuthDefinition,
  type AuthType,
  type CredentialFieldDefinition,
} from './definition/auth-definition.ts';
export {
  ConnectorDefinitionSchema,
  OperationDefinitionSchema,
  ResilienceDefinitionSchema,
  httpMethods,
  parameterLocations,
  parameterTypes,
  type BodyDefinition,
  type ConnectorDefinition,
  type OperationDefinition,
  type ParameterDefinition,
  type ResilienceDefinition,
} from './definition/connector-definition.ts';
export { compareVersions } from './compare-versions.ts';
