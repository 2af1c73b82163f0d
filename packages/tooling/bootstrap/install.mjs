import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, packageFiles } from './fingerprint.mjs';
import { root } from './places.mjs';
import { runQuietly } from './run-command.mjs';
import { environmentFor } from './tool-chain.mjs';

/** Inside node_modules, so that deleting the folder deletes the mark too. */
const mark = join(root, 'node_modules', '.patchbay-installed');

const advice =
  'The packages could not be installed.\n' +
  'Check that the npm registry can be reached (npm ping) and that the disk has 2 GB left, then start again:\n' +
  'what is there already is kept. If it stays, delete the folder node_modules first.';

/** Installs exactly what the lockfile says; does nothing when lockfile, manifests and Node are those of last time. */
export async function ensureInstalled(tools, progress) {
  const inputs = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...packageFiles()];
  const wanted = fingerprint(inputs, `node ${tools.nodeMajor}`);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  await progress.step('packages', async (note) => {
    const args = [tools.pnpm, 'install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'];
    // CI: pnpm must never ask.
    const env = { ...environmentFor(tools), CI: 'true' };
    await runQuietly({ command: tools.node, args, cwd: root, env, advice, onLine: note });
  });
  writeFileSync(mark, wanted);
}
