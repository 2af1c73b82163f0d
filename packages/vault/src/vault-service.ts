import type { RouteBody, RouteQuery } from '@patchbay/api-contract';
import type { Database } from '@patchbay/database';
import { authorizeConnection, connectionReferences, revokeConnection } from './connection/authorize-connection.ts';
import {
  createConnection,
  deleteConnection,
  updateConnection,
  type ConnectionUpdate,
} from './connection/change-connection.ts';
import { createConnectionCountRepository } from './connection/connection-count-repository.ts';
import { invokeConnection } from './connection/invoke-connection.ts';
import { openConnector, type ConnectorTarget } from './connection/open-connector.ts';
import { switchConnection } from './connection/switch-connection.ts';
import { testConnection } from './connection/test-connection.ts';
import { getConnection, searchConnections } from './connection/view-connection.ts';
import { finishConsent, type ConsentAnswer } from './oauth/consent.ts';
import type { Actor, VaultDeps } from './vault-deps.ts';

/** What the server hands in; the clock only in tests. */
export type VaultOptions = Omit<VaultDeps, 'database' | 'clock'> & Partial<Pick<VaultDeps, 'clock'>>;

/** Everything the connection routes need, with its dependencies bound. Answers are the bodies of the routes. */
export type VaultService = ReturnType<typeof createVaultService>;

export function createVaultService(database: Database, options: VaultOptions) {
  const deps: VaultDeps = { ...options, database, clock: options.clock ?? (() => new Date()) };
  return {
    searchConnections: (tenantId: string, query: RouteQuery<'searchConnections'>) =>
      searchConnections(deps, tenantId, query),
    getConnection: (tenantId: string, id: string) => getConnection(deps, tenantId, id),
    createConnection: (actor: Actor, body: RouteBody<'createConnection'>) => createConnection(deps, actor, body),
    updateConnection: (actor: Actor, update: ConnectionUpdate) => updateConnection(deps, actor, update),
    deleteConnection: (actor: Actor, id: string) => deleteConnection(deps, actor, id),
    /** Enabled connections that no call can use before a person acts. */
    countConnectionsToFix: (tenantId: string) => createConnectionCountRepository(database.connection).toFix(tenantId),
    testConnection: (actor: Actor, id: string) => testConnection(deps, actor, id),
    /** K2 and K5. */
    authorizeConnection: (actor: Actor, request: { id: string; body: RouteBody<'authorizeConnection'> }) =>
      authorizeConnection(deps, actor, request),
    /** The callback of an authorization that a person agreed to. */
    finishConsent: (actor: Actor, answer: ConsentAnswer) => finishConsent(deps, actor, answer),
    revokeConnection: (actor: Actor, id: string) => revokeConnection(deps, actor, id),
    switchConnection: (actor: Actor, to: { id: string; isEnabled: boolean }) => switchConnection(deps, actor, to),
    invokeConnection: (actor: Actor, request: { id: string; body: RouteBody<'invokeConnection'> }) =>
      invokeConnection(deps, actor, request),
    /** What calls of a connector run, through a connection or without one. */
    openConnector: (tenantId: string, target: ConnectorTarget) => openConnector(deps, tenantId, target),
    connectionReferences: (tenantId: string, id: string) => connectionReferences(deps, tenantId, id),
  };
}
