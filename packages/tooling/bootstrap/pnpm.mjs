// `node packages/tooling/bootstrap/pnpm.mjs <arguments>`: the pinned pnpm on the pinned Node, without installing either.
import process from 'node:process';
import { reportFailure } from './failure.mjs';
import { root } from './places.mjs';
import { createProgress } from './progress.mjs';
import { handOver } from './run-command.mjs';
import { ensureToolChain, environmentFor } from './tool-chain.mjs';

try {
  const tools = await ensureToolChain(createProgress());
  const args = [tools.pnpm, ...process.argv.slice(2)];
  process.exitCode = await handOver({ command: tools.node, args, cwd: root, env: environmentFor(tools) });
} catch (error) {
  reportFailure(error);
}
