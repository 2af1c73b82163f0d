import type { Command } from 'commander';
import type { Act } from '../command-context.ts';

/**
 * Adds `dev`, `server`, `worker` and `doctor`. Their modules are loaded when the command runs: Temporal and the server
 * are heavy, and `patchbay flow list` should not wait for them.
 */
export function addProcessCommands(program: Command, act: Act): void {
  program
    .command('dev')
    .description('Everything on this machine: PostgreSQL, Temporal, server, worker, demo data.')
    .addHelpText('after', '\nExamples:\n  patchbay dev\n  PORT=9100 patchbay dev')
    .action((_options: object, command: Command) =>
      act(command, async (context) => (await import('./dev.ts')).runDev(context)),
    );

  program
    .command('server')
    .description('The server alone; needs DATABASE_URL and TEMPORAL_ADDRESS.')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://… TEMPORAL_ADDRESS=temporal:7233 patchbay server')
    .action((_options: object, command: Command) =>
      act(command, async () => (await import('./server.ts')).runServer()),
    );

  program
    .command('worker')
    .description('A worker alone; start as many as needed.')
    .option('--role <role>', 'flows (workflow tasks), ops (operations) or all', 'all')
    .addHelpText(
      'after',
      '\nExample:\n  DATABASE_URL=postgres://… TEMPORAL_ADDRESS=temporal:7233 patchbay worker --role ops',
    )
    .action((options: { role: 'all' | 'flows' | 'ops' }, command: Command) =>
      act(command, async (context) => (await import('./worker.ts')).runWorker(context, options)),
    );

  program
    .command('doctor')
    .description('Check this machine and the server: what works, what does not, what to do.')
    .addHelpText('after', '\nExample:\n  patchbay doctor --json')
    .action((_options: object, command: Command) =>
      act(command, async (context) => (await import('./doctor.ts')).runDoctor(context)),
    );
}
