import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiClient, CreateConnector } from '@patchbay/api-contract';

/** An external system: answers every call with one fixed weather report. */
export interface Weather {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it on a free port of this machine. */
export async function startWeather(): Promise<Weather> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: 'London', main: { temp: 11.3 } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A draft with an API key and one operation on the weather, through the API; gives its id. */
export async function createWeatherConnector(
  client: ApiClient,
  weather: Weather,
  patch: Partial<CreateConnector> & { name: string },
): Promise<string> {
  const body: CreateConnector = {
    description: 'Weather for any place.',
    base_url: weather.url,
    auth_scheme: {
      type: 'api_key',
      credential_schema: [{ name: 'api_key', label: 'API Key', type: 'password', required: true, sensitive: true }],
      parameters: [{ key: 'X-API-Key', location: 'header', field: 'api_key' }],
      key_prefix: '',
    },
    operations: [
      {
        ...{
          name: 'get_weather',
          display_name: 'Get weather',
          description: 'Weather now.',
          method: 'GET',
          path: '/weather',
        },
        parameters: [],
        response_schema: { type: 'object', properties: { name: { type: 'string' } } },
      },
    ],
    ...patch,
  };
  return (await client.call('createConnector', { body }))._id;
}

/** Runs the operation once, so that it has a passing test. */
export async function passWeatherTest(client: ApiClient, id: string): Promise<void> {
  const body = { operation: 'get_weather', credentials: { api_key: 'k-1' } };
  const { ok } = await client.call('testConnector', { params: { id }, body });
  if (!ok) throw new Error('cannot happen: the weather answers every call');
}

/** The connector as the API has it now. */
export async function readConnector(client: ApiClient, id: string) {
  return (await client.call('getConnector', { params: { id } }))._source;
}
