import { CommanderError } from 'commander';
import { loadConfig, readEnvironment } from '@patchbay/config';
import { toAppError } from '@patchbay/errors';
import { CliConfigSchema } from './config.ts';
import { createOutput, type Streams } from './output/output.ts';
import { exitCodeOf, exitCodes } from './output/exit-codes.ts';
import { connect, type Connected } from './client/connect.ts';
import { tellSupervisorOfFailure } from './dev/tell-supervisor.ts';
import { createProgram } from './program.ts';

const processStreams: Streams = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

/** Runs one command line and answers with the exit code; prints every error, throws none. */
export async function main(argv: readonly string[], streams: Streams = processStreams): Promise<number> {
  const output = createOutput(argv.includes('--json'), streams);
  try {
    const config = loadConfig(CliConfigSchema, readEnvironment());
    let exitCode: number = exitCodes.done;
    const program = createProgram({
      streams,
      run: async (command, options) => {
        exitCode = await command({
          config,
          output,
          cwd: process.cwd(),
          server: once(() => connectTo(config, options)),
        });
      },
    });
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    const error = toAppError(thrown);
    output.error(error);
    if (error.kind === 'bug') streams.err(`${String((error.cause as Error | undefined)?.stack ?? error.stack)}\n`);
    await tellSupervisorOfFailure(error);
    return exitCodeOf(error.kind);
  }
}

function connectTo(
  config: { PATCHBAY_URL?: string | undefined; PATCHBAY_TOKEN?: string | undefined; PATCHBAY_DATA_DIR: string },
  options: { url?: string; token?: string },
): Connected {
  return connect({
    url: options.url ?? config.PATCHBAY_URL,
    token: options.token ?? config.PATCHBAY_TOKEN,
    dataDir: config.PATCHBAY_DATA_DIR,
  });
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
