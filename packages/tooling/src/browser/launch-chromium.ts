import { readEnvironment } from '@patchbay/config';
import type { Browser } from 'playwright-core';
import { resolveChromium } from './resolve-chromium.ts';

/** What a test may add to the launch. */
export interface LaunchChromiumOptions {
  /** Command line flags beside ours. */
  readonly args?: readonly string[];
  /** Longest wait for the browser, by default 60 s: a busy machine with two cores takes a while. */
  readonly timeoutMs?: number;
}

/** No call home, no throttling of what is not in front, the same colours and fonts on every machine. */
const steadyFlags = [
  '--disable-background-networking',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-domain-reliability',
  '--disable-renderer-backgrounding',
  '--disable-sync',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

/** Starts a real headless Chromium. The sandbox is off only for root, for whom Chromium has none. The caller closes it. */
export async function launchChromium(options: LaunchChromiumOptions = {}): Promise<Browser> {
  const [{ chromium }, binary] = await Promise.all([import('playwright-core'), resolveChromium()]);
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: binary.executablePath,
    env: { ...definedOnly(readEnvironment()), ...binary.env },
    args: [...steadyFlags, ...(isRoot ? ['--no-zygote'] : []), ...(options.args ?? [])],
    chromiumSandbox: !isRoot,
    timeout: options.timeoutMs ?? 60_000,
  });
}

function definedOnly(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}
