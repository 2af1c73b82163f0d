import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { sharedCache } from './places.mjs';
import { runQuietly } from './run-command.mjs';

const nodeVersion = '24.21.0';
const pnpmVersion = '12.21.0';
const oldestMajor = 24;

/**
 * Node and pnpm of the pinned versions. A machine's own Node is used when it is 24 or newer; pnpm, and Node where needed,
 * come from the npm registry into a folder that all clones share.
 */
export async function ensureToolChain(progress) {
  const isNodeRecent = Number(process.versions.node.split('.')[0]) >= oldestMajor;
  const nodePackage = `node-${process.platform}-${process.arch}`;
  const packages = [...(isNodeRecent ? [] : [`${nodePackage}@${nodeVersion}`]), `pnpm@${pnpmVersion}`];
  const dir = join(sharedCache, `tools-${packages.join('-').replaceAll('@', '-')}`);
  if (!existsSync(dir)) await progress.step('Node and pnpm', () => installTools(dir, packages));
  const node = isNodeRecent ? process.execPath : join(dir, 'node_modules', nodePackage, 'bin', 'node');
  const nodeMajor = isNodeRecent ? process.versions.node.split('.')[0] : nodeVersion.split('.')[0];
  return { node, nodeMajor, pnpm: join(dir, 'node_modules', 'pnpm', 'bin', 'pnpm.mjs') };
}

/** The variables of this process with the chosen Node first on the path, and without what npm adds for a script. */
export function environmentFor(tools) {
  const kept = Object.entries(process.env).filter(([key]) => !/^npm_(?!config_registry$)|^INIT_CWD$/.test(key));
  return { ...Object.fromEntries(kept), PATH: `${dirname(tools.node)}${delimiter}${process.env.PATH ?? ''}` };
}

/** Installs aside and renames, so that another clone never sees half a folder. */
async function installTools(dir, packages) {
  const aside = `${dir}.${process.pid}`;
  mkdirSync(aside, { recursive: true });
  try {
    writeFileSync(join(aside, 'package.json'), '{ "private": true }\n');
    const args = ['install', '--prefix', aside, '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
    await npm([...args, ...packages], aside);
    renameSync(aside, dir);
  } catch (error) {
    // Another clone may have been faster; then its folder is as good as ours.
    if (!existsSync(dir)) throw error;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function npm(args, cwd) {
  const viaNode = process.env.npm_execpath?.endsWith('.js') ? [process.env.npm_execpath] : undefined;
  const [command, prefix] = viaNode ? [process.execPath, viaNode] : ['npm', []];
  const advice =
    `Node ${nodeVersion} and pnpm ${pnpmVersion} could not be fetched with npm.\n` +
    'Check that the npm registry can be reached (npm ping), or install Node 24 yourself, and start again.';
  await runQuietly({
    command,
    args: [...prefix, ...args],
    cwd,
    env: environmentFor({ node: process.execPath }),
    advice,
  });
}
