import type { Database, DatabaseConnection, Transaction } from '@patchbay/database';
import type { ErrorCode } from '@patchbay/errors';
import type { ConnectorManifest } from '@patchbay/manifest';

/** Finds what a flow may use; the registry provides it. An absent version means the newest published one. */
export interface ConnectorCatalog {
  find(tenantId: string, slug: string, version?: string): Promise<CatalogEntry | undefined>;
}

/** A connector version that the tenant sees. */
export interface CatalogEntry {
  readonly manifest: ConnectorManifest;
  readonly integrity: string;
  /** Why nothing new may use it (requirements.md 4.2); absent: it may be used. */
  readonly refusal?: ErrorCode | undefined;
}

/** Knows the connections of a tenant without their credentials; the vault provides it. */
export interface ConnectionDirectory {
  find(tenantId: string, id: string): Promise<ConnectionEntry | undefined>;
}

/** A connection as the compiler needs it. */
export interface ConnectionEntry {
  readonly id: string;
  readonly name: string;
  readonly connectorSlug: string;
  readonly authType: string;
  readonly enabled: boolean;
}

/** What a flow uses. */
export interface FlowUses {
  readonly connectors: readonly { readonly slug: string; readonly version: string }[];
  readonly connectionIds: readonly string[];
}

/** Where the compiler looks. */
export type CompileSources = Pick<FlowDeps, 'catalog' | 'connections'>;

/** Holds still what a flow uses; the server puts it together of registry and vault. */
export interface UseHolder {
  /**
   * Takes share locks on connectors and then on connections and gives both as they stay until the transaction ends: a retirement, a
   * switch-off or a deletion either came before or waits and then sees the flow.
   */
  hold(trx: Transaction, tenantId: string, uses: FlowUses): Promise<CompileSources>;
}

/** An API version of a flow. */
export interface ApiVersionKey {
  readonly flowId: string;
  readonly version: string;
}

/** What the connectors that are made from flows mean for the flows; the registry provides it. */
export interface ComponentGate {
  /** Until the transaction ends it stays so. Throws `version_immutable` for what all tenants run (CH-16). */
  assertDeployable(trx: Transaction, tenantId: string, component: ApiVersionKey): Promise<void>;
  /** Why the API version may not be called, e.g. `version_retired`; undefined: it may (5.28). */
  refuseCall(db: DatabaseConnection, tenantId: string, component: ApiVersionKey): Promise<ErrorCode | undefined>;
}

/** Encrypts small secrets with the key of a tenant; the vault provides it. `context` binds a secret to its place. */
export interface SecretBox {
  seal(tenantId: string, context: string, secret: string): Promise<string>;
  open(tenantId: string, context: string, sealed: string): Promise<string>;
}

/** Who does something. */
export interface Actor {
  readonly tenantId: string;
  /** Shown as the author of a change: e-mail address or name of the token. */
  readonly name: string;
}

/** What the functions of this module get handed in. */
export interface FlowDeps {
  readonly db: Database;
  readonly catalog: ConnectorCatalog;
  readonly connections: ConnectionDirectory;
  readonly uses: UseHolder;
  readonly components: ComponentGate;
  readonly secrets: SecretBox;
  /** Where the outside reaches the server; no slash at the end. */
  readonly publicUrl: string;
  /** Current time. */
  readonly now: () => Date;
}
