import { manifestSchemaId, type ConnectorManifestInput } from './connector-manifest.ts';

/** A small valid manifest for tests; `overrides` replaces whole top-level fields. */
export function aManifest(overrides: Partial<ConnectorManifestInput> = {}): ConnectorManifestInput {
  return {
    $schema: manifestSchemaId,
    id: '@acme/connector-weather',
    slug: 'weather',
    version: '1.0.0',
    name: 'Weather',
    description: 'Current weather.',
    icon: { dataUri: `data:image/svg+xml;base64,${btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')}` },
    runtime: 'declarative',
    baseUrl: 'https://api.example.com/v1',
    egress: { hosts: ['api.example.com'] },
    auth: [{ type: 'none' }],
    operations: [anOperation()],
    ...overrides,
  };
}

/** A small valid declarative operation. */
export function anOperation(
  overrides: Partial<ConnectorManifestInput['operations'][number]> = {},
): ConnectorManifestInput['operations'][number] {
  return {
    name: 'getWeather',
    title: 'Get weather',
    effect: 'read',
    input: {
      type: 'object',
      properties: { q: { type: 'string' }, units: { type: 'string', default: 'metric' } },
      required: ['q'],
    },
    output: {},
    request: {
      method: 'GET',
      path: '/weather',
      parameters: [
        { name: 'q', location: 'query' },
        { name: 'units', location: 'query' },
      ],
    },
    ...overrides,
  };
}
