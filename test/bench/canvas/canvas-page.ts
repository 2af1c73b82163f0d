import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Installation } from '../../system/installation.ts';
import { bigFlow } from './big-flow.ts';
import type { Gesture, PageHands } from './page-hands.ts';

/** An editor in Chromium with a large flow in it. */
export interface CanvasPage {
  /** Opens the flow anew; milliseconds until it can be used, from the arrival of its data and from the start of the page. */
  open(): Promise<{ readonly afterData: number; readonly afterOpen: number }>;
  /** Makes a gesture; also tells the processor time of the page's main thread for each frame, in milliseconds. */
  measure(hand: 'idle' | 'pan' | 'drag' | 'wheel'): Promise<Gesture & { readonly task: number }>;
  show(zoom: number | 'all'): Promise<void>;
  drop(): Promise<number>;
  /** Elements on the canvas, and megabytes of JavaScript heap after a collection. */
  size(): Promise<{ readonly elements: number; readonly heapMb: number }>;
  /** Profile of the main thread while `work` goes on, in the format of the browser's own tools. */
  profile(work: () => Promise<unknown>): Promise<unknown>;
}

/** Signs in and stores a flow of that many steps. The window is 1440 x 900. */
export async function openCanvasPage(
  installation: Installation,
  browser: Browser,
  stepCount: number,
): Promise<CanvasPage> {
  const { _id: id } = await installation.client.call('createFlow', { body: { document: bigFlow(stepCount) } });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  await page.addInitScript({ content: await handsScript() });
  await page.goto(installation.signInLink ?? '');
  await page.waitForURL((url) => !url.search.includes('token='));
  const cdp = await context.newCDPSession(page);
  // Processor time, not time on the clock: what else the machine does is not counted.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    open: async () => {
      await page.goto(`${installation.url}/app/flows/${id}`);
      return readUsable(page, id);
    },
    measure: (hand) => measure({ page, cdp }, hand),
    show: (zoom) => page.evaluate((to) => window.benchHands.show(to), zoom),
    drop: () => page.evaluate(() => window.benchHands.drop()),
    size: async () => {
      await cdp.send('HeapProfiler.collectGarbage');
      const heap = await readMetric(cdp, 'JSHeapUsedSize');
      return { elements: await page.evaluate(() => window.benchHands.elementCount()), heapMb: heap / 1_048_576 };
    },
    profile: async (work) => {
      await cdp.send('Profiler.enable');
      await cdp.send('Profiler.start');
      await work();
      return (await cdp.send('Profiler.stop')).profile;
    },
  };
}

/** The hands as a script of the page: the file without its types. */
async function handsScript(): Promise<string> {
  return stripTypeScriptTypes(await readFile(join(import.meta.dirname, 'page-hands.ts'), 'utf8'));
}

async function readUsable(page: Page, flowId: string): Promise<{ afterData: number; afterOpen: number }> {
  await page.waitForFunction(() => window.benchUsableAt !== undefined);
  return page.evaluate((id) => {
    const usableAt = window.benchUsableAt ?? Number.NaN;
    const answers = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const answer = answers.find((entry) => entry.name.endsWith(`/flow/${id}`));
    return { afterData: usableAt - (answer?.responseEnd ?? Number.NaN), afterOpen: usableAt };
  }, flowId);
}

async function measure(
  { page, cdp }: { page: Page; cdp: CDPSession },
  hand: keyof Pick<PageHands, 'idle' | 'pan' | 'drag' | 'wheel'>,
): Promise<Gesture & { task: number }> {
  const before = await readMetric(cdp, 'TaskDuration');
  const gesture = await page.evaluate((name) => window.benchHands[name](), hand);
  const after = await readMetric(cdp, 'TaskDuration');
  return { ...gesture, task: ((after - before) * 1_000) / gesture.frames.length };
}

async function readMetric(cdp: CDPSession, name: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
}
