import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '@patchbay/config';
import { createApiClient, type ApiClient } from '@patchbay/api-contract';
import { findFreePort } from '@patchbay/tooling';

/** A whole Patchbay as a newcomer starts it: `patchbay dev` in a data folder and on a port of its own. */
export interface Installation {
  readonly url: string;
  readonly token: string;
  readonly signInLink: string | undefined;
  readonly client: ApiClient;
  readonly dataDir: string;
  /** Everything that was printed. */
  readonly log: () => string;
  /** Process ids of a part, by a piece of its command line: `worker`, `server`, `postgres`, `temporal`, `plugin-host`. */
  pidsOf(part: Part): Promise<number[]>;
  /** Ends everything as Ctrl-C does and tells the exit code; keeps the data folder. */
  stop(): Promise<number | null>;
  /** `stop`, and the data folder is gone. */
  dispose(): Promise<void>;
}

export type Part = 'dev' | 'server' | 'worker' | 'plugin-host' | 'temporal' | 'postgres';

const entry = fileURLToPath(new URL('../../packages/cli/bin/patchbay.mjs', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Options of an installation. */
export interface InstallationOptions {
  /** Absent: a new temporary folder. */
  readonly dataDir?: string;
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts an installation and waits until it is ready; throws with its output when it ends before. */
export async function startInstallation(options: InstallationOptions = {}): Promise<Installation> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'patchbay-system-')));
  const port = options.port ?? (await freePort());
  const chunks: string[] = [];
  const child = spawn(process.execPath, [entry, 'dev', '--json'], {
    cwd: root,
    env: { ...inheritedEnvironment(), ...options.env, PORT: String(port), PATCHBAY_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk.toString()));
  const ready = await untilReady(child, chunks);
  const access = JSON.parse(await readFile(join(dataDir, 'cli.json'), 'utf8')) as { url: string; token: string };
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGINT');
      await exited;
    }
    return child.exitCode;
  };
  return {
    url: ready.url,
    signInLink: ready.signInLink,
    token: access.token,
    client: createApiClient({ baseUrl: ready.url, token: access.token }),
    dataDir,
    log: () => chunks.join(''),
    pidsOf: (part) => pidsOf(part, { pid: child.pid ?? 0, dataDir }),
    stop,
    dispose: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(child: ChildProcess, chunks: string[]): Promise<{ url: string; signInLink?: string }> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      chunks.push(chunk.toString());
      try {
        resolve(JSON.parse(output) as { url: string; signInLink?: string });
      } catch {
        // Not whole yet.
      }
    });
    child.once('exit', (code) => {
      reject(new Error(`patchbay dev ended with ${code ?? 'a signal'} before it was ready:\n${chunks.join('')}`));
    });
  });
}

const ofTheTestRun = new Set(['DATABASE_URL', 'TEMPORAL_ADDRESS']);

/** Variables that point at the services of the test run would replace the installation's own. */
function inheritedEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(readEnvironment()).filter(([name]) => !ofTheTestRun.has(name)));
}

/** A port that is free and that no outgoing connection takes before the installation listens on it. */
export const freePort = (): Promise<number> => findFreePort();

const commandOf: Record<Part, (command: string, dataDir: string) => boolean> = {
  dev: (command) => command.includes('patchbay.mjs dev'),
  server: (command) => command.includes('patchbay.mjs server'),
  worker: (command) => command.includes('patchbay.mjs worker'),
  'plugin-host': (command) => command.includes('plugin-host'),
  temporal: (command, dataDir) => command.includes('start-dev') && command.includes(dataDir),
  postgres: (command, dataDir) => command.includes('-D') && command.includes(dataDir) && command.includes('postgres'),
};

async function pidsOf(part: Part, of: { pid: number; dataDir: string }): Promise<number[]> {
  const family = await descendants(of.pid);
  return family.filter(({ command }) => commandOf[part](command, of.dataDir)).map(({ pid }) => pid);
}

async function descendants(root: number): Promise<{ pid: number; command: string }[]> {
  const all = await listProcesses();
  const found = new Set([root]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid));
}

async function listProcesses(): Promise<{ pid: number; parent: number; command: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const read = async (pid: number): Promise<{ pid: number; parent: number; command: string }[]> => {
    try {
      const [stat, command] = await Promise.all([
        readFile(`/proc/${pid}/stat`, 'utf8'),
        readFile(`/proc/${pid}/cmdline`, 'utf8'),
      ]);
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return [{ pid, parent, command: command.replaceAll('\0', ' ') }];
    } catch {
      return []; // It ended between the two looks.
    }
  };
  return (await Promise.all(pids.map(read))).flat();
}
