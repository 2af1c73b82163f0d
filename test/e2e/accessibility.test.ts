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
  '/nowhere',
];
/** Screens that look different when there is nothing to list. */
const lists = ['/', '/flows', '/runs', '/connections', '/connections/new', '/marketplace', '/settings/tokens'];

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

  const check = async (page: Page, route: string): Promise<string[]> => {
    await page.goto(`${fake.url}/app${route}`);
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await page.locator('pb-skeleton').first().waitFor({ state: 'detached' });
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
});
