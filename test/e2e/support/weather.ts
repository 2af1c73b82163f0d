import type { CreateConnector } from '@patchbay/api-contract';
import type { Studio } from '../harness.ts';

/** The example of the seed (DI-46, DI-47) on an address of its own. */
export const weatherBody = (baseUrl: string, change: Partial<CreateConnector> = {}): CreateConnector => ({
  name: 'Weather',
  description: 'Weather of the world.',
  base_url: baseUrl,
  auth_scheme: { type: 'none', credential_schema: [] },
  operations: [
    {
      name: 'get_current_weather',
      display_name: 'Get current weather',
      description: 'The weather of a city, now.',
      method: 'GET',
      path: '/data/2.5/weather',
      parameters: [
        {
          name: 'q',
          location: 'query',
          type: 'string',
          required: true,
          description: 'City name, then a comma and the country',
        },
        { name: 'units', location: 'query', type: 'string', required: false, default: 'metric' },
      ],
      response_schema: {
        type: 'object',
        properties: {
          name: { type: 'string', description: 'City name' },
          main: {
            type: 'object',
            properties: {
              temp: { type: 'number', description: 'Temperature' },
              humidity: { type: 'number', description: 'Humidity in percent' },
            },
          },
        },
      },
    },
  ],
  ...change,
});

/** Authentication by one API key in the header X-API-Key. */
export const byApiKey: NonNullable<CreateConnector['auth_scheme']> = {
  type: 'api_key',
  key_prefix: '',
  parameters: [{ key: 'X-API-Key', location: 'header' }],
  credential_schema: [{ name: 'api_key', label: 'API Key', type: 'password', required: true, sensitive: true }],
};

/** Makes a draft through the API and opens a tab of the builder on it; gives its id. */
export async function openDraft(studio: Studio, body: CreateConnector, tab: string): Promise<string> {
  const { _id } = await studio.installation.client.call('createConnector', { body });
  await studio.open(`/connectors/${_id}/${tab}`);
  await studio.page.locator('[data-save=saved]').waitFor();
  return _id;
}
