export type { BaseRevision, ConnectionUpdate } from './connection/change-connection.ts';
export { createConnectionDirectory, type ConnectionEntry } from './connection/connection-directory.ts';
export { createCredentialReader, type CredentialReader, type ReadConnection } from './connection/credential-reader.ts';
export { createKeyring, type Keyring, type KeyringOptions } from './keyring/keyring.ts';
export { parseMasterKey } from './keyring/master-key.ts';
export type { SealingKey } from './keyring/seal.ts';
export { vaultMigrations } from './migrations/index.ts';
export type {
  Actor,
  ConnectorCatalog,
  FlowReferences,
  OperationTest,
  OperationTester,
  OperationTestResult,
} from './vault-deps.ts';
export { createVaultService, type VaultOptions, type VaultService } from './vault-service.ts';
