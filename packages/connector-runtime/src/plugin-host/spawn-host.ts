import { spawn, type ChildProcess } from 'node:child_process';
import { AppError } from '@patchbay/errors';
import { hostMainPath, hostReadablePaths } from './host-paths.ts';

const maxStderr = 4_096;

/** A started plugin host and how it ended. */
export interface SpawnedHost {
  readonly child: ChildProcess;
  /** Called when the process has said that it is ready; before that no call can have reached it. */
  setReady(): void;
  /** Why the process is gone, in words a person can use. */
  crashError(): AppError;
}

/**
 * Starts the process in the first of `folders`: no environment, no shell, no standard input or output; read access to its own files and
 * the `folders`, nothing else. `--permission` is a seat belt, not a wall: sockets and signals stay open, so the `node`
 * runtime is for trusted code (docs/architecture.md).
 */
export function spawnHost(folders: readonly [string, ...string[]], memoryMb: number): SpawnedHost {
  const readable = [...hostReadablePaths(), ...folders];
  const args = [
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}/*`),
    `--max-old-space-size=${String(memoryMb)}`,
    '--no-warnings',
    hostMainPath,
  ];
  const child = spawn(process.execPath, args, {
    // Not even PATH: what is not there cannot leak. TZ keeps dates the same on every machine.
    env: { TZ: 'UTC' },
    cwd: folders[0],
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    shell: false,
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-maxStderr);
  });
  let isReady = false;
  return {
    child,
    setReady: () => {
      isReady = true;
    },
    crashError: () => describeCrash(child, stderr, isReady),
  };
}

function describeCrash(child: ChildProcess, stderr: string, isReady: boolean): AppError {
  const isOutOfMemory = stderr.includes('heap out of memory');
  const how = isOutOfMemory ? 'ran out of memory' : `ended (${child.signalCode ?? `code ${String(child.exitCode)}`})`;
  return new AppError('plugin_crashed', {
    message: `The connector process ${how} during the call.`,
    details: { wasSent: isReady, isOutOfMemory },
  });
}
