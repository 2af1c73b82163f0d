/** What makes the operations from OpenAPI; used where the server can be started, never shipped. */
export { connector } from '../connector.ts';
export { operationsFromOpenApi, type OpenApiDocument } from './operations-from-openapi.ts';
export { selection } from './selection.ts';
