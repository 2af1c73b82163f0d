import type { FileAccess } from './file-access.ts';

/** Structured log of one operation call. Lines are redacted, cut and counted by the host; at most 100 per call. */
export interface OperationLog {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

/** All that an operation gets from Patchbay. It knows no flow, no tenant, no token of Patchbay. */
export interface OperationContext {
  /**
   * Values of the connection by field name. With the auth schemes `api_key`, `basic` and `bearer` the sensitive ones are
   * missing: `fetch` adds them to the request. With `custom` all fields are there.
   */
  readonly credentials: Readonly<Record<string, string>>;
  /** Fires on timeout and on cancellation. Pass it on to whatever waits. */
  readonly signal: AbortSignal;
  /**
   * Standard `fetch`, with the credentials of the connection added, private addresses refused (`egress_forbidden`),
   * at most three redirects and a bounded, buffered answer (`response_too_large`). A relative URL is resolved against
   * the field `base_url` of the connection. It rejects with an AppError: `network_error`, `operation_timeout`, ….
   */
  readonly fetch: typeof globalThis.fetch;
  readonly log: OperationLog;
  /** The same for every attempt of one step of one run; pass it on to systems that recognise repeated requests. */
  readonly idempotencyKey: string;
  /** The files of the tenant; only with `permissions: { files: 'read' }` in the connector. */
  readonly files?: FileAccess;
  /** Tells the host that a long call is alive. */
  heartbeat(): void;
}
