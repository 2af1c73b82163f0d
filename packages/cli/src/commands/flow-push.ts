import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { readFlowFile } from './flow-file.ts';
import { parseFlowText } from './flow-validate.ts';

/** Options of `patchbay flow push`. */
export interface PushFlowOptions {
  /** Flow to update; absent: a new flow is made. */
  readonly id?: string;
  readonly publish?: boolean;
  readonly note?: string;
}

/** `patchbay flow push <file>`: creates a flow or replaces the draft of one, and publishes it on request. */
export async function pushFlow(context: CommandContext, name: string, options: PushFlowOptions): CommandResult {
  const { client, url } = context.server();
  const document = parseFlowText(await readFlowFile(context.cwd, name));
  const id = options.id ?? (await client.call('createFlow', { body: { document } }))._id;
  if (options.id !== undefined) {
    const flow = await client.call('getFlow', { params: { id } });
    await client.call('updateFlow', { params: { id }, body: { document }, revision: flow._source.revision });
  }
  const published =
    options.publish === true
      ? await client.call('publishFlow', { params: { id }, body: { note: options.note ?? '' } })
      : undefined;
  context.output.result({ id, version: published?.version }, () =>
    [
      `${options.id === undefined ? 'Created' : 'Updated'} flow ${id}`,
      ...(published === undefined ? [] : [`Published version ${published.version}`]),
      `${url}/app/flows/${id}`,
    ].join('\n'),
  );
  return exitCodes.done;
}
