/** Files of a new connector by their path. Both variants pass the conformance suite as they stand. */
export function connectorTemplate(slug: string, runtime: 'declarative' | 'node'): Record<string, string> {
  const title = slug
    .split('-')
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join(' ');
  const shared = {
    'package.json': packageJson(slug, title),
    'tsconfig.json': '{\n  "extends": "../../tsconfig.base.json",\n  "include": ["src/**/*.ts", "test/**/*.ts"]\n}\n',
    'README.md': `# ${title}\n\nWhat it does, and how to get credentials for it.\n`,
    'CHANGELOG.md': '# Changelog\n\n## 0.1.0\n\n- First version.\n',
    'src/index.ts': "export { connector } from './connector.ts';\n",
    'icon.svg': iconSvg,
    'test/conformance.test.ts': conformanceTest,
  };
  return runtime === 'declarative'
    ? { ...shared, 'src/connector.ts': declarativeConnector(slug, title) }
    : {
        ...shared,
        'src/connector.ts': codeConnector(slug, title),
        'src/operations/echo.ts': echoOperation,
      };
}

function packageJson(slug: string, title: string): string {
  const content = {
    name: `@patchbay/connector-${slug}`,
    version: '0.1.0',
    description: `The ${title} connector.`,
    license: 'Apache-2.0',
    type: 'module',
    keywords: ['patchbay-connector'],
    patchbayConnector: { manifest: './connector.json', schema: 1 },
    exports: { '.': './src/index.ts' },
    peerDependencies: { '@patchbay/connector-sdk': 'workspace:*', zod: 'catalog:' },
    devDependencies: {
      '@patchbay/connector-sdk': 'workspace:*',
      '@patchbay/connector-testkit': 'workspace:*',
      zod: 'catalog:',
    },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"><circle cx="12" cy="12" r="8"/></svg>
`;

const conformanceTest = `import { testConnector } from '@patchbay/connector-testkit';
import { connector } from '../src/index.ts';

testConnector(connector, { folder: new URL('..', import.meta.url) });
`;

function declarativeConnector(slug: string, title: string): string {
  return `import { defineDeclarativeConnector } from '@patchbay/connector-sdk';

/** ${title}: every operation is a request written as data. */
export const connector = defineDeclarativeConnector({
  slug: '${slug}',
  name: '${title}',
  description: 'What ${title} is for.',
  baseUrl: 'https://api.example.com',
  egress: { hosts: ['api.example.com'] },
  auth: [{ type: 'none' }],
  operations: [
    {
      name: 'getItem',
      title: 'Get item',
      description: 'Reads one item.',
      effect: 'read',
      input: {
        type: 'object',
        properties: { id: { type: 'string', title: 'Id', description: 'Id of the item.' } },
        required: ['id'],
        additionalProperties: false,
      },
      output: { type: 'object' },
      request: { method: 'GET', path: '/items/{id}', parameters: [{ name: 'id', location: 'path' }] },
      samples: [{ input: { id: '42' } }],
    },
  ],
});
`;
}

function codeConnector(slug: string, title: string): string {
  return `import { defineConnector } from '@patchbay/connector-sdk';
import { echo } from './operations/echo.ts';

/** ${title}: the table of contents of this connector. */
export const connector = defineConnector({
  slug: '${slug}',
  name: '${title}',
  description: 'What ${title} is for.',
  runtime: 'node',
  auth: [{ type: 'none' }],
  operations: [echo],
});
`;
}

const echoOperation = `import { z } from 'zod';
import { defineOperation } from '@patchbay/connector-sdk';

const text = z.strictObject({ text: z.string().min(1).meta({ title: 'Text', description: 'Comes back unchanged.' }) });

/** Gives its input back. */
export const echo = defineOperation({
  name: 'echo',
  title: 'Echo',
  description: 'Gives its input back.',
  effect: 'read',
  input: text,
  output: text,
  samples: [{ input: { text: 'hello' }, output: { text: 'hello' } }],
  run: (input) => Promise.resolve(input),
});
`;
