/**
 * Takes the two pictures of the README from the real app: `node test/e2e/readme-pictures.ts`.
 * Starts a Patchbay of its own, sends the demo flow an order, and photographs the editor and that run.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '@patchbay/tooling';
import { startInstallation } from '../system/installation.ts';

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const demoFlow = 'Order intake';
const shownStep = 'reserve_item';

await mkdir(folder, { recursive: true });
const installation = await startInstallation();
const browser = await launchChromium();
try {
  const flow = await findFlow();
  const runId = await sendOrder(flow);
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  await page.goto(installation.signInLink ?? '');
  await page.getByRole('button', { name: 'Not now' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  const shoot = async (path: string, name: string): Promise<void> => {
    await page.goto(`${installation.url}/app${path}`);
    await page.getByRole('treeitem').first().waitFor();
    await page.locator('pb-skeleton').first().waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: `${folder}${name}.png` });
  };
  await shoot(`/flows/${flow.id}?step=${shownStep}`, 'canvas');
  await shoot(`/runs/${runId}`, 'run');
} finally {
  await browser.close();
  await installation.dispose();
}

async function findFlow() {
  const { hits } = (await installation.client.call('searchFlows', { query: { query: demoFlow } })).hits;
  const id = hits[0]?._id ?? '';
  return (await installation.client.call('getFlow', { params: { id } }))._source;
}

async function sendOrder(flow: Awaited<ReturnType<typeof findFlow>>): Promise<string> {
  const { body } = flow.document.samples['trigger'] as { body: unknown }; // the demo flow brings a sample order
  await fetch(flow.webhook?.url ?? '', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const { hits } = (await installation.client.call('searchRuns', { query: { flowId: flow.id, size: 1 } })).hits;
  return hits[0]?._id ?? '';
}
