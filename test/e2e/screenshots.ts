/**
 * Takes every screen of a running Patchbay at two sizes and in both themes, for looking at them beside the reference pictures:
 *   node test/e2e/screenshots.ts <one-time sign-in link> [folder]
 */
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@patchbay/tooling';
import type { BrowserContext, Page } from 'playwright-core';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const;

/** Paths that are always there; those of the first flow, run, connection and connector are looked up. */
const fixedPaths = [
  '/',
  '/flows',
  '/runs',
  '/connections',
  '/connections/new',
  '/marketplace',
  '/connectors',
  '/settings/profile',
  '/settings/users',
  '/settings/tenants',
  '/settings/audit',
];

const [, , link, folder = join(tmpdir(), 'patchbay-screens')] = process.argv;
if (link === undefined) {
  process.stderr.write('Give the one-time sign-in link that the server printed.\n');
  process.exit(1);
}
await mkdir(folder, { recursive: true });
const origin = new URL(link).origin;
const browser = await launchChromium();
const context = await browser.newContext({ reducedMotion: 'reduce' });
const page = await context.newPage();
await page.goto(link);
await page
  .getByRole('button', { name: 'Not now' })
  .or(page.getByRole('navigation', { name: 'Main' }))
  .first()
  .waitFor();
for (const path of [...fixedPaths, ...(await foundPaths(context))]) await takeAll(page, path);
await browser.close();

async function takeAll(target: Page, path: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await target.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const size of sizes) {
      await target.setViewportSize(size);
      await target.goto(`${origin}/app${path}`);
      await target.locator('h1').first().waitFor({ state: 'attached' });
      await target.locator('pb-skeleton').first().waitFor({ state: 'detached' });
      await target.waitForLoadState('networkidle');
      await target.evaluate(() => document.fonts.ready.then(() => undefined));
      const name = path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home';
      await target.screenshot({ path: join(folder, `${name}-${colorScheme}-${size.width}.png`) });
    }
  }
  process.stdout.write(`${path}\n`);
}

async function foundPaths(from: BrowserContext): Promise<string[]> {
  const first = async (api: string): Promise<string | undefined> => {
    const answer = await from.request.get(`${origin}${api}?size=1`);
    const body = (await answer.json()) as { hits: { hits: { _id: string; _source: { slug?: string } }[] } };
    return body.hits.hits[0]?._source.slug ?? body.hits.hits[0]?._id;
  };
  const [flow, run, connection, connector] = await Promise.all(
    ['/flow/_search', '/run/_search', '/connection/_search', '/connector/_search'].map(first),
  );
  return [
    ...(flow === undefined ? [] : [`/flows/${flow}`]),
    ...(run === undefined ? [] : [`/runs/${run}`]),
    ...(connection === undefined ? [] : [`/connections/${connection}`]),
    ...(connector === undefined ? [] : [`/marketplace/${connector}`, `/marketplace/${connector}?tab=operations`]),
  ];
}
