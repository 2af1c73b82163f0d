import { CliConfigSchema } from '@patchbay/cli';
import { describeConfig, type ConfigSchema } from '@patchbay/config';
import { serverConfigSchema } from '@patchbay/server';
import { workerConfigSchema } from '@patchbay/worker';
import { describe, expect, it } from 'vitest';
import { root } from './repository.ts';

/** Made from the schemas. `npx vitest run test/architecture/configuration-page.test.ts -u` writes it anew. */
describe('docs/configuration.md', () => {
  it('lists exactly the keys that the processes read', async () => {
    await expect(renderPage()).toMatchFileSnapshot('../../docs/configuration.md');
  });
});

function renderPage(): string {
  return [
    '# Configuration',
    '',
    'Generated from the schemas of the processes. Every process reads its variables once, at its start, and names all that are',
    'wrong together. `npm start` sets what the server and the worker need; a variable that you set wins.',
    '',
    'Temporal connections also take the other variables of `@temporalio/envconfig` (TLS, API key, profile).',
    ...section('The command line and `npm start`', CliConfigSchema),
    ...section('Server', serverConfigSchema),
    ...section('Worker', workerConfigSchema),
    '',
    '## Changing the master key',
    '',
    '1. Give servers and workers the new key as `PATCHBAY_MASTER_KEY` and the old one as `PATCHBAY_PREVIOUS_MASTER_KEY`.',
    '2. Run `patchbay keys rewrap` with both and `DATABASE_URL`. It may be repeated.',
    '3. Take `PATCHBAY_PREVIOUS_MASTER_KEY` away. The old key opens nothing any more.',
    '',
  ].join('\n');
}

function section(title: string, schema: ConfigSchema): string[] {
  const rows = describeConfig(schema).map(({ key, description, isRequired, defaultValue }) => {
    const absent = isRequired ? 'required' : shown(defaultValue);
    return `| \`${key}\` | ${absent} | ${description.replaceAll('|', '\\|')} |`;
  });
  return ['', `## ${title}`, '', '| variable | default | what it is |', '|---|---|---|', ...rows];
}

/** Folders inside the clone are shown relative to it. */
function shown(defaultValue: string | undefined): string {
  return defaultValue === undefined || defaultValue === '' ? '' : `\`${defaultValue.replace(root, '')}\``;
}
