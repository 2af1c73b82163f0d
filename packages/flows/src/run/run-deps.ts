import type { Database } from '@patchbay/database';
import type { Client } from '@temporalio/client';
import type { FlowDeps } from '../flow/flow-deps.ts';
import type { BlobStore } from '../storage/blob-repository.ts';
import type { RunAttributes } from '../temporal/run-attributes.ts';
import type { RunRecorder } from './run-recorder.ts';

/** What starting and reading runs needs: the server has it, and a worker whose step runs another flow. */
export interface RunEngineDeps {
  readonly db: Database;
  /** Current time. */
  readonly now: () => Date;
  readonly temporal: Client;
  readonly taskQueue: string;
  /** What runs are found by in Temporal itself; absent: nothing beside their ids. */
  readonly attributes?: Pick<RunAttributes, 'of' | 'suspend'>;
  readonly blobs: BlobStore;
  /** Takes state changes that nobody waits for. */
  readonly recorder: RunRecorder;
  /** Told about failures that nobody waits for. */
  readonly onError: (error: unknown, context: Readonly<Record<string, unknown>>) => void;
}

/** What the functions about runs get handed in. */
export type RunDeps = FlowDeps & RunEngineDeps;
