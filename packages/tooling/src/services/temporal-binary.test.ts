import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseTemporalVersion, resolveTemporalBinary } from './temporal-binary.ts';

const folder = await mkdtemp(join(tmpdir(), 'patchbay-temporal-binary-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const cached = join(folder, 'cache/patchbay/temporal-1.8.2/temporal');
await mkdir(join(cached, '..'), { recursive: true });
await writeFile(cached, '');

/** A folder for the search path with a `temporal` that says it has the given version. */
async function pathWith(version: string): Promise<string> {
  const dir = join(folder, version);
  await mkdir(dir);
  await writeFile(join(dir, 'temporal'), `#!/bin/sh\necho "temporal version ${version} (Server 1.0.0)"\n`);
  await chmod(join(dir, 'temporal'), 0o755);
  return dir;
}

describe('resolveTemporalBinary', () => {
  it('prefers one on the search path from 1.5 on', async () => {
    const PATH = await pathWith('1.5.0');
    const env = { PATH: `${PATH}:/bin`, XDG_CACHE_HOME: join(folder, 'cache') };
    expect(await resolveTemporalBinary({ env })).toBe(join(PATH, 'temporal'));
  });

  it.each(['1.4.9', '0.13.2'])('passes by the old version %s and takes the cache', async (version) => {
    const env = { PATH: `${await pathWith(version)}:/bin`, XDG_CACHE_HOME: join(folder, 'cache') };
    expect(await resolveTemporalBinary({ env })).toBe(cached);
  });
});

describe('parseTemporalVersion', () => {
  it('reads what the tool prints', () => {
    expect(parseTemporalVersion('temporal version 1.8.2 (Server 1.31.2, UI 2.50.1)')).toEqual({ major: 1, minor: 8 });
    expect(parseTemporalVersion('tctl version 1.18')).toBeUndefined();
  });
});
