import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@patchbay/config';

/** The folder that all clones on this machine share for what takes long to get: `$XDG_CACHE_HOME/patchbay`. */
export function cacheFolder(env: Environment): string {
  const base = env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'patchbay');
}
