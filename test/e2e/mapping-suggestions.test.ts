import type { FlowDocument, Step } from '@patchbay/flow-model';
import type { CreateConnector } from '@patchbay/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';
import { createWeatherConnector, passWeatherTest, startWeather, type Weather } from './support/weather-connector.ts';

const responseSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    main: { type: 'object', properties: { temp: { type: 'number' }, humidity: { type: 'number' } } },
  },
};

const operations: CreateConnector['operations'] = [
  {
    ...{ name: 'get_weather', display_name: 'Get weather', description: 'Weather now.' },
    ...{ method: 'GET', path: '/weather', parameters: [], response_schema: responseSchema },
  },
  {
    ...{ name: 'record', display_name: 'Record', description: 'Keeps a report.', method: 'GET', path: '/record' },
    parameters: [
      { name: 'name', type: 'string', location: 'query', required: true },
      { name: 'temperature', type: 'number', location: 'query', required: true },
      { name: 'humidity', type: 'number', location: 'query', required: true },
      { name: 'colour', type: 'string', location: 'query', required: false },
    ],
  },
];

const step = (key: string, operation: string, title: string): Step => ({
  ...{ key, kind: 'operation', title, connector: 'suggesting', version: '1.0.0', operation, input: {} },
});

const flow = {
  name: 'Weather book',
  steps: { look: step('look', 'get_weather', 'Look'), keep: step('keep', 'record', 'Keep') },
  scopes: { root: { steps: ['look', 'keep'], edges: [{ from: 'look', port: 'out', to: 'keep' }] } },
} satisfies Partial<FlowDocument> & { name: string };

describe('suggestions for mappings', () => {
  let studio: Studio;
  let weather: Weather;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
    const { client } = studio.installation;
    const id = await createWeatherConnector(client, weather, { name: 'Suggesting', operations });
    await passWeatherTest(client, id);
    await client.call('testConnector', {
      params: { id },
      body: { operation: 'record', credentials: { api_key: 'k' }, input: { name: 'x', temperature: 1, humidity: 2 } },
    });
    await client.call('publishConnector', { params: { id }, body: { visibility: 'enterprise', confirm: true } });
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  it('DI-48 proposes the fields of the response schema by name, and by a beginning of it; accepts one by keyboard, all at once, and takes it back', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await studio.openFlow(flow);
    const inputs = async (): Promise<unknown> => {
      const { document } = (await client.call('getFlow', { params: { id } }))._source;
      const keep = document.steps['keep'];
      return keep?.kind === 'operation' ? keep.input : undefined;
    };
    await nodeOf(page, 'Keep').click();
    await page.getByText('Suggested', { exact: true }).waitFor();
    const accept = page.getByRole('button', { name: /^Accept / });
    expect(await accept.evaluateAll((buttons) => buttons.map((each) => each.getAttribute('aria-label')))).toEqual([
      expect.stringMatching(/name for /i),
      expect.stringMatching(/temp for /i),
      expect.stringMatching(/humidity for /i),
    ]);
    for (const words of ['same name', 'perhaps']) await page.getByText(words).first().waitFor();

    await accept.nth(2).focus();
    await page.keyboard.press('Enter');
    await expect.poll(inputs, { timeout: 20_000 }).toEqual({ humidity: { formula: 'look.main.humidity' } });
    await page.getByRole('button', { name: 'Map suggestions' }).click();
    await untilSaved(page);
    await expect.poll(inputs, { timeout: 20_000 }).toEqual({
      name: { formula: 'look.name' },
      temperature: { formula: 'look.main.temp' },
      humidity: { formula: 'look.main.humidity' },
    });
    await page.getByRole('button', { name: /^Undo/ }).first().click();
    await expect.poll(inputs, { timeout: 20_000 }).toEqual({ humidity: { formula: 'look.main.humidity' } });
    expect(studio.complaints).toEqual([]);
  });
});
