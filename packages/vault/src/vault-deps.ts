import type { Connection, Deprecation, Role } from '@patchbay/api-contract';
import type { Database, DatabaseConnection } from '@patchbay/database';
import type { ErrorCode, FieldProblem } from '@patchbay/errors';
import type { ConnectorManifest, JsonObject, JsonSchemaObject, JsonValue } from '@patchbay/manifest';
import type { Keyring } from './keyring/keyring.ts';

/** A connector version as connections see it. */
export interface ConnectorEntry {
  readonly manifest: ConnectorManifest;
  readonly isEnabled?: boolean;
  /** Why nothing new may be made with it; some of the reasons keep what is there from working too (4.2). */
  readonly refusal?: ErrorCode | undefined;
  /** Of a deprecated or retired version (ZO-03). */
  readonly deprecation?: Deprecation | undefined;
}

/** Finds the manifest that says which credential fields there are; the registry provides it. */
export interface ConnectorCatalog {
  /** Without `version` the newest the tenant may use. */
  find(tenantId: string, slug: string, version?: string): Promise<ConnectorEntry | undefined>;
}

/** Holds a connector still while a connection to it is made or switched on (4.2); the registry provides it. */
export interface ConnectGuard {
  /**
   * Inside a transaction the connector stays as it is until the end of it. Throws `connector_not_found`, `connector_not_ready`,
   * `connector_disabled`, `version_deprecated`, `version_blocked`, `version_retired`.
   */
  assertConnectable(
    db: DatabaseConnection,
    actor: Actor,
    connect: { readonly slug: string; readonly purpose: 'create' | 'enable' },
  ): Promise<void>;
}

/** Knows which flows use a connection; the flows module provides it. */
export interface FlowReferences {
  /** With `db` inside its transaction. */
  usesOfConnection(tenantId: string, connectionId: string, db?: DatabaseConnection): Promise<Connection['usedBy']>;
}

/** One operation to run on a worker, with a connection if it has one. */
export interface OperationTest {
  readonly tenantId: string;
  readonly slug: string;
  readonly version: string;
  readonly operation: string;
  readonly connectionId?: string;
  readonly input: JsonObject;
}

/** What became of it. */
export interface OperationTestResult {
  readonly ok: boolean;
  readonly output?: JsonValue | undefined;
  /** The HTTP call, when there was one; secrets masked. */
  readonly call?:
    { readonly status?: number | undefined; readonly responseHeaders: Readonly<Record<string, string>> } | undefined;
  readonly error?: { readonly code: string; readonly message: string } | undefined;
  readonly durationMs: number;
}

/** Runs one operation on a worker (the server never runs plugin code); the flows module provides it. */
export interface OperationTester {
  run(test: OperationTest): Promise<OperationTestResult>;
}

/** A form for a token endpoint. */
export interface FormPost {
  readonly url: string;
  readonly form: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the form was answered with, whatever its status. */
export interface FormAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Posts forms under the egress guard; the connector runtime provides it. */
export interface TokenTransport {
  /** Throws `egress_forbidden`, `network_error`, `operation_timeout`, `response_too_large`. */
  postForm(post: FormPost): Promise<FormAnswer>;
}

/** Reads the settings of a connector, secrets in plain text; the registry provides it. */
export interface ConnectorSettingsReader {
  /** Settings of the tenant; `client_id` and `client_secret` are those of the OAuth2 application that the connector holds (5.10). */
  read(tenantId: string, slug: string): Promise<JsonObject>;
}

/** What tokens are made with; server and worker have it. */
export interface TokenDeps {
  readonly transport: TokenTransport;
  readonly settings: ConnectorSettingsReader;
}

/** What the functions of this module get handed in. */
export interface VaultDeps {
  readonly database: Database;
  readonly keyring: Keyring;
  readonly catalog: ConnectorCatalog;
  readonly guard: ConnectGuard;
  readonly references: FlowReferences;
  readonly tester: OperationTester;
  readonly tokens: TokenDeps;
  /** Where a value does not fit a schema, defaults filled; the connector runtime provides it. */
  readonly findInputProblems: (schema: JsonSchemaObject, input: JsonObject) => readonly FieldProblem[];
  /** Where people reach the server; authorization servers send them back there. */
  readonly publicUrl: string;
  readonly clock: () => Date;
}

/** Who changes something. */
export interface Actor {
  readonly tenantId: string;
  readonly userId: string;
  /** Tells an administrator from somebody who does not see drafts. */
  readonly role?: Role | undefined;
}
