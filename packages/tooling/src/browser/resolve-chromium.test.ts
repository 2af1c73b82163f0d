import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { launchChromium } from './launch-chromium.ts';
import { resolveChromium } from './resolve-chromium.ts';

const folder = await mkdtemp(join(tmpdir(), 'patchbay-chromium-'));
const installed = join(folder, 'chromium');
await writeFile(installed, '#!/bin/sh\n');
await chmod(installed, 0o755);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('resolveChromium', () => {
  it('takes CHROMIUM_PATH before one of the system', async () => {
    const env = { CHROMIUM_PATH: process.execPath, PATH: folder };
    expect(await resolveChromium(env)).toEqual({ executablePath: process.execPath, env: {} });
    expect(await resolveChromium({ PATH: folder })).toEqual({ executablePath: installed, env: {} });
  });

  it('says so when CHROMIUM_PATH names nothing', async () => {
    await expect(resolveChromium({ CHROMIUM_PATH: '/nowhere' })).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});

describe('launchChromium', () => {
  it('starts a browser that runs a page', async () => {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.setContent('<h1>Patchbay</h1>');
      expect(await page.getByRole('heading').textContent()).toBe('Patchbay');
    } finally {
      await browser.close();
    }
  }, 60_000);
});
