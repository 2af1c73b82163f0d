import { createHash } from 'node:crypto';

/**
 * The same for every attempt of one step of one run, whatever worker runs it, and different for every other step and
 * run. Not made of the Temporal run id, which continue-as-new and reset change.
 */
export function idempotencyKey(workflowId: string, path: string, seedGeneration = 0): string {
  return createHash('sha256')
    .update(`${workflowId}\n${path}\n${String(seedGeneration)}`)
    .digest('hex');
}
