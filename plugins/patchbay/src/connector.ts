import { defineDeclarativeConnector, type DeclarativeConnector } from '@patchbay/connector-sdk';
import generated from './operations.generated.json' with { type: 'json' };

/** Patchbay's own API, for flows that start and watch other flows, here or in another installation. */
export const connector = defineDeclarativeConnector({
  slug: 'patchbay',
  name: 'Patchbay',
  description: 'Starts flows and reads runs, in this or another Patchbay.',
  tile: 'violet',
  category: 'Core',
  tags: ['patchbay', 'flow', 'run'],
  baseUrl: '{{url}}',
  egress: { isUserProvided: true },
  auth: [
    {
      type: 'bearer',
      fields: [
        {
          name: 'url',
          label: 'Address',
          type: 'string',
          help: 'Where Patchbay is reached, for example https://patchbay.example.com.',
        },
        { name: 'token', label: 'Token', type: 'password', help: 'An API token; make one under Settings, Tokens.' },
      ],
    },
  ],
  connectionTest: { operation: 'listFlows' },
  // TypeScript reads every text of a JSON file as `string`; the conformance suite parses the result.
  operations: generated as unknown as DeclarativeConnector['operations'],
  changelog: [{ version: '0.1.0', kind: 'feature', text: 'First version.' }],
});
