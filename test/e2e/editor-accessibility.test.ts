import type { FlowDocument, Step } from '@patchbay/flow-model';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../system/until.ts';
import { canvasOf, nodeOf, openStudio, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';

type NewFlow = Partial<FlowDocument> & { name: string };
type Scene = readonly [name: string, open: () => Promise<void>];

const themes = ['light', 'dark'] as const;

/** A flow with a step of each kind; nothing listens at the address of its call. */
const flowOf = (httpVersion: string, name: string, seconds: number): NewFlow => {
  const steps: Step[] = [
    {
      key: 'double',
      kind: 'transform',
      title: 'Double',
      output: { object: { value: { formula: 'trigger.amount * 2' } } },
    },
    {
      key: 'size',
      kind: 'branch',
      title: 'Size',
      mode: 'if',
      cases: [{ id: 'large', label: 'Large', when: 'double.value > 10' }],
      otherwiseLabel: 'Small',
    },
    { key: 'each', kind: 'for_each', title: 'Each item', items: '[1, 2, 3]', concurrency: 2 },
    { key: 'item', kind: 'transform', title: 'Item', output: { object: { number: { formula: 'loop.item' } } } },
    { key: 'guard', kind: 'try', title: 'Guard' },
    { key: 'pause', kind: 'wait', title: 'Pause', wait: { durationSeconds: { value: seconds } } },
    {
      key: 'call',
      kind: 'operation',
      title: 'Call',
      connector: 'http',
      version: httpVersion,
      operation: 'get',
      input: { url: { template: 'http://127.0.0.1:9/{{ trigger.amount }}' } },
      resilience: { maxRetries: 1, retryDelayMs: 10 },
    },
  ];
  return {
    name,
    trigger: {
      kind: 'manual',
      title: 'Form',
      inputSchema: { type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] },
    },
    steps: Object.fromEntries(steps.map((step) => [step.key, step])),
    scopes: {
      root: {
        steps: ['double', 'size', 'each', 'guard', 'call'],
        edges: [
          { from: 'double', port: 'out', to: 'size' },
          { from: 'size', port: 'large', to: 'each' },
          { from: 'size', port: 'otherwise', to: 'guard' },
          { from: 'guard', port: 'out', to: 'call' },
        ],
      },
      'each.body': { steps: ['item'], edges: [] },
      'guard.body': { steps: ['pause'], edges: [] },
      'guard.catch': { steps: [], edges: [] },
    },
    samples: { trigger: { amount: 1 } },
  };
};

/** The call refers to a field that is not there. */
const brokenOf = (flow: NewFlow): NewFlow => ({
  ...flow,
  trigger: {
    kind: 'manual',
    title: 'Form',
    inputSchema: { type: 'object', properties: { count: { type: 'number' } } },
  },
});

