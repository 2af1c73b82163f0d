/** What running an operation needs. The worker composes it from the domain packages; tests hand in their own. */
import type { ConnectorRuntime, OperationCall as RuntimeCall } from '@patchbay/connector-runtime';
import type { BlobStore, FlowCall, FlowCallResult, RunRecorder } from '@patchbay/flows';

/** Everything an operation activity uses. */
export interface OperationServices {
  readonly versions: VersionGate;
  readonly manifests: ManifestReader;
  readonly credentials: CredentialReader;
  readonly runtime: Pick<ConnectorRuntime, 'invoke'>;
  readonly flowCalls: FlowCalls;
  readonly recorder: Pick<RunRecorder, 'attemptStarted' | 'attemptEnded'>;
  readonly blobs: BlobStore;
}

/** Runs the flow behind a connector of runtime `flow`. */
export interface FlowCalls {
  /** Waits for its reply or output. Throws the error of the run, `call_too_deep`, `operation_cancelled`. */
  run(call: FlowCall): Promise<FlowCallResult>;
}

/** Says before each attempt whether a version may still be called. */
export interface VersionGate {
  /** Throws `version_blocked`, `version_retired`, `connector_disabled`, `connector_not_found`: none of them is repeated. */
  assertRunnable(connector: {
    readonly slug: string;
    readonly version: string;
    readonly integrity: string;
  }): Promise<void>;
}

/** Manifests of locked connector versions; the same object for the same version. */
export interface ManifestReader {
  manifestFor(slug: string, version: string, integrity: string): Promise<RuntimeCall['manifest']>;
}

/** Decrypts what a connection holds, for one call. */
export interface CredentialReader {
  /** With the manifest an oauth2 connection gets a fresh access token; throws `reauthorization_required` if there is none. */
  read(tenantId: string, connectionId: string, use: CredentialUse): Promise<ConnectionSecrets>;
}

/** What credentials are for. */
export interface CredentialUse {
  readonly manifest: RuntimeCall['manifest'];
  /** An access token that the external system refused before its time was over; another one is got then. */
  readonly refusedToken?: string | undefined;
}

/** A connection with its secrets. */
export interface ConnectionSecrets {
  readonly connectionId: string;
  readonly connectorSlug: string;
  readonly authType: string;
  readonly credentials: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly authorization: 'unauthorized' | 'authorized' | 'reauth_required' | 'revoked';
}

/** The attempt, as Temporal knows it. */
export interface Attempt {
  readonly workflowId: string;
  /** From 1; attempts that got lost with their worker count too. */
  readonly number: number;
  readonly isLocal: boolean;
  /** Aborted when the step is cancelled or the worker ends. */
  readonly signal: AbortSignal;
  /** Failed attempts before this one, lost ones left out. */
  readonly failures: number;
  /** Keeps the number of failures for the next attempt. */
  keepFailures(failures: number): void;
}
