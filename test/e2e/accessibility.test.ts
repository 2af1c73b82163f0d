import { launchChromium } from '@patchbay/tooling';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findViolations } from './support/axe.ts';
import { requireBuiltApp, startFakeApi, type FakeApi, type FakeMode } from './support/fake-api.ts';

const routes = [
  '/',
  '/flows',
  '/flows?import=1',
  '/runs',
  '/connections',
  '/connections/new',
  '/connections/new?connector=stockroom',
  '/connections/c2',
  '/marketplace',
  '/marketplace?q=reserve',
  '/marketplace/stockroom',
  '/marketplace/stockroom?tab=operations&operation=reserveStock',
  '/marketplace/stockroom?tab=versions',
  '/marketplace/stockroom?tab=resilience',
  '/settings/profile',
  '/settings/tokens',
  '/settings/users',
  '/settings/tenants',
  '/settings/audit',
  '/connectors',
  '/nowhere',
];
/** Screens that look different when there is nothing to list. */
const lists = [
  '/',
  '/flows',
  '/runs',
  '/connections',
  '/connections/new',
  '/marketplace',
  '/connectors',
  '/settings/tokens',
  '/settings/audit',
];

describe('axe finds no violation', () => {
  let browser: Browser;
  let fake: FakeApi;

  beforeAll(async () => {
    await requireBuiltApp();
    [browser, fake] = await Promise.all([launchChromium(), startFakeApi()]);
  });
  afterAll(async () => {
    await browser.close();
    await fake.close();
  });

  const open = async (theme: 'light' | 'dark', width = 1440): Promise<Page> => {
    const context = await browser.newContext({
      bypassCSP: true,
      colorScheme: theme,
      reducedMotion: 'reduce',
      viewport: { width, height: 900 },
    });
    return context.newPage();
  };

  const show = async (page: Page, route: string): Promise<void> => {
    await page.goto(`${fake.url}/app${route}`);
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await page.locator('pb-skeleton').first().waitFor({ state: 'detached' });
  };

  const check = async (page: Page, route: string): Promise<string[]> => {
    await show(page, route);
    return (await findViolations(page)).map((violation) => `${route}: ${violation}`);
  };

  for (const theme of ['light', 'dark'] as const) {
    for (const mode of ['filled', 'empty', 'error'] satisfies FakeMode[]) {
      it(`on every list screen, ${theme}, ${mode}`, async () => {
        fake.mode = mode;
        fake.isSignedIn = true;
        const page = await open(theme);
        const violations: string[] = [];
        for (const route of mode === 'empty' ? lists : routes) violations.push(...(await check(page, route)));
        await page.context().close();
        expect(violations).toEqual([]);
      });
    }

    it(`on the sign-in page, ${theme}`, async () => {
      fake.isSignedIn = false;
      const page = await open(theme);
      expect(await check(page, '/sign-in')).toEqual([]);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.context().close();
    });

    it(`with menus and dialogs open, ${theme}`, async () => {
      fake.mode = 'filled';
      fake.isSignedIn = true;
      const page = await open(theme, 1000);
      await check(page, '/flows');
      await page.getByRole('button', { name: 'Actions for Order intake' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('alertdialog').waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.context().close();
    });
  }

  it('and no screen is cut off at 320 px, as with a zoom of 400 %', async () => {
    fake.mode = 'filled';
    fake.isSignedIn = true;
    const page = await open('light', 320);
    const cut: string[] = [];
    for (const route of routes) {
      await show(page, route);
      const isCut = await page.evaluate(() => {
        const main = document.querySelector('pb-app')?.shadowRoot?.querySelector('main');
        return main === null || main === undefined || main.scrollWidth > main.clientWidth;
      });
      if (isCut) cut.push(route);
    }
    await page.context().close();
    expect(cut).toEqual([]);
  });

  it('and nothing moves for those who want less motion', async () => {
    const page = await open('light');
    await show(page, '/runs');
    const moving = await page.evaluate(
      () => document.getAnimations().filter((one) => one.playState === 'running').length,
    );
    await page.context().close();
    expect(moving).toBe(0);
  });

  it('a lost connection is said at once, and gone when the server is back', async () => {
    const page = await open('light');
    await show(page, '/flows');
    await page.context().setOffline(true);
    await page.getByRole('searchbox', { name: 'Find a flow' }).fill('order');
    await page.getByText(/Connection lost/).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Retry now' }).click();
    await page.getByText(/Connection lost/).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Order intake' }).waitFor();
    await page.context().close();
  });
});
