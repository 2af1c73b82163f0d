import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, untilSaved, type Studio } from './harness.ts';
import { createWeatherConnector, readConnector, startWeather, type Weather } from './support/weather-connector.ts';

/** Presses Tab until the element has the focus, as a person does who uses no mouse. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(target)} is not reached by Tab`);
}

/** J3 of the design: mark ready, publish with scope and note, use it; a catalogue version is read-only with New version. */
describe('J3 publish a connector', () => {
  let studio: Studio;
  let weather: Weather;
  beforeAll(async () => {
    [studio, weather] = await Promise.all([openStudio(), startWeather()]);
  }, 180_000);
  afterAll(async () => {
    await studio.close();
    await weather.close();
  });

  const make = (name: string): Promise<string> =>
    createWeatherConnector(studio.installation.client, weather, {
      name,
      auth_scheme: { type: 'bearer', credential_schema: [] },
    });

  it('J3 with the mouse: reasons as links, scope and note, impact, Use in a flow; then only New version', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await make('Mouse weather');
    await studio.open(`/connectors/${id}/publish`);

    // Mark as Ready is off; its reason leads to what is missing.
    const ready = page.getByRole('button', { name: 'Mark as Ready' });
    await ready.waitFor();
    expect(await ready.isDisabled()).toBe(true);
    await page.getByRole('link', { name: /^Complete the authentication details/ }).click();
    await page.getByRole('button', { name: 'Add field' }).click();
    await page.getByRole('combobox', { name: 'Type of Field 1' }).selectOption('password');
    await untilSaved(page);

    // The test of the operation is missing too: run it.
    await page.getByRole('link', { name: 'Publish', exact: true }).click();
    await page.getByRole('link', { name: /^Open test.*Get weather/ }).click();
    await runTheTest(page);
    await page.getByRole('link', { name: 'Publish', exact: true }).click();
    await page.getByRole('heading', { name: 'Ready to publish' }).waitFor();
    await ready.click();
    await page.getByText('Marked as ready').waitFor();

    await page.getByText('Catalogue', { exact: true }).click();
    await page.getByLabel('Notes for those who use it').fill('First.');
    await page.getByText('Nobody uses it yet.').waitFor();
    await page.getByRole('button', { name: 'Publish 1.0.0' }).click();
    await page.locator('pb-dialog').getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Mouse weather 1.0.0 is published.').waitFor();
    expect(await readConnector(client, id)).toMatchObject({ stage: 'published', visibility: 'catalogue' });

    // Read-only, with one button that goes on.
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.waitFor();
    expect(await name.isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'New version' }).count()).toBe(1);

    await page.getByRole('button', { name: 'Use in a flow' }).click();
    await page.waitForURL(/\/flows\/[^/?]+\?find=Mouse/);
    await page.getByText('Mouse weather').first().waitFor();
    expect(studio.complaints).toEqual([]);
  });

  it('J3 with the keyboard alone', async () => {
    const { page } = studio;
    const { client } = studio.installation;
    const id = await make('Keyboard weather');
    await studio.open(`/connectors/${id}/publish`);
    const press = async (target: Locator, key = 'Enter'): Promise<void> => {
      await tabTo(page, target);
      await page.keyboard.press(key);
    };

    await press(page.getByRole('link', { name: /^Complete the authentication details/ }));
    await press(page.getByRole('button', { name: 'Add field' }));
    await page.keyboard.type('Token');
    await tabTo(page, page.getByRole('combobox', { name: 'Type of Token' }));
    await page.keyboard.press('ArrowDown'); // to Password
    await page.keyboard.press('Control+s');
    await untilSaved(page);
    await expect
      .poll(async () => (await readConnector(client, id)).auth_scheme?.credential_schema, { timeout: 15_000 })
      .toMatchObject([{ name: 'token', type: 'password' }]);

    await tabBackTo(page, page.getByRole('link', { name: 'Test', exact: true }).first());
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByLabel('Token', { exact: true }));
    await page.keyboard.type('t-1');
    await press(page.getByRole('button', { name: /^Run this operation/ }));
    await page.getByText('200').first().waitFor();

    await tabBackTo(page, page.getByRole('link', { name: 'Publish', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ready to publish' }).waitFor();
    await tabTo(page, page.getByLabel('Notes for those who use it'));
    await page.keyboard.type('First.');
    await tabTo(page, page.getByRole('radio', { name: /^Enterprise/ }));
    await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { name: /^Catalogue/ }).isChecked()).toBe(true);
    await page.getByText('Nobody uses it yet.').waitFor();
    await press(page.getByRole('button', { name: 'Publish 1.0.0' }));
    await press(page.locator('pb-dialog').getByRole('button', { name: 'Publish', exact: true }));
    await page.getByText('Keyboard weather 1.0.0 is published.').waitFor();
    expect(await readConnector(client, id)).toMatchObject({ stage: 'published', visibility: 'catalogue' });

    // Read-only, with one button that goes on, which the keyboard reaches.
    await tabBackTo(page, page.getByRole('link', { name: 'Overview', exact: true }));
    await page.keyboard.press('Enter');
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.waitFor();
    expect(await name.isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
    await tabBackTo(page, page.getByRole('button', { name: 'New version' }));

    await press(page.getByRole('button', { name: 'Use in a flow' }));
    await page.waitForURL(/\/flows\/[^/?]+\?find=Keyboard/);
    expect(studio.complaints).toEqual([]);
  });
});

async function runTheTest(page: Page): Promise<void> {
  await page.getByLabel('Field 1', { exact: true }).fill('t-1');
  await page.getByRole('button', { name: /^Run this operation/ }).click();
  await page.getByText('200').first().waitFor();
}

async function tabBackTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Shift+Tab');
  }
  throw new Error(`${String(target)} is not reached by Shift+Tab`);
}
