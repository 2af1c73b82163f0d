import type { DatabaseConnection, Transaction } from '@patchbay/database';
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
export interface ConnectionDirectory {
  find(tenantId: string, id: string): Promise<ConnectionEntry | undefined>;
  /** Takes share locks on connections and gives the directory as it stays until the transaction ends: nobody deletes one of them. */
  hold(trx: Transaction, tenantId: string, ids: readonly string[]): Promise<Pick<ConnectionDirectory, 'find'>>;
}

export function createConnectionDirectory(db: DatabaseConnection): ConnectionDirectory {
  const connections = createConnectionRepository(db);
  return {
    async hold(trx, tenantId, ids) {
      await createConnectionRepository(trx).share(tenantId, ids);
      return createConnectionDirectory(trx);
    },
    async find(tenantId, id) {
      const stored = await connections.find(tenantId, id);
      if (stored === undefined) return undefined;
      const { name, connectorSlug, authType, isEnabled } = stored;
      return { id, name, connectorSlug, authType, enabled: isEnabled };
    },
  };
}
