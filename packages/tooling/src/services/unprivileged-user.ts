import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** A user of this machine. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** A command as it must be started for a user. */
export interface CommandForUser {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * The user that PostgreSQL runs as when we are root, which it refuses to be: the owner of the data if there is one, else
 * `postgres`, else `nobody`. Undefined if we are not root. No user is ever created.
 */
export function findUnprivilegedUser(dataDir: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(dataDir)) {
    const { uid, gid } = statSync(dataDir);
    if (uid !== 0) return { uid, gid };
  }
  return readUser('postgres') ?? readUser('nobody') ?? { uid: 65_534, gid: 65_534 };
}

/**
 * Starts a command as `user`. When the user may not walk to the given paths (a clone below `/root`, a private data
 * folder), the process keeps one right of root, to pass by file permissions, through `setpriv`.
 */
export function commandForUser(
  parts: readonly string[],
  user: SystemUser | undefined,
  reach: readonly string[],
): CommandForUser {
  const [command = '', ...args] = parts;
  if (user === undefined) return { command, args };
  const setpriv = reach.every((path) => canWalkTo(path, user)) ? undefined : findOnPath('setpriv');
  if (setpriv === undefined) return { command, args, ...user };
  const identity = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups'];
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  return { command: setpriv, args: [...identity, ...rights, '--', command, ...args] };
}

/** True if the user may enter every folder above `path`, judged by the owner, group and other bits. */
export function canWalkTo(path: string, user: SystemUser): boolean {
  const folder = dirname(path);
  if (folder === path) return true;
  const { uid, gid, mode } = statSync(folder);
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
  return (mode & bit) !== 0 && canWalkTo(folder, user);
}

/** The first executable of that name on the given search path. */
export function findOnPath(
  name: string,
  path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function readUser(name: string): SystemUser | undefined {
  const row = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find((fields) => fields[0] === name);
  return row === undefined ? undefined : { uid: Number(row[2]), gid: Number(row[3]) };
}
