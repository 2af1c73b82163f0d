import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendJson, startExt, type ExtServer } from '../connectors-api/ext-server.ts';
import { openStudio, untilSaved, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';
import { byApiKey, openDraft, weatherBody } from './support/weather.ts';

const secret = 'Sup3r-s3cret-value';

describe('the tab Test of the builder', () => {
  let studio: Studio;
  let page: Page;
  let ext: ExtServer;
  beforeAll(async () => {
    [studio, ext] = await Promise.all([openStudio(), startExt()]);
    page = studio.page;
  }, 240_000);
  afterAll(async () => {
    await ext.close();
    await studio.close();
  });

  const textbox = (name: string) => page.getByRole('textbox', { name, exact: true });
  const run = () => page.getByRole('button', { name: 'Run this operation' }).click();
  const good = { name: 'London', main: { temp: 11.3, humidity: 80 } };
  const answer = (body: unknown, status = 200): void => {
    ext.reset();
    ext.answer = (_call, response) => sendJson(response, body, status);
  };

  it('DI-67 the button Test opens the panel for a saved draft; without operations it says what to do', async () => {
    await studio.open('/connectors/new/overview');
    await textbox('Name').fill('Fresh');
    expect(await page.getByRole('link', { name: 'Test', exact: true }).count()).toBe(1); // the tab, not the button
    await studio.open('/connectors/new/test');
    await page.getByText('Save the draft first').waitFor();

    await openDraft(studio, weatherBody(ext.url, { name: 'Saved' }), 'overview');
    await page.locator('pb-builder-head').getByRole('link', { name: 'Test' }).click();
    await page.getByRole('heading', { name: 'Get current weather' }).waitFor();
    expect(new URL(page.url()).pathname).toMatch(/\/test$/);
    await openDraft(studio, { name: 'Bare', base_url: ext.url }, 'test');
    await page.getByText('Nothing to test yet').waitFor();
  });

  it('DI-70 shows status, headers, body and duration of the answer, for a connector that needs no credentials (DI-68)', async () => {
    await openDraft(studio, weatherBody(ext.url, { name: 'Open' }), 'test');
    await page.getByText('This connector needs none.').waitFor();
    expect(await page.locator('pb-builder-test .credentials pb-input').count()).toBe(0);

    answer(good);
    await run();
    await page.getByText('This is needed.').waitFor();
    expect(ext.seen).toEqual([]);
    await textbox('q').fill('London');
    await run();
    await page.locator('[data-verdict=passed]').waitFor();
    expect(ext.seen).toMatchObject([{ path: '/data/2.5/weather', query: { q: 'London', units: 'metric' } }]);
    expect(await page.locator('[data-status]').textContent()).toBe('200');
    expect(await page.locator('[data-duration]').textContent()).toMatch(/^\d+(\.\d)? (ms|s)$/);
    await page.locator('.headers summary').click();
    await page.getByText('content-type', { exact: true }).waitFor();
    await page.locator('[data-body]').getByText('"London"').waitFor();
    await page.locator('.matrix [data-operation=get_current_weather][data-state=passed]').waitFor();
    expect(studio.complaints).toEqual([]);
  });

  it('DI-68 takes credentials by the schema, keeps them in the page only, and DI-70 masks them in what it shows', async () => {
    const id = await openDraft(studio, weatherBody(ext.url, { name: 'Keyed', auth_scheme: byApiKey }), 'test');
    answer(good);
    await textbox('q').fill('London');
    await run();
    await page.getByText('Needed for a test.').waitFor();
    expect(ext.seen).toEqual([]);

    await textbox('API Key').fill(secret);
    expect(await textbox('API Key').getAttribute('type')).toBe('password');
    await run();
    await page.locator('[data-verdict=passed]').waitFor();
    expect(ext.seen[0]?.headers['x-api-key']).toBe(secret);
    await page.getByRole('radio', { name: 'Request' }).click();
    await page.locator('.headers').getByText('******').waitFor();
    expect(await page.locator('pb-builder-test').evaluate((tab) => tab.shadowRoot?.textContent ?? '')).not.toContain(
      secret,
    );

    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
    );
    expect(kept).not.toContain(secret);
    const { _source } = await studio.installation.client.call('getConnector', { params: { id } });
    expect(JSON.stringify(_source)).not.toContain(secret);
    await page.reload();
    await textbox('API Key').waitFor();
    expect(await textbox('API Key').inputValue()).toBe('');
  });

  it('shows differences from the schema, mends them, saves the sample and marks what changed since', async () => {
    const id = await openDraft(studio, weatherBody(ext.url, { name: 'Different' }), 'test');
    answer({ name: 'London', main: { temp: 11.3, humidity: 'x' }, wind: 3 });
    await textbox('q').fill('London');
    await run();
    await page.locator('[data-difference="/main/humidity"]').waitFor();
    await page.getByRole('heading', { name: '2 differences from the schema' }).waitFor();
    await page.locator('.matrix [data-state=failed]').waitFor();
    await page.locator('pb-json-view .is-bad').getByText('"x"').waitFor();

    await page.getByRole('button', { name: 'Make text: /main/humidity' }).click();
    await page.getByRole('button', { name: 'Add field: /wind' }).click();
    await page.getByRole('button', { name: 'Save as sample' }).click();
    await untilSaved(page);
    const operation = async () =>
      (await studio.installation.client.call('getConnector', { params: { id } }))._source.operations?.[0];
    await expect.poll(operation, { timeout: 15_000 }).toMatchObject({
      response_schema: {
        properties: { main: { properties: { humidity: { type: 'string' } } }, wind: { type: 'number' } },
      },
      sample: { input: { q: 'London' }, output: { wind: 3 } },
    });
    await page.locator('.matrix [data-state=changed]').waitFor();
    await run();
    await page.locator('[data-verdict=passed]').waitFor();
    await page.getByRole('radio', { name: /^Log/ }).click();
    expect(await page.getByRole('list', { name: 'Calls of this visit' }).getByRole('listitem').count()).toBe(2);

    // The answer is there for the schema editor too.
    await page
      .locator('pb-tabs')
      .getByRole('link', { name: /^Operations/ })
      .click();
    await page.getByRole('tab', { name: 'Response' }).click();
    await page.getByRole('button', { name: 'Remove wind' }).click();
    await page.getByRole('button', { name: /^Infer from last response/ }).click();
    await textbox('Name of wind').waitFor();
    expect(await textbox('Description of main.temp').inputValue()).toBe('Temperature');
  });

  it('runs all: what only reads first, what changes something only after a yes; an error comes with its hint', async () => {
    const [read] = weatherBody(ext.url).operations ?? [];
    if (read === undefined) throw new Error('cannot happen: the body has an operation');
    const write = {
      ...read,
      name: 'set_station',
      display_name: 'Set station',
      method: 'POST' as const,
      parameters: [],
    };
    const plain = { ...read, parameters: [] };
    await openDraft(studio, weatherBody(ext.url, { name: 'All', operations: [write, plain] }), 'test');
    answer(good);
    await page.getByRole('button', { name: 'Run all' }).click();
    const dialog = page.locator('body > pb-dialog');
    await dialog.getByText('Set station (POST)').waitFor();
    expect(ext.seen.map(({ method }) => method)).toEqual(['GET']);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('1 of 2 pass').waitFor();
    expect(ext.seen).toHaveLength(1);

    await page.getByRole('button', { name: 'Run all' }).click();
    await dialog.getByRole('button', { name: 'Run it' }).click();
    await page.getByText('2 of 2 pass').waitFor();
    expect(ext.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);

    answer({ message: 'broken' }, 500);
    await run();
    await page.locator('[data-verdict=failed]').waitFor();
    expect(await page.locator('[data-status]').textContent()).toBe('500');
  });

  it('DI-87x checks a given answer without a call', async () => {
    await openDraft(studio, weatherBody(ext.url, { name: 'Mocked' }), 'test');
    answer(good);
    await textbox('q').fill('London');
    await page.getByRole('button', { name: 'Check an answer without a call' }).click();
    await textbox('An answer of the API, as JSON').fill('{"name": 7}');
    await textbox('Status').fill('20');
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText('A number from 100 to 599.').waitFor();
    await textbox('Status').fill('200');
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.locator('[data-difference="/name"]').waitFor();
    expect(ext.seen).toEqual([]);
    await page.locator('.matrix [data-state=none]').waitFor();
  });

  it('has no violation of axe with an answer, light and dark', async () => {
    await openDraft(studio, weatherBody(ext.url, { name: 'Axe', auth_scheme: byApiKey }), 'test');
    answer({ name: 5 });
    await textbox('API Key').fill(secret);
    await textbox('q').fill('London');
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-difference]').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await findViolations(page), colorScheme).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    expect(studio.complaints).toEqual([]);
  });
});
