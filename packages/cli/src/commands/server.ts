import { loadConfig, readEnvironment } from '@patchbay/config';
import { serverConfigSchema, startServer } from '@patchbay/server';
import type { CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { tellSupervisor } from '../dev/tell-supervisor.ts';
import { untilSignal } from '../dev/until-signal.ts';

/** `patchbay server`: serves until SIGTERM or SIGINT, then drains. */
export async function runServer(): CommandResult {
  const signal = untilSignal();
  const server = await startServer(loadConfig(serverConfigSchema, readEnvironment()));
  tellSupervisor({ type: 'ready', url: server.url, ...server.firstSteps });
  await signal;
  await server.close();
  return exitCodes.done;
}
