#!/usr/bin/env node
// `npx patchbay …` in a clone: the command of packages/cli on a Node that can run it, with nothing to install by hand.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { reportFailure } from './failure.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './places.mjs';
import { createProgress } from './progress.mjs';
import { ensureToolChain, environmentFor } from './tool-chain.mjs';

/** A command at a terminal: it owns the keyboard and gets Ctrl-C from the terminal itself. */
function runAtTerminal(tools) {
  const args = [join(root, 'packages/cli/bin/patchbay.mjs'), ...process.argv.slice(2)];
  const child = spawn(tools.node, args, { stdio: 'inherit', env: environmentFor(tools) });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}

try {
  const progress = createProgress();
  const tools = await ensureToolChain(progress);
  await ensureInstalled(tools, progress);
  runAtTerminal(tools);
} catch (error) {
  reportFailure(error);
}
