import type { AuthScheme, ConnectorManifest, JsonObject, JsonValue } from '@patchbay/manifest';
import type { FieldProblem } from '@patchbay/errors';
import type { CallRecord } from './http/call-record.ts';

/** One call of one operation. */
export interface OperationCall {
  readonly tenantId: string;
  /** A parsed manifest. Pass the same object for every call of a version: validators are kept by it. */
  readonly manifest: ConnectorManifest;
  /** Digest of the package, given to the plugin store; not used for declarative connectors. */
  readonly integrity: string;
  readonly operation: string;
  readonly input: JsonObject;
  /** Decrypted values of the connection, for this call only. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly connection?: {
    readonly id: string;
    /** Values that are no secrets. */
    readonly config: Readonly<Record<string, string>>;
    /** Which scheme of the manifest the connection uses; without it the one that fits the values. */
    readonly authType?: AuthScheme['type'] | undefined;
  };
  /** Time for the whole call, the start of a plugin host included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** The same for every attempt of one step of one run. */
  readonly idempotencyKey: string;
  /** Compare the output with its schema and report the differences (for tests of an operation); default false. */
  readonly shouldCheckOutput?: boolean;
  onHeartbeat?(): void;
}

/** What a call gave. */
export interface OperationResult {
  readonly output: JsonValue;
  /** The last HTTP call, when there was one. */
  readonly call?: CallRecord;
  /** Present when `shouldCheckOutput` was set: where the output does not fit the declared schema. */
  readonly outputProblems?: readonly FieldProblem[];
}

/** Runs operations of connectors. */
export interface ConnectorRuntime {
  /**
   * Runs one operation. Fails with an AppError of an operation code; its details hold `call` (a CallRecord) when an HTTP
   * call was made, `retryAfterMs` when the remote asked for a pause, `wasSent: false` when the remote certainly did not
   * get the request, and `isRetryable` when the connector's error table overrides the kind.
   */
  invoke(call: OperationCall): Promise<OperationResult>;
  /** Ends all plugin hosts and connections. */
  close(): Promise<void>;
}

/** Packages of connectors with code, already verified. */
export interface PluginStore {
  /** The file of a package that a plugin host may import. Throws `plugin_invalid` or `package_integrity_mismatch`. */
  load(integrity: string): Promise<{ readonly entryUrl: string }>;
  /**
   * Folder all entries lie in. With it, one plugin host per tenant runs all its connectors; without it every connector
   * version gets a host of its own that can read nothing but the folder of its entry.
   */
  readonly rootDir?: string;
}

/** Structured log; pino fits. */
export interface RuntimeLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
