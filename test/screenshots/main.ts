import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '@patchbay/tooling';
import { startInstallation, type Installation } from '../system/installation.ts';

/**
 * Takes the pictures of the README from the real app: `node test/screenshots/main.ts` after `npm start` has built it.
 * With a folder as argument, every screen in both themes and two sizes goes there.
 */
const everything = process.argv[2];
const target = everything ?? join(import.meta.dirname, '../../docs/screenshots');
const order = (number: number): string =>
  JSON.stringify({
    id: String(58_210 + number),
    customer: { name: 'Ada Ober', email: 'ada@example.org' },
    lines: [
      { no: 1, sku: 'KB-0417', qty: 1 + (number % 4) },
      { no: 2, sku: 'MS-1101', qty: 2 },
      { no: 3, sku: number % 7 === 3 ? 'DK-5100' : 'CB-3001', qty: 3 },
    ],
  });

async function main(): Promise<void> {
  const installation = await startInstallation();
  const browser = await launchChromium();
  try {
    await mkdir(target, { recursive: true });
    const shots = await prepare(installation);
    const state = await signIn(browser, installation);
    for (const { theme, width } of everything === undefined ? [{ theme: 'light', width: 1440 } as const] : looks) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme: theme,
        storageState: state,
      });
      const page = await context.newPage();
      for (const [name, path] of everything === undefined ? readmeShots(shots) : allShots(shots)) {
        const suffix = everything === undefined ? '' : `-${width}-${theme}`;
        await takeShot(page, installation.url + path, join(target, `${name}${suffix}.png`));
      }
      await context.close();
    }
  } finally {
    await browser.close();
    await installation.dispose();
  }
}

const looks = (['light', 'dark'] as const).flatMap((theme) => [1440, 1024].map((width) => ({ theme, width })));

interface Subjects {
  readonly flowId: string;
  readonly runId: string;
}

const readmeShots = ({ flowId, runId }: Subjects): [string, string][] => [
  ['canvas', `/app/flows/${flowId}?step=reserve_item`],
  ['run', `/app/runs/${runId}?step=order_lines[0].reserve_item`],
];

const allShots = (subjects: Subjects): [string, string][] => [
  ...readmeShots(subjects),
  ['canvas-closed', `/app/flows/${subjects.flowId}`],
  ['home', '/app/'],
  ['flows', '/app/flows'],
  ['runs', '/app/runs'],
  ['connections', '/app/connections'],
  ['connection-new', '/app/connections/new?connector=postgres'],
  ['marketplace', '/app/marketplace'],
  ['connector', '/app/marketplace/postgres'],
  ['settings', '/app/settings'],
];

/** Sends some orders, so that there is something to see. */
async function prepare({ client, url }: Installation): Promise<Subjects> {
  const page = await client.call('searchFlows', { query: { query: 'Order intake' } });
  const flowId = page.hits.hits[0]?._id ?? '';
  const { webhook } = (await client.call('getFlow', { params: { id: flowId } }))._source;
  const hook = new URL(webhook?.url ?? '', url).href;
  for (let number = 0; number < 12; number += 1) {
    await fetch(hook, { method: 'POST', headers: { 'content-type': 'application/json' }, body: order(number) });
  }
  const runs = await client.call('searchRuns', { query: { flowId, size: 1 } });
  return { flowId, runId: runs.hits.hits[0]?._id ?? '' };
}

async function signIn(
  browser: Browser,
  installation: Installation,
): Promise<Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(installation.signInLink ?? installation.url);
  await page.waitForURL((address) => !address.pathname.endsWith('/sign-in'));
  const state = await context.storageState();
  await context.close();
  return state;
}

async function takeShot(page: Page, address: string, file: string): Promise<void> {
  await page.goto(address);
  await page.waitForLoadState('networkidle').catch(() => undefined); // A live run keeps its stream open.
  await page
    .locator('[aria-busy="true"]')
    .first()
    .waitFor({ state: 'detached' })
    .catch(() => undefined);
  await page.screenshot({ path: file });
}

await main();
