import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@patchbay/errors';
import { z } from 'zod';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';

const LockSchema = z.object({ pid: z.int().positive(), startTime: z.string() });

/** The right to use a data folder; held until released or until the process ends, however it ends. */
export interface DataLock {
  readonly file: string;
  release(): Promise<void>;
}

const attempts = 20;

/**
 * Takes the data folder for this process by the file `lock` in it. A lock whose process is gone (after `kill -9`, a
 * power cut, or when its number was given to another process) is replaced without asking.
 *
 * @throws AppError `data_folder_locked` if another running process holds it.
 */
export async function acquireDataLock(dir: string): Promise<DataLock> {
  await mkdir(dir, { recursive: true });
  const file = join(dir, 'lock');
  const mine = JSON.stringify(identifyProcess(process.pid));
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await tryCreate(file, mine)) return { file, release: () => releaseIfMine(file, mine) };
    const found = await readText(file);
    if (found === undefined) continue;
    const owner = parseOwner(found);
    if (owner !== undefined && isRunning(owner)) throw lockedBy(dir, owner);
    await discardStale(file, found);
  }
  throw new AppError('data_folder_locked', { message: `The data folder ${dir} could not be locked.` });
}

/** Writes aside and links into place, so that nobody ever reads a half-written lock. */
async function tryCreate(file: string, content: string): Promise<boolean> {
  const aside = `${file}.${process.pid}`;
  const handle = await open(aside, 'w', 0o600);
  await handle.writeFile(content);
  await handle.close();
  try {
    await link(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await unlink(aside);
  }
}

/** Two starters may see the same stale lock: whoever moved a fresh one aside by mistake puts it back. */
async function discardStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await readText(aside)) !== stale) await link(aside, file).catch(() => undefined);
  await unlink(aside);
}

async function releaseIfMine(file: string, mine: string): Promise<void> {
  if ((await readText(file)) === mine) await unlink(file);
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

function parseOwner(text: string): ProcessIdentity | undefined {
  try {
    return LockSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function lockedBy(dir: string, owner: ProcessIdentity): AppError {
  return new AppError('data_folder_locked', {
    message: `Another Patchbay (process ${owner.pid}) runs on the data folder ${dir}.`,
    details: { folder: dir, pid: owner.pid },
  });
}
