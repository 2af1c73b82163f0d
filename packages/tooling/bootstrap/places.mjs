import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The root of this clone. */
export const root = fileURLToPath(new URL('../../..', import.meta.url));

/** What is made from the sources of this clone; safe to delete at any time. */
export const buildDir = join(root, '.cache', 'build');

/** What all clones on this machine share; the same folder as `cacheFolder` in ../src/services/cache-folder.ts. */
export const sharedCache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'patchbay');
