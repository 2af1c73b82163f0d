export type { BaseRevision, ConnectionUpdate } from './connection/change-connection.ts';
export {
  createConnectionDirectory,
  type ConnectionDirectory,
  type ConnectionEntry,
} from './connection/connection-directory.ts';
export { createConnectionReferences } from './connection/connection-references-repository.ts';
export {
  createCredentialReader,
  type CredentialReader,
  type CredentialReaderOptions,
  type ReadConnection,
} from './connection/credential-reader.ts';
export { createKeyring, type Keyring, type KeyringOptions } from './keyring/keyring.ts';
export { parseMasterKey } from './keyring/master-key.ts';
export type { SealingKey } from './keyring/seal.ts';
export { requestClientToken } from './oauth/access-token.ts';
export type { ConsentAnswer } from './oauth/consent.ts';
export { vaultMigrations } from './migrations/index.ts';
export type {
  Actor,
  ConnectGuard,
  ConnectorCatalog,
  ConnectorSettingsReader,
  FlowReferences,
  OperationTest,
  OperationTester,
  OperationTestResult,
  TokenDeps,
  TokenTransport,
} from './vault-deps.ts';
export { createVaultService, type VaultOptions, type VaultService } from './vault-service.ts';
