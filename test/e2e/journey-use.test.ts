import type { ApiClient, CreateConnector } from '@patchbay/api-contract';
import type { FlowDocument } from '@patchbay/flow-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';
import { tabTo } from './support/keyboard.ts';
import { createWeatherConnector, passWeatherTest, startWeather, type Weather } from './support/weather-connector.ts';

type OperationInput = NonNullable<CreateConnector['operations']>[number];

const operation = (parameter: string, field: string): OperationInput => ({
  ...{ name: 'get_weather', display_name: 'Get weather', description: 'Weather now.', method: 'GET', path: '/weather' },
  parameters: [{ name: parameter, type: 'string', location: 'query', required: false }],
  response_schema: { type: 'object', properties: { name: { type: 'string' }, [field]: { type: 'object' } } },
});

const flow = {
  name: 'Two looks',
  steps: {
    look: {
      ...{ key: 'look', kind: 'operation', title: 'Look', connector: 'used-weather', version: '1.0.0' },
      ...{ operation: 'get_weather', input: { city: { value: 'London' } } },
    },
    keep: { key: 'keep', kind: 'transform', title: 'Keep', output: { object: { all: { formula: 'look.main' } } } },
  },
  scopes: { root: { steps: ['look', 'keep'], edges: [{ from: 'look', port: 'out', to: 'keep' }] } },
} as Partial<FlowDocument> & { name: string };

describe('J4: use a connector, and take a newer version by hand', () => {
  let studio: Studio;
  let weather: Weather;
  let client: ApiClient;
  let connector = '';
  const publish = async (): Promise<void> => {
    await passWeatherTest(client, connector);
    const body = { visibility: 'enterprise', confirm: true } as const;
    await client.call('publishConnector', { params: { id: connector }, body });
  };
  const versionOf = async (id: string): Promise<string | undefined> => {
    const { document } = (await client.call('getFlow', { params: { id } }))._source;
    const look = document.steps['look'];
    return look?.kind === 'operation' ? look.version : undefined;
  };
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
    client = studio.installation.client;
    const operations = [operation('city', 'main')];
    connector = await createWeatherConnector(client, weather, { name: 'Used Weather', operations });
    await publish();
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  it('the palette has it at once, with its version pinned; a newer one is offered with what it touches, never silently', async () => {
    const { page } = studio;
    const mouse = await studio.openFlow({ ...flow, name: 'By mouse' });
    const keyboard = await studio.openFlow({ ...flow, name: 'By keyboard' });
    const palette = page.locator('pb-palette');
    await palette
      .getByRole('textbox', { name: 'Find a step' })
      .or(palette.getByRole('searchbox'))
      .first()
      .fill('used weather');
    await palette.getByText('Get weather').first().waitFor();
    expect(await nodeOf(page, 'Look').locator('.node-update').count()).toBe(0);
    await nodeOf(page, 'Look').click();
    await page.locator('pb-step-update').getByText('1.0.0').waitFor();
    expect(await page.getByRole('button', { name: /^Update available/ }).count()).toBe(0);

    await client.call('createConnectorVersion', { params: { id: connector }, body: { version: '2.0.0' } });
    const body = { operations: [operation('place', 'weather')] };
    await client.call('updateConnector', { params: { id: connector }, body });
    await publish();

    await studio.open(`/flows/${mouse}`);
    await nodeOf(page, 'Look').locator('.node-update').waitFor();
    await nodeOf(page, 'Look').click();
    await page.getByRole('button', { name: 'Update available: 2.0.0' }).click();
    await page.getByRole('dialog', { name: 'Update Used Weather to 2.0.0?' }).waitFor();
    for (const words of ['Needs city no longer.', 'Gives main no longer.', 'Look: city', 'Keep: uses main']) {
      await page.getByText(words, { exact: true }).waitFor();
    }
    await page.getByRole('button', { name: 'Keep 1.0.0' }).click();
    expect(await versionOf(mouse)).toBe('1.0.0');
    await page.getByRole('button', { name: 'Update available: 2.0.0' }).click();
    await page.getByRole('button', { name: 'Update to 2.0.0' }).click();
    await untilSaved(page);
    await expect.poll(() => versionOf(mouse), { timeout: 20_000 }).toBe('2.0.0');
    await nodeOf(page, 'Look').locator('.node-update').waitFor({ state: 'detached' });

    await studio.open(`/flows/${keyboard}`);
    await nodeOf(page, 'Look').waitFor();
    expect(await versionOf(keyboard)).toBe('1.0.0');
    await nodeOf(page, 'Look').click();
    await page.getByRole('button', { name: 'Update available: 2.0.0' }).waitFor();
    await page.getByRole('textbox', { name: 'Name of the step' }).focus();
    await tabTo(page, /^Update available/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /^Update Used Weather/ }).waitFor();
    await tabTo(page, /^Update to 2\.0\.0$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => versionOf(keyboard), { timeout: 20_000 }).toBe('2.0.0');
    expect(studio.complaints).toEqual([]);
  });
});
