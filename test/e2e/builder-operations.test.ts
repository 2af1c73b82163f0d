import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasOf, nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';
import { openDraft, weatherBody } from './support/weather.ts';

/** Saving waits for a pause in the typing. */
const untilStored = { timeout: 15_000 };

describe('the tab Operations of the builder', () => {
  let studio: Studio;
  let page: Page;
  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
  }, 240_000);
  afterAll(() => studio.close());

  const stored = async (id: string) =>
    (await studio.installation.client.call('getConnector', { params: { id } }))._source.operations ?? [];
  const names = async (id: string): Promise<string[]> => (await stored(id)).map(({ name }) => name);
  const textbox = (name: string) => page.getByRole('textbox', { name, exact: true });
  const item = (name: string) => page.locator(`pb-operation-list [data-operation="${name}"]`);

  it('DI-37 writes an operation by hand: the description stands in the list, path parameters are offered', async () => {
    const id = await openDraft(studio, { name: 'By hand', base_url: 'https://hand.example' }, 'operations');
    await page.locator('pb-empty').getByRole('button', { name: 'Add Operation' }).click();
    await expect.poll(() => textbox('Display name').inputValue(), untilStored).toBe('New operation');
    await page.keyboard.type('Get a pet');
    expect(await textbox('Operation name').inputValue()).toBe('get_a_pet');
    await textbox('Description optional').fill('One pet of the store.');
    await item('get_a_pet').getByText('One pet of the store.').waitFor();

    await textbox('Path').fill('/stores/{store}/pets/{pet}');
    await page.getByRole('button', { name: 'Add 2 parameters' }).click();
    await textbox('Description of pet').fill('Number of the pet');
    await page.getByRole('button', { name: 'Add a parameter' }).click();
    await page.keyboard.type('limit');
    await page.getByRole('combobox', { name: 'Type of limit' }).selectOption('integer');
    await textbox('Default of limit').fill('1.5');
    await page.keyboard.press('Tab');
    await page.getByText('The default is no integer.').waitFor();
    await textbox('Default of limit').fill('10');
    await page.keyboard.press('Tab');
    await untilSaved(page);
    await expect
      .poll(() => stored(id), untilStored)
      .toMatchObject([
        {
          name: 'get_a_pet',
          display_name: 'Get a pet',
          description: 'One pet of the store.',
          path: '/stores/{store}/pets/{pet}',
          parameters: [
            { name: 'store', location: 'path', required: true },
            { name: 'pet', location: 'path', required: true, description: 'Number of the pet' },
            { name: 'limit', location: 'query', type: 'integer', default: 10 },
          ],
        },
      ]);
    expect(studio.complaints).toEqual([]);
  });

  it('duplicates, moves, deletes and brings back, by keyboard; a drag moves too', async () => {
    const id = await openDraft(studio, weatherBody('https://weather.example', { name: 'Moving' }), 'operations');
    await page.getByRole('button', { name: 'Duplicate' }).click();
    await item('get_current_weather_2').waitFor();
    await item('get_current_weather_2').locator('.pick').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => names(id), untilStored).toEqual(['get_current_weather_2', 'get_current_weather']);
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => page.locator('pb-operation-editor .title').textContent(), untilStored)
      .toBe('Get current weather');
    await page.keyboard.press('Delete');
    await item('get_current_weather').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await untilSaved(page);
    await expect.poll(() => names(id), untilStored).toEqual(['get_current_weather_2', 'get_current_weather']);
    await item('get_current_weather').dragTo(item('get_current_weather_2'));
    await expect.poll(() => names(id), untilStored).toEqual(['get_current_weather', 'get_current_weather_2']);
    await page.getByRole('searchbox', { name: 'Find an operation' }).fill('nothing like it');
    await page.getByText('No operation fits.').waitFor();
  });

  it('DI-50 shows the fields of the answer as a tree with descriptions', async () => {
    await openDraft(studio, weatherBody('https://weather.example', { name: 'Tree' }), 'operations');
    const table = page.getByRole('table', { name: 'Fields of response schema' });
    const row = (path: string) => table.locator(`tr[data-path="${path}"]`);
    expect(await row('name').textContent()).toMatch(/name\s*text/);
    expect(await row('name').textContent()).toContain('City name');
    expect(await row('main.humidity').textContent()).toContain('Humidity in percent');
    await table.getByRole('button', { name: 'Fields of main' }).click();
    await row('main.humidity').waitFor({ state: 'detached' });
  });

  it('edits the schema of the answer as fields, as JSON and from a sample', async () => {
    const id = await openDraft(studio, weatherBody('https://weather.example', { name: 'Schema' }), 'operations');
    await page.getByRole('tab', { name: 'Response' }).click();
    await page.getByRole('button', { name: 'Add a field to main' }).click();
    await page.keyboard.type('pressure');
    await page.keyboard.press('Tab');
    await page.getByRole('combobox', { name: 'Type of main.pressure' }).selectOption('integer');
    await page.getByRole('checkbox', { name: 'main.pressure is always there' }).check();
    await textbox('Description of main.pressure').fill('In hPa');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Remove main.temp' }).click();
    await expect
      .poll(async () => (await stored(id))[0]?.response_schema, untilStored)
      .toMatchObject({
        properties: {
          main: { required: ['pressure'], properties: { pressure: { type: 'integer', description: 'In hPa' } } },
        },
      });

    await page.getByRole('radio', { name: 'JSON Schema' }).click();
    const code = page.locator('pb-json-editor .cm-content');
    await code.fill('{\n  "type": "text"\n}');
    await page.getByText('There is no type "text".').waitFor();
    await code.fill('{\n  "type": \n}');
    await page.getByText(/^Line 3 cannot be read/).waitFor();
    await code.fill('{ "type": "object" }');
    await expect.poll(async () => (await stored(id))[0]?.response_schema, untilStored).toEqual({ type: 'object' });

    await page.getByRole('button', { name: 'Infer from a sample' }).click();
    await textbox('An answer of the API, as JSON').fill('{"wind": {"speed": 3.4}}');
    await page.getByRole('button', { name: 'Infer the schema' }).click();
    await page.getByRole('radio', { name: 'Fields' }).click();
    await textbox('Name of wind.speed').waitFor();
    await expect
      .poll(async () => (await stored(id))[0]?.response_schema, untilStored)
      .toMatchObject({
        properties: { wind: { properties: { speed: { type: 'number' } } } },
      });
    expect(studio.complaints).toEqual([]);
  });

  it('DI-36 DI-45 gives the canvas its title and the step form its descriptions', async () => {
    const id = await openDraft(
      studio,
      weatherBody('https://weather.example', { name: 'Weather of old' }),
      'operations',
    );
    await studio.installation.client.call('readyConnector', { params: { id }, body: {} });
    await studio.openFlow({ name: 'Weather flow' });
    await canvasOf(page).locator('pb-flow-node[data-key=trigger]').focus();
    await page.keyboard.press('a');
    await page.getByRole('combobox', { name: 'Find a step to add' }).fill('get current weather');
    await page
      .getByRole('option', { name: /Get current weather/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await nodeOf(page, 'Get current weather').waitFor();
    await nodeOf(page, 'Get current weather').click();
    await page
      .locator('pb-step-panel')
      .getByRole('tab', { name: /Mapping/ })
      .click();
    await page.locator('pb-step-panel').getByText('City name, then a comma and the country').first().waitFor();
  });

  it('shows a ready connector to read; Edit opens it, Cancel drops what was typed, Save stores it', async () => {
    const body = weatherBody('https://weather.example', { name: 'Made ready' });
    const id = (await studio.installation.client.call('createConnector', { body }))._id;
    await studio.installation.client.call('readyConnector', { params: { id }, body: {} });
    await studio.open(`/connectors/${id}/operations`);
    await page.getByRole('button', { name: 'Edit Operations' }).waitFor();
    expect(await page.locator('pb-operation-editor').getByRole('textbox').count()).toBe(0);
    await page.getByText('City name, then a comma and the country').waitFor();

    const description = textbox('Description optional');
    await page.getByRole('button', { name: 'Edit Operations' }).click();
    await description.fill('Never stored');
    await page.locator('pb-builder-operations').getByRole('button', { name: 'Cancel' }).click();
    await description.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Edit Operations' }).click();
    expect(await description.inputValue()).toBe('The weather of a city, now.');
    await description.fill('The weather, now.');
    await page.locator('pb-builder-operations').getByRole('button', { name: 'Save' }).click();
    await description.waitFor({ state: 'detached' });
    expect((await stored(id))[0]?.description).toBe('The weather, now.');
  });

  it('has no violation of axe, light and dark, and fits 1024 px', async () => {
    await openDraft(studio, weatherBody('https://weather.example', { name: 'Axe' }), 'operations');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const tab of ['Parameters', 'Body', 'Response', 'Sample']) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await findViolations(page), `${tab}, ${colorScheme}`).toEqual([]);
      }
    }
    await page.setViewportSize({ width: 1024, height: 768 });
    const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(isWide).toBe(false);
    await page.setViewportSize({ width: 1440, height: 900 });
  });
});
