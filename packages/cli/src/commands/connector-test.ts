import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { findConnectorFolder } from './connector-folder.ts';

/** `patchbay connector test`: runs vitest in the folder; its output is shown as it comes. */
export async function testConnectorPackage(context: CommandContext, name: string): CommandResult {
  const folder = findConnectorFolder(context.cwd, name);
  const reporter = context.output.isJson ? ['--reporter=json'] : [];
  const child = spawn('npx', ['--no-install', 'vitest', 'run', '--root', folder.path, ...reporter], {
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0 ? exitCodes.done : exitCodes.failed;
}
