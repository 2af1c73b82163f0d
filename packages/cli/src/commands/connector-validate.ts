import { checkManifest } from '@patchbay/manifest';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { deriveManifest, findConnectorFolder } from './connector-folder.ts';

/** `patchbay connector validate`: every problem of the manifest with its path; exits with 1 if there is one. */
export async function validateConnector(context: CommandContext, folder: string): CommandResult {
  const manifest = await deriveManifest(findConnectorFolder(context.cwd, folder));
  const problems = checkManifest(manifest);
  context.output.result({ valid: problems.length === 0, problems }, () =>
    problems.length === 0
      ? `${manifest.id} ${manifest.version}: ${manifest.operations.length} operations, no problems`
      : problems.map((problem) => `${problem.path}: ${problem.message}`).join('\n'),
  );
  return problems.length === 0 ? exitCodes.done : exitCodes.failed;
}
