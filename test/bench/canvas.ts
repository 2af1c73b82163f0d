import { launchChromium } from '@patchbay/tooling';
import { startInstallation } from '../system/installation.ts';
import type { Bench, Figure } from './bench.ts';
import { openCanvasPage, type CanvasPage } from './canvas/canvas-page.ts';
import { median, percentile, rounded } from './statistics.ts';

const rounds = 3;
const stepCount = 1_000;

/** The editor with 1,000 steps: frames of pan, drag and zoom, work for each frame, time until it can be used. */
export const canvasBench: Bench = {
  name: 'canvas',
  run: async (note) => {
    note('starting an installation');
    const [installation, browser] = await Promise.all([startInstallation(), launchChromium()]);
    try {
      const page = await openCanvasPage(installation, browser, stepCount);
      const usable = await usableFigures(page);
      const { samples, drops } = await measureRounds(page, note);
      return [
        ...actions.flatMap((action) => actionFigures(action, samples.get(action) ?? [])),
        { name: 'drop until it is drawn', value: rounded(median(drops)), unit: 'ms' },
        ...usable,
        ...(await sizeFigures(page)),
      ];
    } finally {
      await browser.close();
      await installation.dispose();
    }
  },
};

interface Action {
  readonly name: string;
  /** Zoom to start at; `all`: the whole flow in view. */
  readonly zoom: number | 'all';
  readonly hand: 'idle' | 'pan' | 'drag' | 'wheel';
  /** Milliseconds that 95 of 100 frames may take; absent: for information. */
  readonly atMost?: number;
  /** Whether the gesture came so far that its frames count. */
  readonly hasMoved: (reached: number) => boolean;
}

const isFarPan = (pixels: number): boolean => pixels > 300;

/** The first shows what the machine itself adds: nothing moves. */
const actions: readonly Action[] = [
  { name: 'at rest', zoom: 1, hand: 'idle', hasMoved: () => true },
  { name: 'pan', zoom: 1, hand: 'pan', atMost: 17, hasMoved: isFarPan },
  { name: 'drag', zoom: 1, hand: 'drag', atMost: 17, hasMoved: (pixels) => pixels > 30 },
  { name: 'zoom 1 to 0.2 and back', zoom: 1, hand: 'wheel', atMost: 34, hasMoved: (zoom) => zoom < 0.25 },
  { name: 'pan, most steps as elements', zoom: 0.5, hand: 'pan', hasMoved: isFarPan },
  { name: 'pan, all in view', zoom: 'all', hand: 'pan', hasMoved: isFarPan },
];

/** One gesture of one round, all in milliseconds. */
interface Sample {
  readonly p50: number;
  readonly p95: number;
  readonly task: number;
}

async function measureRounds(
  page: CanvasPage,
  note: (text: string) => void,
): Promise<{ samples: ReadonlyMap<Action, Sample[]>; drops: number[] }> {
  const samples = new Map<Action, Sample[]>(actions.map((action) => [action, []]));
  const drops: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    note(`round ${round} of ${rounds}`);
    for (const action of actions) {
      samples.get(action)?.push(await measureAction(page, action));
      if (action.hand === 'drag') drops.push(await page.drop());
    }
  }
  return { samples, drops };
}

async function measureAction(page: CanvasPage, action: Action): Promise<Sample> {
  await page.show(action.zoom);
  const { frames, reached, task } = await page.measure(action.hand);
  if (!action.hasMoved(reached)) throw new Error(`${action.name}: came only to ${reached}`);
  return { p50: percentile(frames, 0.5), p95: percentile(frames, 0.95), task };
}

/** The middle of the rounds: one disturbance of the machine does not decide. */
function actionFigures(action: Action, samples: readonly Sample[]): Figure[] {
  const middle = (read: (sample: Sample) => number): number => rounded(median(samples.map(read)));
  const p95: Figure = { name: `${action.name}: frame p95`, value: middle((sample) => sample.p95), unit: 'ms' };
  return [
    { name: `${action.name}: frame p50`, value: middle((sample) => sample.p50), unit: 'ms' },
    action.atMost === undefined ? p95 : { ...p95, goal: { atMost: action.atMost } },
    { name: `${action.name}: main thread for a frame`, value: middle((sample) => sample.task), unit: 'ms' },
  ];
}

async function usableFigures(page: CanvasPage): Promise<Figure[]> {
  await page.open(); // Fills the browser's cache.
  const times = [await page.open(), await page.open(), await page.open()];
  const middle = (of: 'afterData' | 'afterOpen'): number => rounded(median(times.map((time) => time[of])), 0);
  return [
    { name: 'usable after its data arrived', value: middle('afterData'), unit: 'ms' },
    { name: 'usable after opening the page', value: middle('afterOpen'), unit: 'ms' },
  ];
}

async function sizeFigures(page: CanvasPage): Promise<Figure[]> {
  await page.show(1);
  const { elements, heapMb } = await page.size();
  return [
    { name: 'elements on the canvas at zoom 1', value: elements, unit: '' },
    { name: 'heap', value: rounded(heapMb), unit: 'MB' },
  ];
}
