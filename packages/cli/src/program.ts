import { Command } from 'commander';
import type { Act, CommandContext, CommandResult } from './command-context.ts';
import type { Streams } from './output/output.ts';
import { addConnectorCommands } from './commands/connector-commands.ts';
import { addFlowCommands } from './commands/flow-commands.ts';
import { addKeyCommands } from './commands/key-commands.ts';
import { addProcessCommands } from './commands/process-commands.ts';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** Runs a command body with its context. */
export type Runner = (command: (context: CommandContext) => CommandResult, options: GlobalOptions) => Promise<void>;

/** What the program is made with. */
export interface ProgramOptions {
  readonly streams: Streams;
  readonly run: Runner;
}

/** Builds the whole command line. It throws CommanderError instead of ending the process. */
export function createProgram(options: ProgramOptions): Command {
  const program = new Command('patchbay')
    .description('Patchbay: connectors on a canvas, every run a durable workflow.')
    .version('0.1.0')
    .option('--url <url>', 'server to talk to (PATCHBAY_URL)')
    .option('--token <token>', 'API token (PATCHBAY_TOKEN)')
    .option('--json', 'one JSON document on standard output')
    .configureOutput({ writeOut: options.streams.out, writeErr: options.streams.err })
    .showHelpAfterError('(patchbay --help shows all commands)')
    .exitOverride();
  const act: Act = (command, body) => options.run(body, command.optsWithGlobals<GlobalOptions>());
  addProcessCommands(program, act);
  addFlowCommands(program, act);
  addConnectorCommands(program, act);
  addKeyCommands(program, act);
  for (const command of allCommands(program)) command.exitOverride().configureOutput(program.configureOutput());
  return program;
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}
