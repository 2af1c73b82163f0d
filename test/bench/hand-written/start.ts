import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { readEnvironment } from '@patchbay/config';
import { freePort } from '../../system/installation.ts';

/** Hand-written workflows behind routes, in two processes like ours. */
export interface HandWritten {
  readonly url: string;
  stop(): Promise<void>;
}

/** What the hand-written workflows run on. */
export interface HandWrittenOptions {
  readonly temporalAddress: string;
  /** What their activities call. */
  readonly target: string;
  /** Workflow code on the worker's main thread, as in ours, instead of on one of its own. */
  readonly isOnMainThread?: boolean;
}

/** Starts worker and server of the hand-written workflows against the same Temporal. */
export async function startHandWritten(options: HandWrittenOptions): Promise<HandWritten> {
  const port = await freePort();
  const env = {
    ...readEnvironment(),
    TEMPORAL_ADDRESS: options.temporalAddress,
    TEMPORAL_NAMESPACE: 'patchbay',
    BENCH_TASK_QUEUE: `bench-${port}`,
    BENCH_TARGET: options.target,
    BENCH_MAIN_THREAD: String(options.isOnMainThread ?? false),
    PORT: String(port),
  };
  const children = await Promise.all(['worker', 'server'].map((name) => startChild(name, env)));
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: async () => {
      await Promise.all(children.map(stopChild));
    },
  };
}

async function startChild(name: string, env: Record<string, string | undefined>): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(`./${name}.ts`, import.meta.url)), { env });
  const first: unknown[] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (first[0] !== 'ready') throw new Error(`the hand-written ${name} did not start`);
  return child;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
