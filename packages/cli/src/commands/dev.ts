import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join, resolve } from 'node:path';
import pc from 'picocolors';
import { acquireDataLock } from '@patchbay/tooling';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { localAccessFile } from '../client/connect.ts';
import { exitCodes } from '../output/exit-codes.ts';
import { chooseLocalPorts } from '../dev/local-ports.ts';
import { startLocalServices } from '../dev/local-services.ts';
import { isNoteworthy, openLogFile, readableLine } from '../dev/log-file.ts';
import { createProgress, type Progress } from '../dev/progress.ts';
import { assertPortFree } from '../dev/assert-port-free.ts';
import { processEnvironment } from '../dev/process-environment.ts';
import { superviseProcess, type ReadyMessage, type SupervisedProcess } from '../dev/supervised-process.ts';
import { untilSignal } from '../dev/until-signal.ts';

const graceMs = 15_000;

/**
 * `patchbay dev`: brings up PostgreSQL, Temporal, a mail sink, the server and a worker, starts again what dies, and ends
 * everything in order at Ctrl-C.
 */
export async function runDev(context: CommandContext): CommandResult {
  const signal = untilSignal();
  const progress = createProgress(context.output);
  const dataDir = resolve(context.cwd, context.config.PATCHBAY_DATA_DIR);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await acquireDataLock(dataDir);
  try {
    await assertPortFree(context.config.PORT);
    return await serve(context, { signal, progress, dataDir });
  } finally {
    await lock.release();
  }
}

async function serve(
  context: CommandContext,
  run: { signal: Promise<'signal'>; progress: Progress; dataDir: string },
): CommandResult {
  const ports = await chooseLocalPorts(run.dataDir, context.output.note);
  const services = await startLocalServices({ ...run, ports, config: context.config, note: context.output.note });
  const env = processEnvironment(context.config, { dataDir: run.dataDir, services });
  const processes = (['server', 'worker'] as const).map((name) =>
    startProcess(context, name, { env, dataDir: run.dataDir }),
  );
  try {
    const ready = Promise.all(processes.map(({ name, handle }) => run.progress.step(name, () => handle.ready)));
    const first = await Promise.race([ready, run.signal]);
    if (first !== 'signal') {
      await announce(context, run, first[0]);
      await run.signal;
    }
  } finally {
    context.output.note(pc.dim('Stopping …'));
    await Promise.all(processes.map(({ handle }) => handle.stop(graceMs)));
    await services.stop();
  }
  return exitCodes.done;
}

function startProcess(
  context: CommandContext,
  name: 'server' | 'worker',
  local: { env: Record<string, string | undefined>; dataDir: string },
): { name: string; handle: SupervisedProcess } {
  const log = openLogFile(local.dataDir, name);
  const handle = superviseProcess({
    name,
    args: [name],
    entry: fileURLToPath(new URL('../../bin/patchbay.mjs', import.meta.url)),
    env: local.env,
    onReady: () => undefined,
    onLine: (line) => {
      log.write(line);
      if (isNoteworthy(line)) context.output.note(`${pc.dim(name.padEnd(6))} ${readableLine(line)}`);
    },
    onRestart: (reason, delayMs) => {
      context.output.note(pc.yellow(`${name} ended (${reason}); starting it again in ${delayMs} ms`));
    },
  });
  return { name, handle };
}

async function announce(
  context: CommandContext,
  run: { progress: Progress; dataDir: string },
  server: ReadyMessage | undefined,
): Promise<void> {
  const url = server?.url ?? `http://127.0.0.1:${context.config.PORT}`;
  if (server?.token !== undefined) {
    await writeFile(localAccessFile(run.dataDir), JSON.stringify({ url, token: server.token }), { mode: 0o600 });
  }
  const times = run.progress.times.map(({ name, ms }) => `${name} ${(ms / 1000).toFixed(1)} s`).join(', ');
  context.output.note(
    pc.dim(`Time: ${times}. Logs: ${join(run.dataDir, 'logs')}, mails of demo flows: ${join(run.dataDir, 'mail')}`),
  );
  context.output.result({ url, signInLink: server?.signInLink }, () =>
    server?.signInLink === undefined
      ? `${pc.bold('Patchbay')} is ready at ${pc.bold(`${url}/app/`)}`
      : `${pc.bold('Patchbay')} is ready. Sign in once with ${pc.bold(server.signInLink)}`,
  );
}
