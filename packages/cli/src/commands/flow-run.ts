import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '@patchbay/errors';
import type { Run } from '@patchbay/api-contract';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { describeRun } from './describe-run.ts';
import { watchRun } from './watch-run.ts';

/** Options of `patchbay flow run`. */
export interface RunFlowOptions {
  /** JSON text, or `@file`. */
  readonly input?: string;
  readonly draft?: boolean;
  readonly wait?: boolean;
}

/** `patchbay flow run <id>`: starts a run; with --wait shows its steps and exits with 1 if it fails. */
export async function runFlow(context: CommandContext, flowId: string, options: RunFlowOptions): CommandResult {
  const server = context.server();
  const input = await readInput(context.cwd, options.input);
  const started = await server.client.call('startRun', {
    body: {
      flowId,
      ...(input === undefined ? {} : { input }),
      ...(options.draft === true ? { version: 'draft' } : {}),
    },
  });
  if (options.wait !== true) {
    context.output.result({ runId: started._id }, () => `Started run ${started._id}`);
    return exitCodes.done;
  }
  context.output.note(`Run ${started._id}`);
  return reportRun(context, await watchRun(server, started._id));
}

/** Shows a finished run and gives the exit code that fits. */
export function reportRun(context: CommandContext, run: Run): number {
  context.output.result(run, () => describeRun(run));
  return run.state === 'succeeded' ? exitCodes.done : exitCodes.failed;
}

async function readInput(cwd: string, text: string | undefined): Promise<unknown> {
  if (text === undefined) return undefined;
  const json = text.startsWith('@') ? await readFile(resolve(cwd, text.slice(1)), 'utf8') : text;
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new AppError('malformed_json', { message: `--input is not JSON: ${(cause as Error).message}`, cause });
  }
}
