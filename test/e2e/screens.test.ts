import { launchChromium } from '@patchbay/tooling';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startInstallation, type Installation } from '../system/installation.ts';

const password = 'a long sentence to remember';

/** One Patchbay for all tests of this file; each leaves it as it may, the names are its own. */
describe('the screens on a real Patchbay', () => {
  let installation: Installation;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const go = (path: string): Promise<unknown> => page.goto(`${installation.url}/app${path}`);

  beforeAll(async () => {
    [installation, browser] = await Promise.all([startInstallation(), launchChromium()]);
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        complaints.push(message.text());
    });
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await installation.dispose();
  });

  it('signs in by the one-time link, sets a password, signs out and in again', async () => {
    await page.goto(installation.signInLink ?? '');
    await page.getByRole('heading', { name: 'Set a password' }).waitFor();
    expect(page.url()).not.toContain('token=');
    await page.getByRole('textbox', { name: 'New password' }).fill('short');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByText('Use at least 12 characters.').waitFor();
    await page.getByRole('textbox', { name: 'New password' }).fill(password);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('heading', { level: 1, name: /live/ }).waitFor();

    const email = (await installation.client.call('searchUsers')).hits.hits[0]?._source.email ?? '';
    await page.getByRole('button', { name: /Account of/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await go('/runs');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('E-mail or password is wrong.').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
  });

  it('shows every list without a complaint of the browser', async () => {
    for (const path of [
      '/',
      '/flows',
      '/runs',
      '/connections',
      '/connections/new',
      '/marketplace',
      '/settings/users',
    ]) {
      await go(path);
      await page.locator('h1').first().waitFor();
      await page.locator('pb-skeleton').first().waitFor({ state: 'detached' });
      expect(await page.locator('pb-error').count(), path).toBe(0);
    }
    expect(complaints).toEqual([]);
  });

  it('finds a connector by what it does and opens its operations', async () => {
    await go('/marketplace');
    await page.getByRole('searchbox', { name: 'Search connectors and operations' }).fill('send mail');
    const card = page.getByRole('link', { name: /E-mail/ }).first();
    await page.waitForURL(/q=send/);
    await card.locator('mark').first().waitFor();
    await card.click();
    await page.getByRole('link', { name: /Operations/ }).click();
    await page.getByText('Send mail', { exact: true }).first().click();
    await page.getByRole('heading', { name: 'Needs' }).first().waitFor();
    expect(await page.title()).toBe('E-mail (SMTP) · Patchbay');
  });

  it('makes a token that is shown once, and a connection with it that is tested', async () => {
    await go('/settings/tokens');
    await page.getByLabel('Name').fill('Screens');
    await page.getByRole('button', { name: 'Create token' }).click();
    const token = (await page.locator('pb-copy-field code').textContent()) ?? '';
    expect(token).toMatch(/^pb_/);

    await go('/connections/new');
    await page.getByRole('link', { name: /Starts flows and reads runs/ }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Patchbay needs this.').first().waitFor();
    await page.getByLabel('Name').fill('Ourselves');
    await page.getByRole('textbox', { name: 'Address' }).fill(installation.url);
    await page.getByRole('textbox', { name: 'Token' }).fill(token);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Ourselves' }).waitFor();
    const row = page.getByRole('row', { name: /Ourselves/ });
    await row.getByText('Healthy').waitFor();

    const stored = await page.request.get(`${installation.url}/connection/_search?size=50`);
    expect(await stored.text()).not.toContain(token);
  });

  it('edits, disables and deletes a connection, and says why one in use stays', async () => {
    await go('/connections');
    await page.getByRole('button', { name: 'Actions for Ourselves' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByText('Ourselves is disabled').waitFor();
    await page.getByRole('button', { name: 'Actions for Ourselves' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete connection' }).click();
    await page.getByText('Ourselves was deleted').waitFor();
    await page.getByRole('link', { name: 'Ourselves' }).waitFor({ state: 'detached' });

    const used = (await installation.client.call('searchConnections', { query: { size: 50 } })).hits.hits.find(
      ({ _source }) => _source.usedBy.length > 0,
    )?._source;
    await page.getByRole('button', { name: `Actions for ${used?.name ?? ''}` }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('alertdialog', { name: /is in use/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  });

  it('duplicates, imports, exports and deletes flows', async () => {
    await go('/flows');
    const name =
      (await installation.client.call('searchFlows', { query: { sort: 'name' } })).hits.hits[0]?._source.name ?? '';
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Export as YAML' }).click();
    const text = await (await (await download).createReadStream()).toArray();
    const yaml = Buffer.concat(text).toString();
    expect(yaml).toContain('schemaVersion: 1');

    await page.getByRole('button', { name: 'Import' }).first().click();
    await page.getByLabel('Or paste its text').fill('name: broken');
    await page.getByRole('button', { name: 'Import', exact: true }).last().click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Or paste its text').fill(yaml.replace(/^name: .*$/m, 'name: Imported by hand'));
    await page.getByRole('button', { name: 'Import', exact: true }).last().click();
    await page.waitForURL(/\/app\/flows\/[^?]+$/);

    await go('/flows?q=Imported');
    await page.getByRole('button', { name: 'Actions for Imported by hand' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete flow' }).click();
    await page.getByRole('heading', { name: 'No flow fits' }).waitFor();
  });

  it('shows a new run without a reload, and keeps the filter in the address', async () => {
    await go('/runs');
    await page.locator('pb-skeleton').first().waitFor({ state: 'detached' });
    const flow = (await installation.client.call('searchFlows', { query: { query: 'World Bank' } })).hits.hits[0]
      ?._source;
    await installation.client.call('startRun', {
      body: { flowId: flow?.id ?? '', version: 'draft', input: { country: 'DE', indicator: 'SP.POP.TOTL' } },
    });
    await page
      .getByRole('link', { name: flow?.name ?? '' })
      .first()
      .waitFor();
    await page.getByLabel('State').selectOption('cancelled');
    await page.getByRole('heading', { name: 'No run fits' }).waitFor();
    expect(page.url()).toContain('state=cancelled');
    await page.goBack();
  });

  it('moves focus to the content, names the document and offers to skip the navigation', async () => {
    await go('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focusedText(page)).toBe('Skip to content');
    await page.getByRole('link', { name: 'Marketplace' }).click();
    await page.getByRole('heading', { level: 1, name: 'Marketplace' }).waitFor();
    expect(await page.title()).toBe('Marketplace · Patchbay');
    expect(await page.evaluate(() => document.querySelector('pb-app')?.shadowRoot?.activeElement?.tagName)).toBe(
      'MAIN',
    );
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: /live/ }).waitFor();
    await go('/nowhere');
    await page.getByText('There is nothing at this address').waitFor();
    expect(complaints).toEqual([]);
  });

  it('keeps the chosen theme', async () => {
    await go('/settings/profile');
    await page.getByRole('radio', { name: 'Dark' }).click();
    await page.reload();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await page.getByRole('radio', { name: 'System' }).click();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBeUndefined();
  });
});

const focusedText = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.querySelector('pb-app')?.shadowRoot?.activeElement?.textContent.trim());
