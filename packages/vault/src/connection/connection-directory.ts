import type { DatabaseConnection } from '@patchbay/database';
import { createConnectionRepository } from './connection-repository.ts';

/** A connection without its credentials: what the plan compiler and the canvas need to know. */
export interface ConnectionEntry {
  readonly id: string;
  readonly name: string;
  readonly connectorSlug: string;
  readonly authType: string;
  readonly enabled: boolean;
}

/** Looks connections up by id inside a tenant. */
export function createConnectionDirectory(db: DatabaseConnection): {
  find(tenantId: string, id: string): Promise<ConnectionEntry | undefined>;
} {
  const connections = createConnectionRepository(db);
  return {
    async find(tenantId, id) {
      const stored = await connections.find(tenantId, id);
      if (stored === undefined) return undefined;
      const { name, connectorSlug, authType, isEnabled } = stored;
      return { id, name, connectorSlug, authType, enabled: isEnabled };
    },
  };
}
