import type { Run } from '@patchbay/api-contract';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { table } from '../output/output.ts';
import { describeStep } from './describe-run.ts';
import { reportRun } from './flow-run.ts';
import { watchRun } from './watch-run.ts';

/** `patchbay flow logs <flow>`: recent runs; with --run the steps of one, with --follow until it has ended. */
export async function showLogs(
  context: CommandContext,
  flowId: string,
  options: { run?: string; follow?: boolean; size: number },
): CommandResult {
  if (options.run !== undefined) return showRun(context, options.run, options.follow === true);
  const page = await context.server().client.call('searchRuns', { query: { flowId, size: options.size } });
  const runs = page.hits.hits.map((hit) => hit._source);
  context.output.result(runs, () =>
    runs.length === 0
      ? 'No runs yet.'
      : table(
          ['RUN', 'STATE', 'STARTED', 'TOOK', 'ERROR'],
          runs.map((run) => [
            run.id,
            run.state,
            run.started,
            run.durationMs === undefined ? '-' : `${run.durationMs} ms`,
            run.error?.message ?? '',
          ]),
        ),
  );
  return exitCodes.done;
}

async function showRun(context: CommandContext, runId: string, isFollowing: boolean): CommandResult {
  const server = context.server();
  if (!isFollowing) {
    return reportRun(context, (await server.client.call('getRun', { params: { id: runId } }))._source);
  }
  const seen = new Set<string>();
  return reportRun(
    context,
    await watchRun(server, runId, (run) => {
      noteNewSteps(context, run, seen);
    }),
  );
}

function noteNewSteps(context: CommandContext, run: Run, seen: Set<string>): void {
  for (const step of run.steps) {
    const mark = `${step.path} ${step.state} ${step.attempts}`;
    if (step.state === 'pending' || seen.has(mark)) continue;
    seen.add(mark);
    context.output.note(describeStep(step));
  }
}
