export {
  defineConnector,
  defineDeclarativeConnector,
  type Connector,
  type ConnectorDefinitionOf,
  type ConnectorProfile,
  type DeclarativeConnector,
  type ProcessorDefinition,
} from './define-connector.ts';
export { defineOperation, type OperationDefinition, type OperationSample } from './define-operation.ts';
export { fieldError, type FileAccess } from './file-access.ts';
export type { OperationContext, OperationLog } from './operation-context.ts';
export { operationError, type OperationErrorCode } from './operation-error.ts';
export { codeForStatus, maxRetryAfterMs, parseRetryAfter, remoteError, type RemoteFailure } from './remote-error.ts';
export { isPointer, readPointer, type JsonValue } from '@patchbay/manifest';
export { bundleEntry, renderManifest, toManifest, type ConnectorAssets } from './to-manifest.ts';
