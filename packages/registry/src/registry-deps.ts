import type { Database } from '@patchbay/database';

/** Knows which connectors flows use; the flows module provides it. */
export interface FlowReferences {
  /** Number of flows by slug of the connector. */
  countUsesOfConnectors(tenantId: string): Promise<Record<string, number>>;
}

/** What the functions of this module get handed in. */
export interface RegistryDeps {
  readonly database: Database;
  readonly references: FlowReferences;
}
