import type { References } from '@patchbay/api-contract';
import type { Database, DatabaseConnection, Transaction } from '@patchbay/database';
import type { ConnectorManifest, JsonObject, JsonValue } from '@patchbay/manifest';

/** Knows which flows use a connector; the flows module provides it. */
export interface FlowReferences {
  /** Number of flows by slug of the connector. */
  countUsesOfConnectors(tenantId: string): Promise<Record<string, number>>;
  /** Steps that use the connector directly, in the tenant: of drafts, branches, live versions and deployed API versions. */
  usesOfConnector(db: DatabaseConnection, tenantId: string, use: ConnectorUse): Promise<References['components']>;
  /** The same in all other tenants, as a number of flows. */
  countUsesElsewhere(db: DatabaseConnection, tenantId: string, use: ConnectorUse): Promise<number>;
}

/** An API version of a flow, which a connector version is made from. */
export interface ComponentSource {
  readonly flowName: string;
  readonly description: string;
  /** Branch it is built from. */
  readonly sourceRef: string;
  /** Absent: not deployed. */
  readonly deployed?: {
    readonly flowVersionId: string;
    /** JSON Schema of the body that its webhook takes; absent: it cannot be called over HTTP. */
    readonly bodySchema?: Readonly<Record<string, unknown>> | undefined;
  };
}

/** Knows flows as components; the flows module provides it. */
export interface ComponentSources {
  /** In the transaction of the caller. Throws `flow_not_found`, `api_version_not_found`. */
  find(db: DatabaseConnection, tenantId: string, component: ComponentVersionKey): Promise<ComponentSource>;
}

/** Names an API version of a flow. */
export interface ComponentVersionKey {
  readonly flowId: string;
  readonly version: string;
}

/** Which use of a connector is asked for; all of it, unless narrowed. */
export interface ConnectorUse {
  readonly slug: string;
  readonly version?: string | undefined;
  /** Only what is deployed: drafts and branches do not count. */
  readonly isDeployed?: boolean | undefined;
}

/** Which connections of a connector are asked for; all, unless narrowed. */
export interface ConnectionFilter {
  readonly slug: string;
  /** Made with this version. */
  readonly version?: string | undefined;
  readonly isEnabled?: boolean | undefined;
}

/** Knows connections; the vault provides it. All take the transaction of the caller, so that a decision holds until it ends. */
export interface ConnectionReferences {
  /** Connections of the tenant to the connector, with the places that use them. */
  listOf(db: DatabaseConnection, tenantId: string, slug: string): Promise<References['connections']>;
  /** The same, narrowed. */
  listUsing(db: DatabaseConnection, tenantId: string, filter: ConnectionFilter): Promise<References['connections']>;
  countElsewhere(db: DatabaseConnection, tenantId: string, slug: string): Promise<{ all: number; enabled: number }>;
  countElsewhereUsing(db: DatabaseConnection, tenantId: string, filter: ConnectionFilter): Promise<number>;
  /** Number of connections by slug of the connector. */
  countByConnector(db: DatabaseConnection, tenantId: string): Promise<Record<string, number>>;
  /** Switches all connections of the tenant to the connector off (T15 with disable_connections). */
  disableAll(trx: Transaction, tenantId: string, slug: string): Promise<number>;
  /** K3: authorized connections become `reauth_required`, in all tenants or in the one given; gives how many. */
  requireReauthorization(trx: Transaction, tenantId: string | undefined, slug: string): Promise<number>;
}

/** Encrypts secrets of connector settings with the key of a tenant; the vault's keyring provides it. */
export interface SecretBox {
  seal(tenantId: string, context: string, secret: string): Promise<string>;
  open(tenantId: string, context: string, sealed: string): Promise<string>;
}

/** One entry of the audit log, written in the transaction of the change itself. */
export interface AuditRecord {
  readonly tenantId: string;
  readonly actor: string;
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string; readonly name: string };
  readonly version?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly reason?: string | undefined;
  readonly details?: JsonObject | undefined;
}

/** The audit log; the identity module provides it. */
export interface AuditLog {
  record(trx: Transaction, entry: AuditRecord): Promise<void>;
}

/** Names of tenants, for the vendor of a card; the identity module provides it. */
export interface TenantNames {
  nameOf(tenantId: string): Promise<string>;
}

/** One call of one operation of a declarative connector, made in this process: no code of a package runs. */
export interface DeclarativeCall {
  readonly manifest: ConnectorManifest;
  readonly operation: string;
  readonly input: JsonObject;
  /** For oauth2: the values of the client, or an `access_token`; a token by client credentials is fetched for this one call. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Given: nothing is sent, this is taken for the answer. */
  readonly mock?: { readonly status: number; readonly body: JsonValue } | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What the call gave; the answer stands there also when the call failed. Secrets are masked. */
export interface DeclarativeAnswer {
  readonly request?: { readonly method: string; readonly url: string; readonly headers: Record<string, string> };
  readonly status?: number;
  readonly headers: Record<string, string>;
  readonly body: JsonValue;
  readonly durationMs: number;
  readonly outputProblems: readonly { readonly path: string; readonly message: string }[];
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

/** Outbound HTTP under the egress guard; the server provides it (decision 0050). */
export interface OutboundHttp {
  /**
   * Makes the call once. Throws what is wrong before anything is sent (`operation_unknown`, `operation_input_invalid` with
   * `details.problems`, `credentials_incomplete` with `details.missing`); every later failure is the `error` of the answer.
   */
  call(call: DeclarativeCall): Promise<DeclarativeAnswer>;
  /** A text by GET, at most `maxBytes` long. Throws `egress_forbidden`, `network_error`, `import_too_complex`. */
  fetchText(url: string, options: { readonly maxBytes: number; readonly signal?: AbortSignal }): Promise<string>;
}

/** A connector version whose operations can be called. */
export interface OpenConnector {
  readonly manifest: ConnectorManifest;
  /** Runs one operation on a worker; secrets are masked. Throws `validation_error` for the input, and refusals before the call. */
  call(
    operation: string,
    input: JsonObject,
  ): Promise<{
    readonly output?: JsonValue | undefined;
    /** Of a call that failed. */
    readonly error?: { readonly code: string; readonly message: string } | undefined;
  }>;
}

/** Calls operations as a connection would; the vault provides it. */
export interface OperationCalls {
  /** The version of the connection, else the newest that the tenant may use. Throws what keeps it from being called. */
  open(
    tenantId: string,
    target: { readonly slug: string; readonly connectionId?: string | undefined },
  ): Promise<OpenConnector>;
}

/** What the functions of this module get handed in. */
export interface RegistryDeps {
  readonly database: Database;
  readonly references: FlowReferences;
  readonly components: ComponentSources;
  readonly connections: ConnectionReferences;
  readonly secrets: SecretBox;
  readonly audit: AuditLog;
  readonly tenants: TenantNames;
  readonly outbound: OutboundHttp;
  readonly calls: OperationCalls;
  readonly clock: () => Date;
}
