import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readEnvironment, type Environment } from '@patchbay/config';
import { AppError } from '@patchbay/errors';
import { cacheFolder } from './cache-folder.ts';
import { findOnPath } from './unprivileged-user.ts';

/** How to get the Temporal command line tool. */
export interface TemporalBinaryOptions {
  /** Called about once a second while the tool is being built. */
  readonly onProgress?: (message: string) => void;
  readonly env?: Environment;
}

const version = '1.8.2';
const oldestVersion = { major: 1, minor: 5 };
const moduleDir = join(import.meta.dirname, '../../temporal');

/**
 * Finds the Temporal tool: `temporal` >= 1.5 on the search path, else the shared cache, else a build with Go into that
 * cache (some minutes, once per machine).
 *
 * @throws AppError `service_unavailable` that names the ways to get it.
 */
export async function resolveTemporalBinary(options: TemporalBinaryOptions = {}): Promise<string> {
  const env = options.env ?? readEnvironment();
  const installed = findOnPath('temporal', env['PATH']);
  if (installed !== undefined && (await isRecent(installed))) return installed;
  const cached = join(cacheFolder(env), `temporal-${version}`, 'temporal');
  if (existsSync(cached)) return cached;
  const go = findOnPath('go', `${env['PATH'] ?? ''}:/usr/local/go/bin`);
  if (go === undefined) throw noTemporal();
  await buildWithGo({ go, target: cached, env, onProgress: options.onProgress ?? (() => undefined) });
  return cached;
}

/** Reads `temporal version 1.8.2 (Server …)`; anything else is taken as too old. */
export function parseTemporalVersion(text: string): { readonly major: number; readonly minor: number } | undefined {
  const match = /temporal version (\d+)\.(\d+)\./.exec(text);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}

async function isRecent(binary: string): Promise<boolean> {
  const text = await promisify(execFile)(binary, ['--version']).then(
    ({ stdout }) => stdout,
    () => '',
  );
  const found = parseTemporalVersion(text);
  if (found === undefined) return false;
  if (found.major !== oldestVersion.major) return found.major > oldestVersion.major;
  return found.minor >= oldestVersion.minor;
}

interface GoBuild {
  readonly go: string;
  readonly target: string;
  readonly env: Environment;
  readonly onProgress: (message: string) => void;
}

/** Builds aside and renames, so that a clone that starts meanwhile never sees half a file. */
async function buildWithGo(build: GoBuild): Promise<void> {
  const aside = `${build.target}.${process.pid}`;
  const goCache = `${build.target}-gocache.${process.pid}`;
  await mkdir(join(build.target, '..'), { recursive: true });
  try {
    await runGo(build, aside, goCache);
    await rename(aside, build.target);
  } finally {
    await rm(goCache, { recursive: true, force: true });
    await rm(aside, { force: true });
  }
}

async function runGo(build: GoBuild, output: string, goCache: string): Promise<void> {
  const ldflags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${version}`;
  const args = ['build', '-trimpath', '-ldflags', ldflags, '-o', output, 'github.com/temporalio/cli/cmd/temporal'];
  const env = { ...build.env, GOCACHE: goCache };
  const child = spawn(build.go, args, { cwd: moduleDir, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said = (said + chunk).slice(-2_000);
  });
  build.onProgress('building the Temporal server with Go, once per machine (3 to 5 min)');
  const { promise, resolve } = Promise.withResolvers<number | string>();
  child.once('error', (error) => {
    resolve(error.message);
  });
  child.once('exit', (code, signal) => {
    resolve(code ?? signal ?? 'unknown');
  });
  const result = await promise;
  if (result !== 0) throw noTemporal(`The Go build ended with ${result}: ${said.trim()}`);
}

function noTemporal(reason?: string): AppError {
  return new AppError('service_unavailable', {
    message: ['There is no Temporal server to start.', reason].filter((part) => part !== undefined).join(' '),
    hint:
      'One of: set TEMPORAL_ADDRESS to a running server; put the temporal command (1.5 or newer) on the PATH; ' +
      'install Go 1.26 or newer and start again, which builds it once.',
  });
}
