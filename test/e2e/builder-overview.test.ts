import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, untilSaved, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';
import { tabTo } from './support/keyboard.ts';
import { createWeatherConnector, readConnector, startWeather, type Weather } from './support/weather-connector.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe('the Overview of the Connector Builder', () => {
  let studio: Studio;
  let weather: Weather;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  const openDraft = async (name: string): Promise<string> => {
    const id = await createWeatherConnector(studio.installation.client, weather, { name });
    await studio.open(`/connectors/${id}/overview`);
    await studio.page.getByRole('heading', { level: 1, name }).waitFor();
    return id;
  };

  it('DI-04 DI-66 a new connector opens the tabs in their order; Save stores it as a draft', async () => {
    const { page } = studio;
    await studio.open('/connectors/new');
    const tabs = page.getByRole('navigation', { name: 'Connector Builder' }).getByRole('link');
    await tabs.first().waitFor();
    expect(await tabs.allInnerTexts()).toEqual([
      ...['Overview', 'Auth & Credentials', 'Operations', 'Resilience', 'Test', 'Publish'],
    ]);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('OpenWeatherMap');
    expect(await page.getByRole('textbox', { name: 'Slug' }).inputValue()).toBe('openweathermap');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await untilSaved(page);
    await page.waitForURL(/\/connectors\/(?!new)[^/]+\/overview$/);
    expect(await readConnector(studio.installation.client, 'openweathermap')).toMatchObject({
      ...{ name: 'OpenWeatherMap', slug: 'openweathermap', stage: 'draft' },
    });
    expect(studio.complaints).toEqual([]);
  });

  it('keeps what was typed before the first save, and offers it on the next visit', async () => {
    const { page } = studio;
    await studio.open('/connectors/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Half done');
    await page.reload();
    await page.getByRole('button', { name: 'Restore them' }).click();
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Half done');
    await page.getByRole('button', { name: 'Save draft' }).click();
    await untilSaved(page);
    await studio.open('/connectors/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'Restore them' }).count()).toBe(0);
  });

  it('ZO-16 ZO-17 ZO-18 ZO-19 a draft is edited at once; who changed it last and when; a section from the left pane', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await openDraft('Edited');
    const before = await readConnector(client, id);
    expect(await page.locator('[data-fact=by]').innerText()).toBe(before.updated_by);
    expect(await page.locator('[data-fact=when]').getAttribute('datetime')).toBe(before.updated);
    for (const name of ['Name', 'Slug', 'Description', 'Category', 'Base URL', 'Documentation URL']) {
      expect(await page.getByRole('textbox', { name, exact: true }).isEnabled(), name).toBe(true);
    }

    const pane = page.getByRole('navigation', { name: 'Sections' });
    await pane.getByRole('button', { name: 'Addresses' }).click();
    const section = page.getByRole('region', { name: 'Addresses' });
    expect(await section.evaluate((element) => element.matches(':focus'))).toBe(true);

    await page.getByRole('textbox', { name: 'Description' }).fill('Changed.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await untilSaved(page);
    await page.reload();
    await page.getByRole('textbox', { name: 'Description' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Description' }).inputValue()).toBe('Changed.');
    const after = await readConnector(client, id);
    expect(Date.parse(after.updated)).toBeGreaterThan(Date.parse(before.updated));
  });

  it('ZO-18 every tab has what it is made of in a left pane, with a mark on what is shown, also by keyboard', async () => {
    const { page } = studio;
    const id = await createWeatherConnector(studio.installation.client, weather, { name: 'Paned' });
    const pane = page.getByRole('navigation', { name: 'Sections' });
    const entry = (name: string): Locator => pane.getByRole('button', { name, exact: true });
    const tabs = [
      ['overview', 'Addresses', 'Addresses'],
      ['auth', 'Credential fields', undefined],
      ['resilience', 'Circuit breaker', 'Circuit breaker'],
      ['publish', 'Versions', 'Versions'],
    ] as const;
    for (const [tab, name, region] of tabs) {
      await studio.open(`/connectors/${id}/${tab}`);
      await entry(name).waitFor();
      await tabTo(page, new RegExp(`^${name}$`));
      await page.keyboard.press('Enter');
      await expect.poll(() => entry(name).getAttribute('aria-current')).toBe('true');
      expect(await pane.locator('[aria-current=true]').count()).toBe(1);
      if (region === undefined) continue;
      const section = page.getByRole('region', { name: region, exact: true });
      expect(await section.evaluate((element) => element.matches(':focus'))).toBe(true);
    }
    // The mark follows the focus; operations and tests have their operations in the left pane.
    await studio.open(`/connectors/${id}/resilience`);
    await page.getByRole('textbox', { name: 'Rate Limit' }).focus();
    await expect.poll(() => entry('Rate limit').getAttribute('aria-current')).toBe('true');
    for (const tab of ['operations', 'test']) {
      await studio.open(`/connectors/${id}/${tab}`);
      const list = page.locator('.ops');
      await list.getByText('Get weather').first().waitFor();
      const right = await list.evaluate((element) => element.getBoundingClientRect().right);
      expect(right).toBeLessThan(560);
    }
  });

  it('saves by itself, undoes and redoes, and names the field that the server refused', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await openDraft('Typed');
    const category = page.getByRole('textbox', { name: 'Category' });
    await category.fill('Weather');
    await expect.poll(async () => (await readConnector(client, id)).category, { timeout: 15_000 }).toBe('Weather');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Undo/ }).click();
    expect(await category.inputValue()).not.toBe('Weather');
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Redo/ }).click();
    expect(await category.inputValue()).toBe('Weather');

    await page.getByRole('textbox', { name: 'Documentation URL' }).fill('not an address');
    await page.locator('[data-save=failed]').waitFor();
    const field = page.locator('pb-input[data-field=documentation_url]');
    expect(await field.locator('.help-bad').innerText()).not.toBe('');
    await page.getByRole('textbox', { name: 'Documentation URL' }).fill('https://docs.example.com/api');
    await untilSaved(page);
  });

  it('DI-10 DI-11 takes a PNG and an SVG as icon, refuses a GIF, and links to the documentation', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await openDraft('Pictured');
    const file = page.locator('pb-icon-upload input[type=file]');
    await file.setInputFiles({ name: 'logo.gif', mimeType: 'image/gif', buffer: Buffer.from('GIF89a') });
    await page.getByText('A GIF file cannot be an icon.').waitFor();
    expect((await readConnector(client, id)).icon).toBe('');

    await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: png });
    const preview = page.getByRole('img', { name: 'Icon at 64 pixels' });
    await preview.waitFor();
    expect(await preview.boundingBox()).toMatchObject({ width: 64, height: 64 });
    await untilSaved(page);
    expect((await readConnector(client, id)).icon).toMatch(/^data:image\/png;base64,/);

    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#246"/></svg>';
    await file.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(svg) });
    await expect
      .poll(async () => (await readConnector(client, id)).icon, { timeout: 15_000 })
      .toMatch(/^data:image\/svg/);

    await page.getByRole('textbox', { name: 'Documentation URL' }).fill('https://docs.example.com/api');
    const link = page.getByRole('link', { name: 'Open documentation' });
    expect(await link.getAttribute('href')).toBe('https://docs.example.com/api');
    await untilSaved(page);
  });

  it('ZO-29 ZO-30 once ready, every section is read-only and has an Edit of its own', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await openDraft('Ready one');
    await client.call('readyConnector', { params: { id }, body: {} });
    await page.reload();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    const baseUrl = page.getByRole('textbox', { name: 'Base URL' });
    await name.waitFor();
    expect([await name.isDisabled(), await baseUrl.isDisabled()]).toEqual([true, true]);

    await page.getByRole('button', { name: 'Edit Basic connector details' }).click();
    expect([await name.isEnabled(), await baseUrl.isDisabled()]).toEqual([true, true]);
    await name.fill('Never kept');
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect([await name.inputValue(), await name.isDisabled()]).toEqual(['Ready one', true]);

    await page.getByRole('button', { name: 'Edit Basic connector details' }).click();
    await name.fill('Kept');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await untilSaved(page);
    expect(await name.isDisabled()).toBe(true);
    expect(await readConnector(client, id)).toMatchObject({ name: 'Kept', stage: 'ready' });
    for (const tab of ['auth', 'operations', 'resilience']) {
      await studio.open(`/connectors/${id}/${tab}`);
      await page.getByRole('button', { name: /^Edit/ }).first().waitFor();
    }
  });

  it('shows a package with code read-only, without tabs for what was not written here', async () => {
    const { page } = studio;
    const rows = (await studio.installation.client.call('searchConnectors', { query: { size: 200 } })).hits.hits;
    const packaged = rows.find((row) => row._source.origin.kind !== 'builder')?._source;
    await studio.open(`/connectors/${packaged?.slug ?? ''}/overview`);
    const tabs = page.getByRole('navigation', { name: 'Connector Builder' }).getByRole('link');
    await tabs.first().waitFor();
    expect(await tabs.allInnerTexts()).toEqual(['Overview', 'Publish']);
    expect(await page.getByRole('textbox', { name: 'Name', exact: true }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
  });

  it('asks when somebody else saved in between, and keeps what the person chooses', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await openDraft('Shared');
    await client.call('updateConnector', { params: { id }, body: { category: 'Theirs' } });
    await page.getByRole('textbox', { name: 'Description' }).fill('Mine.');
    await page.getByText('Somebody else saved this connector').waitFor();
    await page.getByRole('button', { name: 'Keep my edits' }).click();
    await untilSaved(page);
    expect(await readConnector(client, id)).toMatchObject({ category: 'Theirs', description: 'Mine.' });
    expect(studio.complaints).toEqual([]);
  });

  it('axe finds no violation on the tabs, light and dark, wide and narrow', async () => {
    const { page } = studio;
    const id = await openDraft('Looked at');
    const violations: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(colorScheme === 'light' ? { width: 1440, height: 900 } : { width: 1024, height: 768 });
      for (const tab of ['overview', 'auth', 'publish']) {
        await studio.open(`/connectors/${id}/${tab}`);
        await page.getByText('Last modification').waitFor();
        await page.locator('pb-skeleton').first().waitFor({ state: 'detached' });
        violations.push(...(await findViolations(page)).map((violation) => `${tab} ${colorScheme}: ${violation}`));
      }
      await studio.open('/help/connector-builder');
      await page.getByRole('heading', { level: 1, name: 'Building a connector' }).waitFor();
      violations.push(...(await findViolations(page)));
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(violations).toEqual([]);
  });
});
