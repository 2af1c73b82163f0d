import { spawn } from 'node:child_process';
import process from 'node:process';
import { CommandFailed } from './failure.mjs';

const keptCharacters = 8_000;
const secondSignalMs = 1_000;
const orphanCheckMs = 500;

/**
 * Runs a command quietly; its last lines are shown only if it fails, under `advice`: what failed and what to do. `onLine` gets
 * each line as it comes.
 */
export function runQuietly({ command, args, cwd, env, advice, onLine = () => {} }) {
  const failed = (message) => new CommandFailed([advice, message].filter(Boolean).join('\n\n'));
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const endWithUs = () => child.kill('SIGTERM');
    process.once('exit', endWithUs);
    let output = '';
    const take = (chunk) => {
      const text = String(chunk);
      output = (output + text).slice(-keptCharacters);
      const line = text.trim().split('\n').at(-1);
      if (line) onLine(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => reject(failed(`${command} cannot be started: ${error.message}`)));
    child.once('close', (code, signal) => {
      process.off('exit', endWithUs);
      if (code === 0) resolve(output);
      else reject(failed(`${[command, ...args].join(' ')}\nended with ${code ?? signal}:\n${output}`));
    });
  });
}

/**
 * Runs the program that this script was there to prepare, and answers its exit code. It gets a process group of its own
 * and each signal exactly once: a terminal and npm would otherwise deliver Ctrl-C two or three times.
 */
export function handOver({ command, args, cwd, env }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'], detached: true });
    let last = -Infinity;
    const forward = (signal) => {
      if (performance.now() - last < secondSignalMs) return;
      last = performance.now();
      child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
    const orphanWatch = watchForOrphaning(() => forward('SIGTERM'));
    process.once('exit', () => child.kill('SIGTERM'));
    child.once('error', (error) => {
      process.stderr.write(`${command} cannot be started: ${error.message}\n`);
      resolve(1);
    });
    child.once('exit', (code, signal) => {
      clearInterval(orphanWatch);
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/**
 * npm runs a script through a shell. A signal sent to npm reaches that shell, which ends without passing it on: then we
 * have another parent, and that is how the signal is seen.
 */
function watchForOrphaning(onOrphaned) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onOrphaned();
  }, orphanCheckMs);
  return timer;
}
