import type { Command } from 'commander';
import type { Act } from '../command-context.ts';

/** Adds `keys rewrap`. */
export function addKeyCommands(program: Command, act: Act): void {
  const keys = program.command('keys').description('The keys that encrypt credentials and payloads.');

  keys
    .command('rewrap')
    .description('After a change of the master key: wrap all data keys with the new one.')
    .addHelpText(
      'after',
      [
        '',
        'Needs DATABASE_URL, PATCHBAY_MASTER_KEY (the new key) and PATCHBAY_PREVIOUS_MASTER_KEY (the old one).',
        'Give servers and workers both keys first; take the old one away from them afterwards.',
        '',
        'Example:',
        '  PATCHBAY_MASTER_KEY=… PATCHBAY_PREVIOUS_MASTER_KEY=… DATABASE_URL=postgres://… patchbay keys rewrap',
      ].join('\n'),
    )
    .action((_options: object, command: Command) =>
      act(command, async (context) => (await import('./keys-rewrap.ts')).runKeysRewrap(context)),
    );
}
