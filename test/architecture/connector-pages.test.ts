import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseManifest, type AuthScheme, type ConnectorManifest, type CredentialField } from '@patchbay/manifest';

const plugins = new URL('../../plugins/', import.meta.url);
const manifests = readdirSync(plugins).map((folder) =>
  parseManifest(JSON.parse(readFileSync(new URL(`${folder}/connector.json`, plugins), 'utf8'))),
);

/** Pages made from manifests. `npx vitest run test/architecture/connector-pages.test.ts -u` writes them anew. */
describe('the reference of bundled connectors', () => {
  it.each(manifests)('CO-35 docs/connectors/$slug.md documents the configuration of $name', async (manifest) => {
    for (const { label } of manifest.auth.flatMap((scheme) => scheme.fields)) expect(label).not.toBe('');
    await expect(renderPage(manifest)).toMatchFileSnapshot(`../../docs/connectors/${manifest.slug}.md`);
  });

  it('CO-35 there is a page for each and for nothing else', () => {
    const pages = readdirSync(new URL('../../docs/connectors/', import.meta.url));
    expect(pages.sort()).toEqual(manifests.map(({ slug }) => `${slug}.md`).sort());
  });
});

function renderPage(manifest: ConnectorManifest): string {
  return [
    `# ${manifest.name}`,
    '',
    `Generated from \`plugins/${manifest.slug}/connector.json\`, version ${manifest.version}. ${manifest.description}`,
    '',
    '## Configuration of a connection',
    '',
    ...manifest.auth.flatMap(renderScheme),
    '## Operations',
    '',
    '| operation | what it does |',
    '|---|---|',
    ...manifest.operations.map(({ name, title, description }) => `| \`${name}\` ${title} | ${cell(description)} |`),
    '',
    ...renderProcessors(manifest),
    ...(manifest.docs === '' ? [] : [manifest.docs.replaceAll(/^(#+ )/gm, '#$1').trim(), '']),
  ].join('\n');
}

function renderProcessors({ processors = [] }: ConnectorManifest): string[] {
  if (processors.length === 0) return [];
  return [
    '## Data processors',
    '',
    '| processor | what it pulls | operation |',
    '|---|---|---|',
    ...processors.map(
      ({ name, title, description, operation }) => `| \`${name}\` ${title} | ${cell(description)} | \`${operation}\` |`,
    ),
    '',
  ];
}

function renderScheme(scheme: AuthScheme): string[] {
  const heading = `Authentication \`${scheme.type}\`:`;
  if (scheme.fields.length === 0) return [`${heading} nothing to fill in.`, ''];
  return [
    heading,
    '',
    '| field | label | required | secret | default | help |',
    '|---|---|---|---|---|---|',
    ...scheme.fields.map(renderField),
    '',
  ];
}

function renderField(field: CredentialField): string {
  const yes = (is: boolean): string => (is ? 'yes' : 'no');
  const value = field.default === undefined ? '' : `\`${field.default}\``;
  const columns = [
    `\`${field.name}\``,
    field.label,
    yes(field.required),
    yes(field.sensitive),
    value,
    field.help ?? '',
  ];
  return `| ${columns.map(cell).join(' | ')} |`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
}
