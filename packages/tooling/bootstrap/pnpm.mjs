// `node packages/tooling/bootstrap/pnpm.mjs <arguments>`: the pinned pnpm on the pinned Node, without installing either.
import process from 'node:process';
import { root } from './places.mjs';
import { createProgress } from './progress.mjs';
import { CommandFailed, handOver } from './run-command.mjs';
import { ensureToolChain, environmentFor } from './tool-chain.mjs';

try {
  const tools = await ensureToolChain(createProgress());
  const args = [tools.pnpm, ...process.argv.slice(2)];
  process.exitCode = await handOver({ command: tools.node, args, cwd: root, env: environmentFor(tools) });
} catch (error) {
  if (!(error instanceof CommandFailed)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
