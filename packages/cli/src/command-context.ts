import type { Command } from 'commander';
import type { Output } from './output/output.ts';
import type { Connected } from './client/connect.ts';
import type { CliConfig } from './config.ts';

/** What every command gets. */
export interface CommandContext {
  readonly config: CliConfig;
  readonly output: Output;
  /** Connects on first use, so that `--help` and local commands need no server. */
  readonly server: () => Connected;
  /** Working directory that relative file arguments refer to. */
  readonly cwd: string;
}

/** A command answers with its exit code. */
export type CommandResult = Promise<number>;

/** Gives the action of a command: passes the global options on to the runner. */
export type Act = (command: Command, body: (context: CommandContext) => CommandResult) => Promise<void>;
