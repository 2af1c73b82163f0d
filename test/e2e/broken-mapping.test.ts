import type { FlowDocument } from '@patchbay/flow-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasOf, nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';

const flow = {
  name: 'Prices',
  trigger: {
    kind: 'manual',
    title: 'Form',
    inputSchema: { type: 'object', properties: { amount: { type: 'string' } }, required: ['amount'] },
  },
  steps: {
    double: {
      key: 'double',
      kind: 'transform',
      title: 'Double',
      output: { object: { value: { formula: 'number(trigger.amount) * 2' } } },
    },
    pause: { key: 'pause', kind: 'wait', title: 'Pause', wait: { durationSeconds: { formula: 'double.value' } } },
  },
  scopes: { root: { steps: ['double', 'pause'], edges: [{ from: 'double', port: 'out', to: 'pause' }] } },
  samples: { trigger: { amount: '0' } },
} satisfies Partial<FlowDocument> & { name: string };

describe('a broken mapping', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 180_000);
  afterAll(() => studio.close());

  it('marks the step, refuses to run, leads to the field, and is gone once it is fixed', async () => {
    const { page } = studio;
    const id = await studio.openFlow(flow);
    await page.getByRole('tab', { name: 'Problems' }).waitFor();
    expect(await canvasOf(page).locator('pb-flow-node.is-problem').count()).toBe(0);

    // Rename the field that the next step uses.
    await nodeOf(page, 'Double').click();
    const name = page.getByRole('textbox', { name: 'Name of a field of Output' });
    await name.fill('total');
    await name.press('Tab');
    await canvasOf(page).locator('pb-flow-node.is-problem[data-key=pause]').waitFor();
    await page.getByRole('tab', { name: /Problems\s*1/ }).waitFor();

    // Publishing says how many problems there are and leads to the first.
    await page.getByRole('button', { name: 'Publish' }).first().click();
    await page.getByText('1 problem to solve before the flow can be published.').first().waitFor();
    await page.getByRole('button', { name: 'Open drawer' }).click();
    await page.getByRole('button', { name: /^Pause/ }).click();
    const field = page.locator('pb-field-value[data-pointer="/wait/durationSeconds"]');
    await field.locator('.issue').waitFor();
    expect(await field.locator('.issue').innerText()).toContain('value');

    // The keyboard is in the field already; mend it there, by picking the data: a pill stands for it.
    await field.locator('.cm-content').waitFor();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    const data = page.getByRole('treeitem', { name: /^total, / });
    await data.hover();
    await data.locator('.plus').click();
    await page.getByRole('textbox', { name: 'Name of the step' }).click();
    await field.locator('.pill', { hasText: 'total' }).waitFor();
    await canvasOf(page).locator('pb-flow-node.is-problem').waitFor({ state: 'detached' });
    await untilSaved(page);
    const checked = await studio.installation.client.call('validateFlow', { params: { id } });
    expect(checked).toMatchObject({ valid: true, issues: [] });

    await page.getByRole('button', { name: 'Publish' }).first().click();
    await page.getByRole('button', { name: 'Publish', exact: true }).last().click();
    await page.getByText('Version 1 is live.').waitFor();
    expect(studio.complaints).toEqual([]);
  });
});
