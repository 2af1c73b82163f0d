import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { table } from '../output/output.ts';

/** `patchbay flow list`: the flows of the tenant, most recently changed first. */
export async function listFlows(context: CommandContext, options: { query?: string; size: number }): CommandResult {
  const query = {
    size: options.size,
    sort: '-updated',
    ...(options.query === undefined ? {} : { query: options.query }),
  };
  const page = await context.server().client.call('searchFlows', { query });
  const flows = page.hits.hits.map((hit) => hit._source);
  context.output.result(flows, () =>
    flows.length === 0
      ? 'No flows yet. Make one in the web app, or: patchbay flow push flow.yaml'
      : table(
          ['ID', 'NAME', 'STATE', 'TRIGGER', 'LAST RUN', 'UPDATED'],
          flows.map((flow) => [
            flow.id,
            flow.name,
            flow.state.replaceAll('_', ' '),
            flow.triggerKind,
            flow.lastRun?.state ?? '-',
            flow.updated,
          ]),
        ),
  );
  return exitCodes.done;
}
