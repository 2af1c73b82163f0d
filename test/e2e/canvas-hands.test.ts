import type { FlowDocument, Step } from '@patchbay/flow-model';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasOf, dragBetween, middleOf, nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';

const transform = (key: string, title: string): Step => ({ key, title, kind: 'transform', output: { object: {} } });

const flow: Partial<FlowDocument> & { name: string } = {
  name: 'Hands',
  trigger: {
    kind: 'manual',
    title: 'Form',
    inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
  },
  steps: { one: transform('one', 'One'), two: transform('two', 'Two'), three: transform('three', 'Three') },
  scopes: {
    root: {
      steps: ['one', 'two', 'three'],
      edges: [
        { from: 'one', port: 'out', to: 'two' },
        { from: 'two', port: 'out', to: 'three' },
      ],
    },
  },
  layout: {
    positions: { trigger: { x: 0, y: -96 }, one: { x: 320, y: 0 }, two: { x: -240, y: 40 }, three: { x: 8, y: 400 } },
  },
  samples: { trigger: { name: 'Ada' } },
};

describe('hands on the canvas', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 180_000);
  afterAll(() => studio.close());

  const documentOf = async (id: string): Promise<FlowDocument> => {
    await untilSaved(studio.page);
    return (await studio.installation.client.call('getFlow', { params: { id } }))._source.document;
  };

  it('selects by a rectangle, moves the selection together, and takes it back', async () => {
    const { page } = studio;
    const id = await studio.openFlow(flow);
    const [one, two] = [await middleOf(nodeOf(page, 'One')), await middleOf(nodeOf(page, 'Two'))];
    await page.keyboard.down('Shift');
    await dragBetween(page, { x: two.x - 130, y: two.y - 60 }, { x: one.x + 130, y: two.y + 60 });
    await page.keyboard.up('Shift');
    expect(await canvasOf(page).locator('pb-flow-node.is-selected').count()).toBe(2);
    await dragBetween(page, one, { x: one.x, y: one.y + 72 });
    await page.locator('[data-save=unsaved], [data-save=saving]').waitFor({ state: 'detached' });
    const moved = (await documentOf(id)).layout.positions;
    const distance = moved['one']?.y ?? 0;
    expect(distance).toBeGreaterThan(40);
    expect(distance % 8, 'on the grid').toBe(0);
    expect(moved['two']?.y).toBe(40 + distance);
    expect(moved['three']).toEqual({ x: 8, y: 400 });
    await page.keyboard.press('Control+z');
    await expect.poll(async () => (await documentOf(id)).layout.positions['one']?.y).toBe(0);
    expect(studio.complaints).toEqual([]);
  });

  it('copies, cuts and pastes steps by the clipboard of the browser', async () => {
    const { page } = studio;
    const id = await studio.openFlow(flow);
    await nodeOf(page, 'Two').click();
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await expect.poll(async () => Object.keys((await documentOf(id)).steps).length).toBe(4);
    await page.keyboard.press('Control+x');
    await expect.poll(async () => Object.keys((await documentOf(id)).steps).length).toBe(3);
    expect(studio.complaints).toEqual([]);
  });

  it('tidies up in one step of undo', async () => {
    const { page } = studio;
    const id = await studio.openFlow(flow);
    await page.getByRole('button', { name: 'Tidy up' }).click();
    await page.getByRole('button', { name: 'Undo: Tidy up' }).waitFor();
    const { positions } = (await documentOf(id)).layout;
    const heights = ['trigger', 'one', 'two', 'three'].map((key) => positions[key]?.y ?? 0);
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
    await page.getByRole('button', { name: 'Undo: Tidy up' }).click();
    await expect.poll(async () => (await documentOf(id)).layout.positions['three']).toEqual({ x: 8, y: 400 });
    expect(studio.complaints).toEqual([]);
  });

  it('drags data into a field', async () => {
    const { page } = studio;
    await studio.openFlow(flow);
    await nodeOf(page, 'One').click();
    await page.getByRole('button', { name: 'Add a field' }).click();
    const field = page.getByRole('textbox', { name: 'Output, name' });
    await field.waitFor();
    await dragBetween(page, await middleOf(page.getByRole('treeitem', { name: /^name, / })), await middleOf(field));
    await page.locator('pb-field-value .pill', { hasText: 'Form' }).waitFor();
    await page.locator('pb-field-value .prev', { hasText: '"Ada"' }).waitFor();
    expect(studio.complaints).toEqual([]);
  });

  it('evaluates previews in a worker, and says when a formula takes too much', async () => {
    const { page } = studio;
    await studio.openFlow(flow);
    await nodeOf(page, 'One').click();
    await page.getByRole('button', { name: 'Output: Fields' }).click();
    await page.getByRole('menuitemradio', { name: 'Formula' }).click();
    const editor = page.locator('pb-field-value[data-pointer="/output"] .cm-content');
    await editor.waitFor();
    await page.keyboard.insertText('upper(trigger.name) + " at " + now()');
    const preview = page.locator('pb-field-value[data-pointer="/output"] .prev');
    await preview.getByText(/"ADA at 20\d\d-\d\d-\d\dT/).waitFor();
    expect(page.workers().filter((worker) => worker.url().includes('preview-worker'))).toHaveLength(1);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('range(0, 10000).map(i, range(0, 10000).map(j, i * j))');
    await preview.getByText(/too much work|takes too long/).waitFor();
    expect(studio.complaints).toEqual([]);
  });
});
