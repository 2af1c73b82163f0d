import { chmod, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { canWalkTo, commandForUser } from './unprivileged-user.ts';

const folder = await realpath(await mkdtemp(join(tmpdir(), 'patchbay-user-')));
const inner = join(folder, 'inner');
const stranger = { uid: 54_321, gid: 54_321 };
await mkdir(inner);
await chmod(folder, 0o755);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('canWalkTo', () => {
  it('judges every folder on the way', async () => {
    expect(canWalkTo(join(inner, 'file'), stranger)).toBe(true);
    await chmod(folder, 0o700);
    expect(canWalkTo(join(inner, 'file'), stranger)).toBe(false);
  });
});

describe('commandForUser', () => {
  it('leaves the command alone when we are not root', () => {
    expect(commandForUser(['postgres', '-D', 'x'], undefined, [inner])).toEqual({
      command: 'postgres',
      args: ['-D', 'x'],
    });
  });

  it('keeps the right to pass file permissions only where the user cannot walk', async () => {
    await chmod(folder, 0o755);
    expect(commandForUser(['postgres'], stranger, [inner])).toEqual({ command: 'postgres', args: [], ...stranger });
    await chmod(folder, 0o700);
    const wrapped = commandForUser(['postgres'], stranger, [join(inner, 'file')]);
    expect(wrapped.command).toMatch(/setpriv$/);
    expect(wrapped.args).toEqual(expect.arrayContaining(['--reuid=54321', '--ambient-caps=+dac_override', 'postgres']));
  });
});
