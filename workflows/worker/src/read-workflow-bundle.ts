import { readFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import { bundleWorkflows } from './build-workflow-bundle.ts';

/** The prebuilt bundle if there is one, else a fresh one (some seconds). */
export async function readWorkflowBundle(file: string, log: Logger): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    log.info({ file }, 'No prebuilt workflow bundle; bundling now');
    return bundleWorkflows();
  }
}
