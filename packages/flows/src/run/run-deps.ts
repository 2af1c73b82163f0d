import type { Client } from '@temporalio/client';
import type { FlowDeps } from '../flow/flow-deps.ts';
import type { BlobStore } from '../storage/blob-repository.ts';
import type { RunRecorder } from './run-recorder.ts';

/** What the functions about runs get handed in. */
export interface RunDeps extends FlowDeps {
  readonly temporal: Client;
  readonly taskQueue: string;
  readonly blobs: BlobStore;
  /** Takes state changes that nobody waits for. */
  readonly recorder: RunRecorder;
  /** Told about failures that nobody waits for. */
  readonly onError: (error: unknown, context: Readonly<Record<string, unknown>>) => void;
}
