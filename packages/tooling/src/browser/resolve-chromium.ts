import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readEnvironment, type Environment } from '@patchbay/config';
import { AppError } from '@patchbay/errors';
import { z } from 'zod';
import { cacheFolder } from '../services/cache-folder.ts';
import { findOnPath } from '../services/unprivileged-user.ts';

/** A Chromium of this machine. */
export interface ChromiumBinary {
  readonly executablePath: string;
  /** Variables it needs beside the usual ones. */
  readonly env: Readonly<Record<string, string>>;
}

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const run = promisify(execFile);

/**
 * Finds a Chromium: `CHROMIUM_PATH`, else one installed on the system, else Playwright's own download, else the one that
 * npm brings, which is unpacked once per machine into the shared cache.
 *
 * @throws AppError `service_unavailable` if `CHROMIUM_PATH` names no file or there is none for this platform.
 */
export async function resolveChromium(env: Environment = readEnvironment()): Promise<ChromiumBinary> {
  const named = env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') return { executablePath: assertExists(named), env: {} };
  const system = systemNames.map((name) => findOnPath(name, env['PATH'])).find((path) => path !== undefined);
  if (system !== undefined) return { executablePath: system, env: {} };
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return { executablePath: chromium.executablePath(), env: {} };
  return unpackFromNpm(env);
}

function assertExists(path: string): string {
  if (existsSync(path)) return path;
  throw new AppError('service_unavailable', { message: `CHROMIUM_PATH names ${path}, which does not exist.` });
}

async function unpackFromNpm(env: Environment): Promise<ChromiumBinary> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const { version } = z
    .object({ version: z.string() })
    .parse(createRequire(import.meta.url)(join(entry, '../../package.json')));
  const folder = join(cacheFolder(env), `chromium-${version}`);
  if (!existsSync(folder)) await unpackAside(entry, folder, env);
  const executablePath = join(folder, 'chromium');
  return { executablePath, env: await missingParts(executablePath, folder) };
}

/**
 * The package unpacks into the temporary folder and reads that from the environment, so a child process does it with a
 * folder of its own. The variable makes it unpack the shared libraries as well, for machines that lack them.
 */
async function unpackAside(entry: string, folder: string, env: Environment): Promise<void> {
  const aside = `${folder}.${process.pid}`;
  await mkdir(aside, { recursive: true });
  const script = `const { default: chromium } = await import(${JSON.stringify(entry)}); await chromium.executablePath();`;
  const childEnv = { ...env, TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
  try {
    await run(process.execPath, ['--input-type=module', '--eval', script], { env: childEnv });
    await rename(aside, folder);
  } catch (error) {
    // Another process may have been faster; then its folder is as good as ours.
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** The brought libraries and fonts are used only where the system has none: its own fit it better. */
async function missingParts(executablePath: string, folder: string): Promise<Record<string, string>> {
  const linked = await run('ldd', [executablePath]).then(
    ({ stdout }) => stdout,
    () => 'not found',
  );
  return {
    ...(linked.includes('not found') ? { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } : {}),
    ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
  };
}
