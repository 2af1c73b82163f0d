import type { Role } from '@patchbay/api-contract';
import type { DatabaseConnection, Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { createConnectorRepository } from '../connector/connector-repository.ts';
import { stateById } from '../connector/connector-state-repository.ts';
import { tenantReader, type Reader } from '../connector/reader.ts';
import type { ConnectionReferences } from '../registry-deps.ts';
import { shareConnectorRow } from './lifecycle-repository.ts';
import { refuseConnecting, type ConnectingPurpose } from './refuse-connecting.ts';

/** Who connects. */
export interface ConnectingActor {
  readonly tenantId: string;
  readonly userId: string;
  readonly role?: Role | undefined;
}

/** Keeps connectors from being switched off, retired or deleted while a connection to them is made. */
export interface ConnectGuard {
  /**
   * Takes a share lock on the connector until the transaction ends, so that T12, T15 and T17 see the connection or come first. Throws
   * `connector_not_found`, `connector_not_ready`, `connector_disabled`, `version_deprecated`, `version_blocked`, `version_retired`.
   */
  assertConnectable(
    db: DatabaseConnection | Transaction,
    actor: ConnectingActor,
    connect: { readonly slug: string; readonly purpose: ConnectingPurpose },
  ): Promise<void>;
}

export function createConnectGuard(connections: Pick<ConnectionReferences, 'countByConnector'>): ConnectGuard {
  return {
    async assertConnectable(db, actor, { slug, purpose }) {
      const held = await connections.countByConnector(db, actor.tenantId);
      const reader = readerFor(actor, Object.keys(held));
      const found = await createConnectorRepository(db).findVisible(reader, slug);
      if (found === undefined || !(await shareConnectorRow(db, found.id))) throw new AppError('connector_not_found');
      const refusal = refuseConnecting(await stateById(db, found.id), reader, purpose);
      if (refusal !== undefined) throw new AppError(refusal, { details: { connector: slug } });
    },
  };
}

/** An administrator is told that a draft is not ready; to others it is not there. */
function readerFor({ tenantId, userId, role }: ConnectingActor, held: readonly string[]): Reader {
  const draftTenants = role === 'enterprise_admin' ? [tenantId] : [];
  return { ...tenantReader(tenantId, held), userId, draftTenants };
}
