import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from '@patchbay/tooling';
import { freePort, startInstallation, type Installation } from '../system/installation.ts';
import type { Bench } from './bench.ts';
import { rounded } from './statistics.ts';

const rounds = 3;

/** Time from starting `patchbay dev` on a folder that has data, to a page that a person can use. */
export const startBench: Bench = {
  name: 'second-start',
  run: async (note) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'patchbay-bench-'));
    const port = await freePort();
    const browser = await launchChromium();
    try {
      note('first start');
      await (await startInstallation({ dataDir, port })).stop();
      const times: number[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        note(`start ${round} of ${rounds}`);
        const begin = performance.now();
        const installation = await startInstallation({ dataDir, port });
        await openPage(browser, installation);
        times.push((performance.now() - begin) / 1_000);
        await installation.stop();
      }
      return [
        {
          name: 'second start until the page is usable',
          value: rounded(Math.max(...times), 2),
          unit: 's',
          goal: { atMost: 5 },
        },
      ];
    } finally {
      await browser.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
};

async function openPage(
  browser: Awaited<ReturnType<typeof launchChromium>>,
  installation: Installation,
): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${installation.url}/app/`);
  await page
    .getByLabel('E-mail')
    .or(page.getByRole('heading', { level: 1 }))
    .first()
    .waitFor();
  await page.close();
}
