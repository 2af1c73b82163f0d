import type { Connection } from '@patchbay/api-contract';
import type { Database } from '@patchbay/database';
import type { ConnectorManifest } from '@patchbay/manifest';
import type { Keyring } from './keyring/keyring.ts';

/** Finds the manifest that says which credential fields there are; the registry provides it. */
export interface ConnectorCatalog {
  find(
    tenantId: string,
    slug: string,
  ): Promise<{ readonly manifest: ConnectorManifest; readonly isEnabled?: boolean } | undefined>;
}

/** Knows which flows use a connection; the flows module provides it. */
export interface FlowReferences {
  usesOfConnection(tenantId: string, connectionId: string): Promise<Connection['usedBy']>;
}

/** One operation to run on a worker with a connection. */
export interface OperationTest {
  readonly tenantId: string;
  readonly slug: string;
  readonly version: string;
  readonly operation: string;
  readonly connectionId: string;
  readonly input: Record<string, never>;
}

/** What became of it. */
export interface OperationTestResult {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly durationMs: number;
}

/** Runs one operation on a worker (the server never runs plugin code); the flows module provides it. */
export interface OperationTester {
  run(test: OperationTest): Promise<OperationTestResult>;
}

/** What the functions of this module get handed in. */
export interface VaultDeps {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly catalog: ConnectorCatalog;
  readonly references: FlowReferences;
  readonly tester: OperationTester;
  readonly clock: () => Date;
}

/** Who changes something. */
export interface Actor {
  readonly tenantId: string;
  readonly userId: string;
}