describe('axe finds no violation in the editor and in the run view', () => {
  let studio: Studio;
  let page: Page;
  let version: string;

  beforeAll(async () => {
    studio = await openStudio();
    page = studio.page;
    version = (await studio.installation.client.call('getConnector', { params: { id: 'http' } }))._source.version;
  }, 180_000);
  afterAll(() => studio.close());

  const check = async (scenes: readonly Scene[]): Promise<string[]> => {
    const violations: string[] = [];
    for (const [name, open] of scenes) {
      await open();
      violations.push(...(await findViolations(page)).map((violation) => `${name}: ${violation}`));
    }
    return violations;
  };

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).first();
  /** The manifests are there: the node of the call shows the picture of its connector, not letters. */
  const untilPictures = (): Promise<void> => nodeOf(page, 'Call').locator('.tile-mask, .tile-img').waitFor();
  const closeDialog = async (): Promise<void> => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };
  const openTab = async (name: RegExp): Promise<void> => {
    const tab = page.locator('pb-step-panel').getByRole('tab', { name });
    await tab.click();
    await page.locator('pb-step-panel [role=tab][aria-selected=true]').filter({ hasText: name }).waitFor();
  };
  const openStep = async (title: string): Promise<void> => {
    await nodeOf(page, title).locator('.node-title').click();
    await page.getByRole('complementary', { name: title === 'Form' ? 'Trigger' : `Step ${title}` }).waitFor();
  };

  const use = async (theme: (typeof themes)[number]): Promise<void> => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  };

  it.each(themes)('on the canvas, empty and with each panel, %s', async (theme) => {
    await use(theme);
    const scenes: Scene[] = [
      ['empty canvas', () => studio.openFlow({ name: `Empty ${theme}` }).then(() => undefined)],
      [
        'canvas with steps',
        async () => {
          await studio.openFlow(flowOf(version, `Steps ${theme}`, 1));
          await untilPictures();
        },
      ],
      ['trigger', () => openStep('Form')],
      ...['Double', 'Size', 'Each item', 'Guard', 'Pause'].map((title): Scene => [title, () => openStep(title)]),
      ['call, mapping', () => openStep('Call')],
      ...[/Setup/, /Test/, /Errors/].map((tab): Scene => [`call, ${tab.source}`, () => openTab(tab)]),
      [
        'call, field being edited',
        async () => {
          await openTab(/Mapping/);
          await page.locator('pb-field-value[data-pointer="/input/url"] .editor').click();
          await page.locator('.cm-content').waitFor();
        },
      ],
      ['outline', () => page.getByRole('tab', { name: 'Outline' }).click()],
    ];
    expect(await check(scenes)).toEqual([]);
  });

  it.each(themes)('with a dialog, the picker and the drawer open, %s', async (theme) => {
    await use(theme);
    await studio.openFlow(flowOf(version, `Dialogs ${theme}`, 1));
    await untilPictures();
    const scenes: Scene[] = [
      [
        'test-run dialog',
        async () => {
          await button('Test run').click();
          await page.getByRole('dialog', { name: 'Test run' }).waitFor();
        },
      ],
      [
        'publish dialog',
        async () => {
          await closeDialog();
          await button('Publish').click();
          await page.getByRole('dialog', { name: 'Publish' }).waitFor();
        },
      ],
      [
        'shortcuts',
        async () => {
          await closeDialog();
          await button('Keyboard shortcuts').click();
          await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
        },
      ],
      [
        'picker',
        async () => {
          await closeDialog();
          await openStep('Call');
          await canvasOf(page).locator('.add').first().click();
          await page.getByRole('combobox', { name: 'Find a step to add' }).waitFor();
        },
      ],
      [
        'problems',
        async () => {
          await studio.openFlow(brokenOf(flowOf(version, `Problems ${theme}`, 1)));
          await canvasOf(page).locator('pb-flow-node.is-problem').first().waitFor();
          await button('Open drawer').click();
          await page.locator('pb-editor-drawer [data-issue]').first().waitFor();
        },
      ],
      [
        'field with a problem',
        async () => {
          await page.locator('pb-editor-drawer [data-issue^="call"]').first().click();
          await page.locator('pb-field-value[data-pointer="/input/url"] .issue').waitFor();
        },
      ],
    ];
    expect(await check(scenes)).toEqual([]);
  });

  it.each(themes)('on runs and versions of a flow and on a run in each state, %s', async (theme) => {
    await use(theme);
    const { client } = studio.installation;
    const start = async (name: string, seconds: number, amount: number): Promise<{ flow: string; run: string }> => {
      const document = flowOf(version, `${name} ${theme}`, seconds);
      const flow = await studio.openFlow(document);
      const body = { flowId: flow, version: 'draft' as const, input: { amount } };
      return { flow, run: (await client.call('startRun', { body }))._id };
    };
    const reached = (run: string, state: string, step: string): Promise<boolean> =>
      until(`run ${run} is ${state}`, async () => {
        const { _source } = await client.call('getRun', { params: { id: run } });
        return _source.state === state && _source.steps.some(({ key }) => key === step);
      });
    const openRun = async (run: string): Promise<void> => {
      await studio.open(`/runs/${run}`);
      await untilPictures();
    };

    const good = await start('Good', 1, 100);
    const bad = await start('Bad', 1, 1);
    const slow = await start('Slow', 3_000, 1);
    await client.call('publishFlow', { params: { id: good.flow }, body: { note: 'First' } });
    await Promise.all([
      reached(good.run, 'succeeded', 'item'),
      reached(bad.run, 'failed', 'call'),
      reached(slow.run, 'running', 'pause'),
    ]);
    const detail = page.locator('pb-run-step-detail');
    const openDetailTab = (name: string): Scene => [
      `failed run, ${name}`,
      async () => {
        await detail.getByRole('tab', { name }).click();
        await detail.locator(`[role=tab][aria-selected=true]`).filter({ hasText: name }).waitFor();
      },
    ];
    const scenes: Scene[] = [
      [
        'succeeded run',
        async () => {
          await openRun(good.run);
          await canvasOf(page).locator('pb-flow-node.is-succeeded[data-key=item]').waitFor();
        },
      ],
      [
        'succeeded run, step of a loop',
        async () => {
          await nodeOf(page, 'Item').click();
          await detail.locator('pb-json-view').first().waitFor();
        },
      ],
      [
        'failed run',
        async () => {
          await openRun(bad.run);
          await detail.locator('.at').first().waitFor();
        },
      ],
      openDetailTab('Input'),
      openDetailTab('Output'),
      ['failed run, steps', () => page.getByText('Steps', { exact: true }).click()],
      [
        'running run',
        async () => {
          await openRun(slow.run);
          await canvasOf(page).locator('pb-flow-node.is-waiting[data-key=pause]').waitFor();
        },
      ],
      [
        'runs of a flow',
        async () => {
          await studio.open(`/flows/${bad.flow}/runs`);
          await page.locator('pb-flow-lists tbody tr').first().waitFor();
        },
      ],
      [
        'versions of a flow',
        async () => {
          await studio.open(`/flows/${good.flow}/versions`);
          await page.locator('pb-flow-lists tbody tr').first().waitFor();
        },
      ],
    ];
    const violations = await check(scenes);
    await client.call('cancelRun', { params: { id: slow.run } });
    expect(violations).toEqual([]);
    expect(studio.complaints).toEqual([]);
  });
});
