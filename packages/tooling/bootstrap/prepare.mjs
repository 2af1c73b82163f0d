import { join } from 'node:path';
import process from 'node:process';
import { ensureBuilt } from './builds.mjs';
import { CommandFailed, reportFailure } from './failure.mjs';
import { ensureInstalled } from './install.mjs';
import { buildDir, root } from './places.mjs';
import { createProgress } from './progress.mjs';
import { handOver } from './run-command.mjs';
import { ensureToolChain, environmentFor } from './tool-chain.mjs';

const oldestMajor = 20;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Makes the clone ready and hands over to a program of it, which runs on the pinned Node.
 *
 * @param {{ args: string[], needsBuilds?: boolean, env?: Record<string, string> }} program arguments for Node, relative to the root
 */
export async function prepareAndRun({ args, needsBuilds = true, env = {} }) {
  if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
    const advice = 'Install Node 24 (https://nodejs.org, or the package manager of your system) and start again.';
    reportFailure(
      new CommandFailed(`Patchbay needs Node ${oldestMajor} or newer to start; this is ${process.version}.\n${advice}`),
    );
    return;
  }
  const progress = createProgress();
  // Ends through `exit`, which also ends the command that runs right now.
  const stop = () => process.exit(130);
  for (const signal of signals) process.on(signal, stop);
  try {
    const tools = await ensureToolChain(progress);
    await ensureInstalled(tools, progress);
    if (needsBuilds) await ensureBuilt(tools, progress);
    progress.summary();
    for (const signal of signals) process.off(signal, stop);
    const childEnv = { ...environmentFor(tools), NODE_COMPILE_CACHE: join(buildDir, 'compile-cache'), ...env };
    process.exitCode = await handOver({ command: tools.node, args, cwd: root, env: childEnv });
  } catch (error) {
    reportFailure(error);
  }
}
