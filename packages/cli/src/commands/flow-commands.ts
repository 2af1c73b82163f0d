import type { Command } from 'commander';
import { integerOption } from '../output/options.ts';
import type { Act } from '../command-context.ts';
import { listFlows } from './flow-list.ts';
import { showLogs } from './flow-logs.ts';
import { pullFlow } from './flow-pull.ts';
import { pushFlow, type PushFlowOptions } from './flow-push.ts';
import { runFlow, type RunFlowOptions } from './flow-run.ts';
import { validateFlowFile } from './flow-validate.ts';

/** Adds `patchbay flow …`. */
export function addFlowCommands(program: Command, act: Act): void {
  const flow = program.command('flow').description('List, exchange, check and run flows.');
  addDocumentCommands(flow, act);
  addRunCommands(flow, act);
}

function addDocumentCommands(flow: Command, act: Act): void {
  flow
    .command('list')
    .description('Flows of your tenant.')
    .option('--query <text>', 'only those whose name holds this')
    .option('--size <count>', 'at most this many', integerOption(1, 200), 50)
    .addHelpText('after', '\nExamples:\n  patchbay flow list\n  patchbay flow list --query order --json')
    .action((options: { query?: string; size: number }, command: Command) =>
      act(command, (context) => listFlows(context, options)),
    );

  flow
    .command('pull <id>')
    .description('Write the draft of a flow as YAML or JSON.')
    .option('-o, --out <file>', 'file to write; absent: standard output')
    .option('--format <format>', 'yaml or json', 'yaml')
    .addHelpText('after', '\nExample:\n  patchbay flow pull 01J9 --out order-intake.yaml')
    .action((id: string, options: { out?: string; format: 'json' | 'yaml' }, command: Command) =>
      act(command, (context) => pullFlow(context, id, options)),
    );

  flow
    .command('push <file>')
    .description('Create a flow from a file, or replace the draft of one.')
    .option('--id <id>', 'flow to update; absent: make a new one')
    .option('--publish', 'publish it when it is valid')
    .option('--note <text>', 'note of the published version')
    .addHelpText(
      'after',
      '\nExamples:\n  patchbay flow push order-intake.yaml\n  patchbay flow push order-intake.yaml --id 01J9 --publish',
    )
    .action((file: string, options: PushFlowOptions, command: Command) =>
      act(command, (context) => pushFlow(context, file, options)),
    );

  flow
    .command('validate <file>')
    .description('Check a flow file against the connectors of the server; exits with 1 if it has errors.')
    .addHelpText('after', '\nExample:\n  patchbay flow validate order-intake.yaml')
    .action((file: string, _options: object, command: Command) =>
      act(command, (context) => validateFlowFile(context, file)),
    );
}

function addRunCommands(flow: Command, act: Act): void {
  flow
    .command('run <id>')
    .description('Start a run.')
    .option('--input <json>', 'data of the trigger: JSON, or @file')
    .option('--draft', 'run the draft instead of the live version')
    .option('--wait', 'show the steps; exits with 1 if the run fails')
    .addHelpText(
      'after',
      '\nExamples:\n  patchbay flow run 01J9 --input \'{"name":"Ada"}\' --wait\n  patchbay flow run 01J9 --input @order.json',
    )
    .action((id: string, options: RunFlowOptions, command: Command) =>
      act(command, (context) => runFlow(context, id, options)),
    );

  flow
    .command('logs <id>')
    .description('Recent runs of a flow, or the steps of one run.')
    .option('--run <run>', 'show this run')
    .option('--follow', 'with --run: go on until it has ended')
    .option('--size <count>', 'at most this many runs', integerOption(1, 200), 20)
    .addHelpText('after', '\nExamples:\n  patchbay flow logs 01J9\n  patchbay flow logs 01J9 --run 01JA --follow')
    .action((id: string, options: { run?: string; follow?: boolean; size: number }, command: Command) =>
      act(command, (context) => showLogs(context, id, options)),
    );
}
