import process from 'node:process';
import { sharedCache } from './places.mjs';

/** A step that failed. The message is all a person needs to see: what failed, what to do, what the command said. */
export class CommandFailed extends Error {}

/**
 * Writes what failed and what to do about it to the terminal and makes the exit code 1. Throws what it does not know: that is a
 * fault of ours, and its stack says where.
 */
export function reportFailure(error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

function messageOf(error) {
  if (error instanceof CommandFailed) return error.message;
  const path = error.path ?? error.dest ?? 'A folder';
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${path} cannot be written (${error.code}).\n${placeAdvice(path)}`;
    case 'ENOSPC':
      return `The disk is full (${path}).\nFree about 2 GB and start again; nothing has to be undone.`;
    default:
      throw error;
  }
}

function placeAdvice(path) {
  const own = 'Give your user the right to write there, or start as the user who owns it, and start again.';
  if (!path.startsWith(sharedCache)) return own;
  return `${own}\nOr name another folder for what all clones share: XDG_CACHE_HOME=<folder> npm start`;
}
