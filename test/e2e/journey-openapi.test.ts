import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, untilSaved, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';
import { tabTo } from './support/keyboard.ts';
import { petDescription, startPetHouse } from './support/pets.ts';

describe('J2 a connector from an OpenAPI description', () => {
  let studio: Studio;
  let page: Page;
  let house: Awaited<ReturnType<typeof startPetHouse>>;
  beforeAll(async () => {
    [studio, house] = await Promise.all([openStudio(), startPetHouse()]);
    page = studio.page;
  }, 240_000);
  afterAll(async () => {
    await house.close();
    await studio.close();
  });

  const connectorId = (): string => /connectors\/([^/]+)\//.exec(page.url())?.[1] ?? '';
  const read = async () =>
    (await studio.installation.client.call('getConnector', { params: { id: connectorId() } }))._source;
  const openImport = async (): Promise<void> => {
    await studio.open('/connectors/new/operations');
    await page.locator('pb-empty').getByRole('button', { name: 'Import from OpenAPI' }).click();
    await page.getByRole('dialog').waitFor();
  };
  /** The difference stands beside the list; it was chosen by looking at it, and that is to be taken back. */
  const showsWhatAnImportWouldReplace = async (): Promise<void> => {
    await option('GET /pets').click();
    const detail = page.locator('pb-openapi-import');
    await detail.getByText(/Edited by hand since the last import/).waitFor();
    await detail.locator('.diff del', { hasText: 'All pets, edited by hand.' }).waitFor();
    expect(await option('GET /pets').getAttribute('aria-selected')).toBe('true');
  };
  const option = (key: string) => page.locator(`pb-import-list [data-key="${key}"]`);

  it('J2 with the mouse: a file, a choice, one credential, the reading operations pass; a second import shows what differs', async () => {
    await openImport();
    expect(await findViolations(page)).toEqual([]);
    const buffer = Buffer.from(JSON.stringify(house.description));
    await page
      .locator('pb-import-source input[type=file]')
      .setInputFiles({ name: 'pets.json', mimeType: 'application/json', buffer });
    await page.getByRole('dialog', { name: 'Import Pet house' }).waitFor();
    const dialog = page.locator('pb-openapi-import');
    await dialog.getByText('OpenAPI 3.0').waitFor();
    await dialog.getByText(`${house.url}/v1`).first().waitFor();
    await dialog.getByText('API key').waitFor();
    await dialog.getByText('3 operations chosen').waitFor();
    expect(await findViolations(page)).toEqual([]);
    // What is not supported is there, with its reason, and cannot be chosen.
    expect(await option('HEAD /house').getAttribute('aria-disabled')).toBe('true');
    await option('HEAD /house').click({ force: true });
    await dialog.locator('.help-bad', { hasText: 'HEAD' }).waitFor();
    await dialog.getByText('3 operations chosen').waitFor();
    await option('POST /pets').click();
    await dialog.getByText('2 operations chosen').waitFor();
    await option('POST /pets').click();
    await dialog.getByRole('button', { name: 'Create the connector' }).click();
    await page.getByText('3 operations are imported').waitFor();
    await page.waitForURL(/connectors\/[0-9A-Z]{26}\/operations/);
    await page.locator('pb-operation-list li').nth(2).waitFor();
    await page.getByText(/From pets\.json/).waitFor();

    // Authentication is prefilled; the test asks for one credential and runs what only reads.
    expect((await read()).auth_scheme).toMatchObject({
      type: 'api_key',
      parameters: [{ key: 'X-Pet-Key', location: 'header' }],
    });
    await page.locator('pb-tabs').getByRole('link', { name: /^Test/ }).click();
    const credential = page.locator('pb-builder-test .credentials pb-input');
    await credential.first().waitFor();
    expect(await credential.count()).toBe(1);
    await credential.locator('input').fill('wrong');
    await page.getByRole('button', { name: 'Run all' }).click();
    await page.locator('body > pb-dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.locator('.matrix [data-state=failed]').nth(1).waitFor();
    await page.locator('pb-tabs').getByRole('link', { name: 'Test 2' }).waitFor(); // the problems sit on the tab

    await credential.locator('input').fill('meow');
    await page.getByRole('button', { name: 'Run all' }).click();
    await page.locator('body > pb-dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('2 of 3 pass').waitFor();

    // An edit by hand, a changed description: the import shows both and takes only what it may.
    await page
      .locator('pb-tabs')
      .getByRole('link', { name: /^Operations/ })
      .click();
    await page.locator('pb-operation-list').getByText('List pets').click();
    await page.getByRole('textbox', { name: 'Description optional', exact: true }).fill('All pets, edited by hand.');
    await untilSaved(page);
    const next = petDescription(house.url, {
      '/doors': { get: { operationId: 'listDoors', summary: 'List doors', responses: {} } },
    });
    delete (next['paths'] as Record<string, unknown>)['/house'];
    await page.getByRole('button', { name: 'Import from OpenAPI' }).click();
    await page
      .locator('pb-import-source input[type=file]')
      .setInputFiles({ name: 'pets-2.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(next)) });
    await option('GET /pets').getByText('Edited by hand').waitFor();
    expect(await option('GET /pets').getAttribute('aria-selected')).toBe('false');
    expect(await option('GET /doors').getAttribute('aria-selected')).toBe('true');
    await page.getByText('1 operation is no longer in the description').waitFor();
    await showsWhatAnImportWouldReplace();
    await option('GET /pets').click();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.locator('pb-operation-list').getByText('List doors').waitFor();
    const { operations = [] } = await read();
    expect(operations.find(({ path }) => path === '/pets')?.description).toBe('All pets, edited by hand.');
    expect(operations.map(({ display_name: title }) => title).toSorted()).toEqual(
      ['Add a pet', 'Get the house', 'List doors', 'List pets'].toSorted(),
    );
    expect(studio.complaints).toEqual([]);
  });

  it('J2 with the keyboard only: an address, a choice, a credential, a passed test', async () => {
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    await studio.open('/connectors/new/operations');
    await page.locator('pb-empty').waitFor();
    await tabTo(page, /^Import from OpenAPI$/);
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, /^File$/, 'Shift+Tab');
    await press('ArrowRight');
    await tabTo(page, /^Address of the description$/);
    await page.keyboard.type(`${house.url}/openapi.json`);
    await press('Enter');
    await page.getByRole('listbox', { name: 'Operations of the description' }).waitFor();
    await tabTo(page, /^Operations of the description$/);
    await press('End');
    await press('Home');
    await press('ArrowDown');
    await press(' ');
    await page.getByText('2 operations chosen').waitFor();
    await press(' ');
    await page.getByText('3 operations chosen').waitFor();
    await tabTo(page, /^Create the connector$/);
    await press('Enter');
    await page.waitForURL(/connectors\/[0-9A-Z]{26}\/operations/);
    await page.locator('pb-operation-list li').nth(2).waitFor();

    await tabTo(page, /^Try it$/);
    await press('Enter');
    await page.locator('pb-builder-test .credentials pb-input').waitFor();
    const label = (await page.locator('pb-builder-test .credentials label').first().textContent())?.trim() ?? '';
    await tabTo(page, new RegExp(`^${label}$`), 'Shift+Tab');
    await page.keyboard.type('meow');
    await tabTo(page, /^Get the house|^List pets/);
    await press('Enter');
    await press('Control+Enter');
    await tabTo(page, /^Run this operation/);
    await press('Enter');
    await page.locator('[data-verdict=passed]').waitFor();
    expect((await read()).test_results.some(({ passed, current }) => passed && current)).toBe(true);

    // An edit by hand, and the same address again: the edit is given up only by choosing that.
    await tabTo(page, /^Operations/, 'Shift+Tab');
    await press('Enter');
    await page.locator('pb-operation-list li').nth(2).waitFor();
    await tabTo(page, /List pets|Get the house|Add a pet/);
    await press('Home');
    await tabTo(page, /List pets/, 'ArrowDown');
    await press('Enter');
    await page.getByRole('textbox', { name: 'Description optional', exact: true }).waitFor();
    await tabTo(page, /^Description/);
    await press('Control+a');
    await page.keyboard.type('All pets, edited by hand.');
    await untilSaved(page);
    await tabTo(page, /^Import from OpenAPI$/, 'Shift+Tab');
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, /^File$/);
    await press('ArrowRight');
    await tabTo(page, /^Address of the description$/);
    await page.keyboard.type(`${house.url}/openapi.json`);
    await press('Enter');
    await option('GET /pets').getByText('Edited by hand').waitFor();
    expect(await option('GET /pets').getAttribute('aria-selected')).toBe('false');
    await tabTo(page, /^Operations of the description$/);
    await press('Home');
    for (let row = 0; row < 4; row += 1) {
      if (await option('GET /pets').evaluate((row) => row.classList.contains('is-cursor'))) break;
      await press('ArrowDown');
    }
    await page.locator('pb-openapi-import .diff del', { hasText: 'All pets, edited by hand.' }).waitFor();
    await press(' ');
    await page.getByText('1 operation chosen').waitFor();
    await tabTo(page, /^Import$/);
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await untilSaved(page);
    const list = (await read()).operations?.find(({ path, method }) => path === '/pets' && method === 'GET');
    expect(list?.description).not.toBe('All pets, edited by hand.');
    expect(studio.complaints).toEqual([]);
  });

  it('scrolls 1,500 operations as one list, and says why a text cannot be read', async () => {
    await openImport();
    await page.getByRole('radio', { name: 'Text' }).click();
    const text = page.getByRole('textbox', { name: 'The description' });
    await text.fill('not: [an api');
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByRole('alert').waitFor();
    const paths = Object.fromEntries(
      Array.from({ length: 1_500 }, (_, index) => [
        `/things/${index}`,
        { get: { operationId: `getThing${index}`, summary: `Get thing ${index}`, responses: {} } },
      ]),
    );
    await text.fill(
      JSON.stringify({ openapi: '3.0.0', info: { title: 'Many', version: '1' }, servers: [{ url: house.url }], paths }),
    );
    await page.getByRole('button', { name: 'Read it' }).click();
    await page.getByText('1500 operations chosen').waitFor();
    const list = page.getByRole('listbox', { name: 'Operations of the description' });
    expect(await list.getByRole('option').count()).toBeLessThan(60);
    await list.focus();
    const begun = performance.now();
    await page.keyboard.press('End');
    await option('GET /things/1499').waitFor();
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(await option('GET /things/1499').getAttribute('aria-posinset')).toBe('1500');
    await page.getByRole('searchbox', { name: 'Find an operation' }).fill('things/77');
    await page.getByText('All that are shown').waitFor();
    expect(studio.complaints).toEqual([]);
  });
});
