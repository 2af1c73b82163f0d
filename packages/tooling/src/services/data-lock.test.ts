import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireDataLock } from './data-lock.ts';
import { identifyProcess } from './process-identity.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'patchbay-lock-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('acquireDataLock', () => {
  it('refuses a folder that a running process holds and names the process', async () => {
    const lock = await acquireDataLock(dir);
    await expect(acquireDataLock(dir)).rejects.toMatchObject({
      code: 'data_folder_locked',
      details: { pid: process.pid, folder: dir },
    });
    await lock.release();
    await (await acquireDataLock(dir)).release();
    expect(await readdir(dir)).toEqual([]);
  });

  it('replaces the lock of a process that was killed', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    await writeFile(join(dir, 'lock'), JSON.stringify(identifyProcess(child.pid ?? 0)));
    await expect(acquireDataLock(dir)).rejects.toMatchObject({ code: 'data_folder_locked' });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await acquireDataLock(dir);
    expect(JSON.parse(await readFile(lock.file, 'utf8'))).toMatchObject({ pid: process.pid });
  });

  it('sees that a process number was given to another process', async () => {
    await writeFile(join(dir, 'lock'), JSON.stringify({ pid: process.pid, startTime: '1' }));
    await expect(acquireDataLock(dir)).resolves.toBeDefined();
  });

  it.each(['', '{', '{"pid":"x"}', 'null'])('heals the unreadable lock %j', async (content) => {
    await writeFile(join(dir, 'lock'), content);
    await expect(acquireDataLock(dir)).resolves.toBeDefined();
  });

  it('does not remove a lock that meanwhile belongs to someone else', async () => {
    const lock = await acquireDataLock(dir);
    await writeFile(lock.file, '{"pid":1,"startTime":"0"}');
    await lock.release();
    expect(await readdir(dir)).toEqual(['lock']);
  });
});
