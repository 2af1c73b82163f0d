import type { ApiClient, CreateConnector } from '@patchbay/api-contract';
import type { FlowDocument } from '@patchbay/flow-model';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';
import { focusedName, tabTo } from './support/keyboard.ts';
import { createWeatherConnector, passWeatherTest, startWeather, type Weather } from './support/weather-connector.ts';

type OperationInput = NonNullable<CreateConnector['operations']>[number];

const operation: OperationInput = {
  ...{ name: 'get_weather', display_name: 'Get weather', description: 'Weather now.', method: 'GET', path: '/weather' },
  parameters: [{ name: 'city', type: 'string', location: 'query', required: false }],
  response_schema: {
    type: 'object',
    properties: { name: { type: 'string' }, main: { type: 'object', properties: { temp: { type: 'number' } } } },
  },
};

/** What the update has to tell: the parameter and the field of the answer have new names. */
const changes = ['Needs city no longer.', 'Gives main no longer.', 'Get weather: city', 'Transform: uses main'];

describe('J4: use a connector, and take a newer version by hand', () => {
  let studio: Studio;
  let page: Page;
  let weather: Weather;
  let client: ApiClient;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
    ({ page } = studio);
    ({ client } = studio.installation);
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  const makeTested = async (name: string): Promise<string> => {
    const id = await createWeatherConnector(client, weather, { name, operations: [operation] });
    await passWeatherTest(client, id);
    return id;
  };
  const flowId = (): string => /flows\/([^/?]+)/.exec(page.url())?.[1] ?? '';
  const documentOf = async (id: string): Promise<FlowDocument> =>
    (await client.call('getFlow', { params: { id } }))._source.document;
  const stepOf = async (id: string) => {
    const { steps } = await documentOf(id);
    return Object.values(steps).find((step) => step.kind === 'operation');
  };
  const isLive = async (id: string): Promise<boolean> => {
    const { hits } = await client.call('searchRuns', { query: { flowId: id } });
    return hits.hits[0]?._source.state === 'succeeded';
  };

  it('J4 with the mouse: published, used from the palette, filled, run and live; a newer version only by hand', async () => {
    const connector = await makeTested('Mouse weather');
    const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

    // Published in the builder; the palette has it at once, with its version.
    await studio.open(`/connectors/${connector}/publish`);
    await button('Publish 1.0.0').click();
    await page.locator('pb-dialog').getByRole('button', { name: 'Publish', exact: true }).click();
    await button('Use in a flow').click();
    await page.waitForURL(/\/flows\/[^/?]+\?find=Mouse/);
    const flow = flowId();
    const palette = page.locator('pb-palette');
    await palette.locator('[data-connector=mouse-weather]').getByText('1.0.0').waitFor();
    await palette
      .getByRole('button', { name: /^Get weather/ })
      .first()
      .click();
    await nodeOf(page, 'Get weather').waitFor();
    await page.locator('pb-step-update').getByText('1.0.0').waitFor();
    expect(await button(/^Update available/).count()).toBe(0);

    // Filled: a connection, a value, and a step that uses the answer.
    await page.getByRole('combobox', { name: 'Connection' }).selectOption('+ New connection');
    await page.locator('pb-connection-form').getByRole('textbox', { name: 'API Key' }).fill('k-1');
    await page.locator('pb-connection-form').getByRole('button', { name: /^Save/ }).click();
    await page.locator('pb-connection-form').waitFor({ state: 'detached' });
    await page.locator('summary', { hasText: 'Optional' }).click();
    await page.locator('pb-field-value[data-pointer="/input/city"]').getByRole('textbox').fill('London');
    await palette.getByRole('searchbox', { name: 'Find a step' }).fill('transform');
    await palette
      .getByRole('button', { name: /^Transform/ })
      .first()
      .click();
    await nodeOf(page, 'Transform').waitFor();
    await button('Add a field').click();
    const row = page.getByRole('treeitem', { name: /^main, / });
    await row.hover();
    await row.locator('.plus').first().click();
    await untilSaved(page);

    await button('Test run').click();
    await page.getByText('Test run succeeded').first().waitFor();
    expect(await isLive(flow)).toBe(true);
    await page.getByRole('button', { name: 'Publish' }).first().click();
    await page.getByRole('button', { name: 'Publish', exact: true }).last().click();
    await page.getByText('Version 1 is live.').waitFor();

    // A newer version, written and published in the builder.
    await studio.open(`/connectors/${connector}/publish`);
    await button('New version').first().click();
    await page.getByText('Version 1.0.1 is a draft now').waitFor();
    await page.getByRole('link', { name: /^Operations/ }).click();
    await page.getByRole('tab', { name: /^Parameters/ }).click();
    await page.getByRole('textbox', { name: 'Key of city' }).fill('place');
    await page.getByRole('tab', { name: 'Response' }).click();
    await page.getByRole('textbox', { name: 'Name of main', exact: true }).fill('weather');
    await page.keyboard.press('Tab');
    await untilSaved(page);
    await page.getByRole('link', { name: 'Test', exact: true }).first().click();
    await page.getByLabel('API Key', { exact: true }).fill('k-1');
    await button(/^Run this operation/).click();
    await page.locator('[data-verdict=passed]').waitFor();
    await page.getByRole('link', { name: 'Publish', exact: true }).click();
    await page.getByRole('heading', { name: 'Ready to publish' }).waitFor();
    await page.getByText('Mouse weather').first().waitFor();
    await button('Publish 1.0.1').click();
    await page.locator('pb-dialog').getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Mouse weather 1.0.1 is published.').waitFor();

    // Never silent: the dot, what it changes and touches; who keeps the old one has the old one.
    expect((await stepOf(flow))?.version).toBe('1.0.0');
    await studio.open(`/flows/${flow}`);
    await nodeOf(page, 'Get weather').locator('.node-update').waitFor();
    await nodeOf(page, 'Get weather').click();
    await button('Update available: 1.0.1').click();
    for (const words of changes) await page.getByText(words, { exact: true }).waitFor();
    await button('Keep 1.0.0').click();
    expect((await stepOf(flow))?.version).toBe('1.0.0');
    await button('Update available: 1.0.1').click();
    await button('Update to 1.0.1').click();
    await untilSaved(page);
    await expect.poll(async () => (await stepOf(flow))?.version, { timeout: 20_000 }).toBe('1.0.1');
    await page.locator('pb-step-update').getByText('1.0.1').waitFor();
    await nodeOf(page, 'Get weather').locator('.node-update').waitFor({ state: 'detached' });
    expect(studio.complaints).toEqual([]);
  });

  it('J4 with the keyboard only', async () => {
    const connector = await makeTested('Keyed weather');
    const press = async (name: RegExp, key = 'Enter'): Promise<void> => {
      await tabTo(page, name);
      await page.keyboard.press(key);
    };
    const backTo = (name: RegExp): Promise<void> => tabTo(page, name, 'Shift+Tab');

    await studio.open(`/connectors/${connector}/publish`);
    await page.getByRole('button', { name: 'Publish 1.0.0' }).waitFor();
    await press(/^Publish 1\.0\.0$/);
    await page.getByRole('alertdialog').waitFor();
    await press(/^Publish$/);
    await page.getByText('Keyed weather 1.0.0 is published.').waitFor();
    await press(/^Use in a flow$/);
    await page.waitForURL(/\/flows\/[^/?]+\?find=Keyed/);
    const flow = flowId();
    await page.locator('pb-palette [data-connector=keyed-weather]').getByText('1.0.0').waitFor();
    await press(/^Get weather/);
    await nodeOf(page, 'Get weather').waitFor();
    await page.locator('pb-step-update').getByText('1.0.0').waitFor();

    // Filled: a connection, a value, and a step that uses the answer.
    await press(/^Connection$/, 'ArrowDown');
    const form = page.locator('pb-connection-form');
    await form.getByRole('textbox', { name: 'API Key' }).waitFor();
    await tabTo(page, /^API Key$/);
    await page.keyboard.type('k-1');
    await press(/^Save/);
    await form.waitFor({ state: 'detached' });
    await press(/^Optional/);
    await tabTo(page, /^city$/i);
    await page.keyboard.type('London');
    await backTo(/^Find a step$/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('transform');
    await page.keyboard.press('Enter');
    await nodeOf(page, 'Transform').waitFor();
    await press(/^Add a field$/);
    await tabTo(page, /^Find a field$/);
    await page.keyboard.press('ArrowDown');
    await tabTo(page, /^main, /, 'ArrowDown');
    await page.keyboard.press('Enter');
    await untilSaved(page);
    await expect.poll(async () => JSON.stringify((await documentOf(flow)).steps)).toMatch(/get_weather\.main/);

    await backTo(/^Test run$/);
    await page.keyboard.press('Enter');
    await page.getByText('Test run succeeded').first().waitFor();
    expect(await isLive(flow)).toBe(true);
    await press(/^Publish$/);
    await page.locator('pb-dialog').getByRole('button', { name: 'Publish', exact: true }).waitFor();
    await page.keyboard.press('Tab'); // from the dialog, which is called so too, into it
    await press(/^Publish$/);
    await page.getByText('Version 1 is live.').waitFor();

    // A newer version, written and published in the builder.
    await studio.open(`/connectors/${connector}/publish`);
    await page.getByRole('button', { name: 'New version' }).first().waitFor();
    await press(/^New version$/);
    await page.getByText('Version 1.0.1 is a draft now').waitFor();
    await backTo(/^Operations/);
    await page.keyboard.press('Enter');
    await page.getByRole('tab', { name: /^Parameters/ }).waitFor();
    await tabTo(page, /^Key of city$/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('place');
    await backTo(/^Parameters/);
    await tabTo(page, /^Response/, 'ArrowRight');
    await page.getByRole('textbox', { name: 'Name of main', exact: true }).waitFor();
    await tabTo(page, /^Name of main$/);
    await page.keyboard.press('Control+a');
    await page.keyboard.type('weather');
    await page.keyboard.press('Tab');
    await untilSaved(page);
    await backTo(/^Test$/);
    await page.keyboard.press('Enter');
    await page.getByLabel('API Key', { exact: true }).waitFor();
    await tabTo(page, /^API Key$/);
    await page.keyboard.type('k-1');
    await press(/^Run this operation/);
    await page.locator('[data-verdict=passed]').waitFor();
    await backTo(/^Publish$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ready to publish' }).waitFor();
    await press(/^Publish 1\.0\.1$/);
    await page.getByRole('alertdialog').waitFor();
    await press(/^Publish$/);
    await page.getByText('Keyed weather 1.0.1 is published.').waitFor();

    // Never silent: the dot, what it changes and touches; who keeps the old one has the old one.
    expect((await stepOf(flow))?.version).toBe('1.0.0');
    await studio.open(`/flows/${flow}`);
    await nodeOf(page, 'Get weather').locator('.node-update').waitFor();
    await tabTo(page, /^Start by hand/);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focusedName(page)).toMatch(/^Get weather/);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^Update available/ }).waitFor();
    await press(/^Update available/);
    for (const words of changes) await page.getByText(words, { exact: true }).waitFor();
    await press(/^Keep 1\.0\.0$/);
    expect((await stepOf(flow))?.version).toBe('1.0.0');
    await press(/^Update available/);
    await press(/^Update to 1\.0\.1$/);
    await expect.poll(async () => (await stepOf(flow))?.version, { timeout: 20_000 }).toBe('1.0.1');
    await nodeOf(page, 'Get weather').locator('.node-update').waitFor({ state: 'detached' });
    expect(studio.complaints).toEqual([]);
  });
});
