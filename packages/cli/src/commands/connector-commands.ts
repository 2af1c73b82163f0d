import type { Command } from 'commander';
import type { Act } from '../command-context.ts';
import { buildConnector } from './connector-build.ts';
import { newConnector } from './connector-new.ts';
import { testConnectorPackage } from './connector-test.ts';
import { validateConnector } from './connector-validate.ts';

/** Adds `patchbay connector …`. */
export function addConnectorCommands(program: Command, act: Act): void {
  const connector = program.command('connector').description('Write connectors.');

  connector
    .command('new <slug>')
    .description('Make a folder with a connector that passes its conformance suite.')
    .option('--directory <folder>', 'where; absent: a folder named like the slug')
    .option('--runtime <runtime>', 'declarative (no code) or node', 'declarative')
    .addHelpText('after', '\nExample:\n  patchbay connector new acme-crm --directory plugins/acme-crm')
    .action((slug: string, options: { directory?: string; runtime: 'declarative' | 'node' }, command: Command) =>
      act(command, (context) => newConnector(context, slug, options)),
    );

  connector
    .command('validate [folder]')
    .description('Check the manifest: schemas, paths, parameters, icon.')
    .addHelpText('after', '\nExample:\n  patchbay connector validate plugins/acme-crm')
    .action((folder: string | undefined, _options: object, command: Command) =>
      act(command, (context) => validateConnector(context, folder ?? '.')),
    );

  connector
    .command('test [folder]')
    .description('Run the conformance suite and the tests of the connector.')
    .addHelpText('after', '\nExample:\n  patchbay connector test plugins/acme-crm')
    .action((folder: string | undefined, _options: object, command: Command) =>
      act(command, (context) => testConnectorPackage(context, folder ?? '.')),
    );

  connector
    .command('build [folder]')
    .description('Write connector.json, and dist/index.mjs as one file without dependencies.')
    .addHelpText('after', '\nExample:\n  patchbay connector build plugins/acme-crm')
    .action((folder: string | undefined, _options: object, command: Command) =>
      act(command, (context) => buildConnector(context, folder ?? '.')),
    );
}
