import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';

/** `patchbay flow pull <id>`: writes the draft as JSON or YAML to a file or standard output. */
export async function pullFlow(
  context: CommandContext,
  id: string,
  options: { out?: string; format: 'json' | 'yaml' },
): CommandResult {
  const answer = await context
    .server()
    .client.call('exportFlow', { params: { id }, query: { format: options.format } });
  if (options.out === undefined) {
    context.output.result(answer, () => answer.text.trimEnd());
    return exitCodes.done;
  }
  const file = resolve(context.cwd, options.out);
  await writeFile(file, answer.text);
  context.output.result({ id, file }, () => `Wrote ${file}`);
  return exitCodes.done;
}
