import { launchChromium } from '@patchbay/tooling';
import type { FlowDocument } from '@patchbay/flow-model';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { startInstallation, type Installation } from '../system/installation.ts';

/** A whole Patchbay (PostgreSQL, Temporal, server, worker) with a signed-in browser. */
export interface Studio {
  readonly installation: Installation;
  readonly browser: Browser;
  readonly page: Page;
  /** Errors of the page; a test ends with none. */
  readonly complaints: string[];
  /** Opens a path of the app, such as `/flows`. */
  open(path: string): Promise<void>;
  /** Creates a flow through the API and opens its editor; gives its id. */
  openFlow(document: Partial<FlowDocument> & { name: string }): Promise<string>;
  close(): Promise<void>;
}

/** What a studio is opened with. */
export interface StudioOptions {
  readonly viewport?: { width: number; height: number };
  readonly colorScheme?: 'light' | 'dark';
}

/** Starts everything and signs in by the one-time link. */
export async function openStudio(options: StudioOptions = {}): Promise<Studio> {
  const [installation, browser] = await Promise.all([startInstallation(), launchChromium()]);
  const { page, complaints } = await openPage(browser, options);
  await page.goto(installation.signInLink ?? '');
  await page.waitForURL((url) => !url.search.includes('token='));
  const open = async (path: string): Promise<void> => {
    await page.goto(`${installation.url}/app${path}`);
  };
  return {
    installation,
    browser,
    page,
    complaints,
    open,
    openFlow: async (document) => {
      const { _id } = await installation.client.call('createFlow', { body: { document: { ...blank, ...document } } });
      await open(`/flows/${_id}`);
      await canvasOf(page).locator('pb-flow-node[data-key=trigger]').waitFor();
      return _id;
    },
    close: async () => {
      await browser.close();
      await installation.dispose();
    },
  };
}

const blank: FlowDocument = {
  schemaVersion: 1,
  name: 'Flow',
  description: '',
  mode: 'auto',
  trigger: { kind: 'manual', title: 'Start by hand', inputSchema: { type: 'object', properties: {} } },
  steps: {},
  scopes: { root: { steps: [], edges: [] } },
  layout: { positions: {} },
  samples: {},
};

async function openPage(browser: Browser, options: StudioOptions): Promise<{ page: Page; complaints: string[] }> {
  const context: BrowserContext = await browser.newContext({
    viewport: options.viewport ?? { width: 1440, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    bypassCSP: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message));
  page.on('console', (message) => {
    const isNetwork = message.text().includes('Failed to load resource');
    if (message.type() === 'error' && !isNetwork) complaints.push(message.text());
  });
  return { page, complaints };
}

/** The canvas of the page. */
export const canvasOf = (page: Page): Locator => page.locator('pb-flow-canvas');

/** A node on the canvas, by the visible title. */
export const nodeOf = (page: Page, title: string): Locator =>
  canvasOf(page)
    .locator('pb-flow-node')
    .filter({ has: page.locator('.node-title', { hasText: new RegExp(`^${title}$`) }) });

/** Waits until the draft is stored. */
export async function untilSaved(page: Page): Promise<void> {
  await page.locator('[data-save=saved]').waitFor();
}

/** Drags from one point of the window to another, as a hand does. */
export async function dragBetween(
  page: Page,
  from: { x: number; y: number },
  to: { x: number; y: number },
): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 6 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

/** Middle of an element that stands still: the canvas may still be moving to what was added or undone. */
export async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  await locator.evaluate(async (element) => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const placeOf = (): string => JSON.stringify(element.getBoundingClientRect());
    for (let still = 0, place = placeOf(); still < 5;) {
      await frame();
      still = placeOf() === place ? still + 1 : 0;
      place = placeOf();
    }
  });
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`cannot happen: ${String(locator)} is not on the page`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
