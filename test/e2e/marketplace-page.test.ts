import type { Locator } from 'playwright-core';
import type { CreateConnector } from '@patchbay/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeOf, openStudio, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';
import { createWeatherConnector, passWeatherTest, startWeather, type Weather } from './support/weather-connector.ts';

const responseSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'Name of the place' },
    main: {
      type: 'object',
      description: 'What was measured',
      properties: { temp: { type: 'number', description: 'Degrees Celsius' } },
    },
  },
};

describe('the marketplace and the page of a connector', () => {
  let studio: Studio;
  let weather: Weather;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  const publish = async (name: string): Promise<string> => {
    const { client } = studio.installation;
    const operation: NonNullable<CreateConnector['operations']>[number] = {
      ...{ name: 'get_weather', display_name: 'Get weather', description: 'Weather now.' },
      ...{ method: 'GET', path: '/weather', parameters: [], response_schema: responseSchema },
    };
    const extras: Partial<CreateConnector> = {
      documentation_url: 'https://docs.example.com/weather',
      operations: [operation],
    };
    const id = await createWeatherConnector(client, weather, { name, ...extras });
    await passWeatherTest(client, id);
    await client.call('publishConnector', { params: { id }, body: { visibility: 'enterprise', confirm: true } });
    return id;
  };
  const card = (name: string): Locator => studio.page.getByRole('article', { name, exact: true });

  it('several values of a filter are alternatives; filters of different kinds narrow; the address keeps them', async () => {
    const { page } = studio;
    await publish('Facet Weather');
    await studio.open('/marketplace');
    await card('Facet Weather').waitFor();
    const all = await page.getByRole('article').count();
    const filter = (name: string | RegExp): Locator => page.getByRole('checkbox', { name });
    await filter(/^Your tenant/).check();
    await page.waitForURL(/publisher=own/);
    await page.getByText('1 connector, 1 operation').waitFor();
    await filter(/^Patchbay/).check();
    await page.waitForURL(/publisher=own/);
    await expect.poll(() => page.getByRole('article').count(), { timeout: 20_000 }).toBe(all);
    await filter(/^API key/).check();
    await filter(/^Patchbay/).uncheck();
    await expect.poll(() => page.getByRole('article').count(), { timeout: 20_000 }).toBe(1);
    await page.reload();
    await card('Facet Weather').waitFor();
    expect(await filter(/^API key/).isChecked()).toBe(true);
    expect(await card('Facet Weather').innerText()).toContain('Private');
    expect(await findViolations(page)).toEqual([]);
  });

  it('orders by name, and leads to a connector of your own', async () => {
    const { page } = studio;
    await studio.open('/marketplace');
    await page.getByRole('button', { name: 'Best match' }).click();
    await page.getByRole('menuitemradio', { name: 'Name' }).click();
    await page.waitForURL(/sort=name/);
    const names = (): Promise<string[]> =>
      page.getByRole('article').evaluateAll((cards) => cards.map((each) => each.getAttribute('aria-label') ?? ''));
    await expect
      .poll(
        async () => {
          const shown = await names();
          return shown.every((name, index) => index === 0 || (shown[index - 1] ?? '').localeCompare(name) <= 0);
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await page.getByRole('link', { name: 'Make your own' }).click();
    await page.waitForURL(/\/connectors\/new$/);
  });

  it('CH-28 DI-08 DI-11 DI-50 the page of a connector has its description, fields with descriptions, and both links', async () => {
    const { page } = studio;
    const id = await publish('Page Weather');
    await studio.open('/marketplace/page-weather?tab=operations&operation=get_weather');
    await page.getByRole('heading', { level: 1, name: 'Page Weather' }).waitFor();
    await page.getByText('Weather for any place.').first().waitFor();
    for (const words of ['temp', 'Degrees Celsius', 'Name of the place', 'What was measured']) {
      await page.getByText(words, { exact: true }).first().waitFor();
    }
    const documentation = page.getByRole('link', { name: 'API of Page Weather' });
    expect(await documentation.getAttribute('href')).toBe('https://docs.example.com/weather');
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Edit in builder' }).click();
    await page.waitForURL((url) => url.pathname === `/app/connectors/${id}/overview`);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Page Weather' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Marketplace' }).click();
    await page.waitForURL((url) => url.pathname === '/app/marketplace');
    await page.getByRole('heading', { level: 1, name: 'Marketplace' }).waitFor();
  });

  it('ZO-03 card and page tell that a version is deprecated: version, date, replacement, link', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await publish('Old Weather');
    const body = { sunset_at: '2030-05-04T12:00:00.000Z', link: 'https://docs.example.com/move', reason: 'Too old.' };
    await client.call('createConnectorVersion', { params: { id }, body: { version: '2.0.0' } });
    await client.call('deprecateVersion', { params: { id, version: '1.0.0' }, body });
    const words = /1\.0\.0 is deprecated and ends on .*4 May.* 2030\./;
    await studio.open('/marketplace?q=old+weather');
    await card('Old Weather').getByText(words).waitFor();
    const more = (within: Locator): Promise<string | null> =>
      within.getByRole('link', { name: 'Learn more' }).first().getAttribute('href');
    expect(await more(card('Old Weather'))).toBe('https://docs.example.com/move');
    await studio.open('/marketplace/old-weather');
    await page.getByText(words).first().waitFor();
    await page.getByText('Too old.').waitFor();
    expect(await more(page.getByRole('main'))).toBe('https://docs.example.com/move');
    expect(await findViolations(page)).toEqual([]);
    expect(studio.complaints).toEqual([]);
  });

  it('ZO-03 connections, flow and palette tell it too', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await publish('Older Weather');
    const credentials = { api_key: 'k-1' };
    const { _id: connectionId } = await client.call('createConnection', {
      body: { connector: 'older-weather', name: 'Old account', authType: 'api_key', credentials },
    });
    const flow = await studio.openFlow({
      name: 'Still on the old one',
      steps: {
        look: {
          ...{ key: 'look', kind: 'operation', title: 'Look', connector: 'older-weather', version: '1.0.0' },
          ...{ operation: 'get_weather', input: {}, connectionId },
        },
      },
      scopes: { root: { steps: ['look'], edges: [] } },
    });
    const body = { sunset_at: '2030-05-04T12:00:00.000Z', link: 'https://docs.example.com/move' };
    await client.call('deprecateVersion', { params: { id, version: '1.0.0' }, body });
    const tells = async (place: Locator, words: RegExp): Promise<void> => {
      const banner = place.locator('.deprecation').filter({ hasText: words });
      await banner.first().waitFor();
      const link = banner.first().getByRole('link', { name: 'Learn more' });
      expect(await link.getAttribute('href')).toBe('https://docs.example.com/move');
      expect(await findViolations(page)).toEqual([]);
    };
    const named = /Older Weather 1\.0\.0 is deprecated and ends on 4 May 2030\./;
    const plain = /1\.0\.0 is deprecated and ends on 4 May 2030\./;
    await studio.open('/connections');
    await tells(page.locator('pb-connections-screen'), named);
    await studio.open(`/connections/${connectionId}`);
    await tells(page.locator('pb-connection-screen'), named);
    await studio.open(`/flows/${flow}`);
    await nodeOf(page, 'Look').click();
    await tells(page.locator('pb-step-update'), plain);
    await page.locator('pb-palette').getByRole('searchbox', { name: 'Find a step' }).fill('older weather');
    await tells(page.locator('pb-palette [data-connector=older-weather]'), plain);
    await studio.open(`/connectors/${id}/lifecycle`);
    await tells(page.locator('pb-connector-lifecycle'), plain);
    expect(studio.complaints).toEqual([]);
  });
});
