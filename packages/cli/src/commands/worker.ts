import { loadConfig, readEnvironment } from '@patchbay/config';
import { startWorker, watchLoop, workerConfigSchema } from '@patchbay/worker';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { tellSupervisor } from '../dev/tell-supervisor.ts';
import { untilSignal } from '../dev/until-signal.ts';

/** `patchbay worker`: works until SIGTERM or SIGINT, then finishes what it holds. */
export async function runWorker(_context: CommandContext, options: { role: 'all' | 'flows' | 'ops' }): CommandResult {
  const signal = untilSignal();
  const worker = await startWorker({ ...loadConfig(workerConfigSchema, readEnvironment()), role: options.role });
  // Workflow code shares the thread with everything else here, and nothing in a thread ends a loop that does not end.
  watchLoop();
  tellSupervisor({ type: 'ready' });
  const ended = await Promise.race([signal, worker.run.then(() => 'ended' as const)]);
  if (ended === 'ended') return exitCodes.failed;
  await worker.shutdown();
  return exitCodes.done;
}
