import type { Locator, Page } from 'playwright-core';
import { canvasOf, dragBetween, middleOf, nodeOf } from '../harness.ts';

/** What a person does to a flow with the mouse and the keyboard; nothing here knows the document. */
export interface FlowHands {
  /** Adds a step by the `+` behind a step, of one of its ways out when it has several. */
  addAfter(title: string, entry: Entry, port?: string): Promise<void>;
  /** Adds a step by the `+` in the middle of a wire. */
  addIntoWire(from: string, to: string, entry: Entry): Promise<void>;
  /** Adds the first step of a loop or a lane. */
  addInto(scope: string, entry: Entry): Promise<void>;
  /** Drags a step from the palette to a free place near a step and draws a wire to it. */
  dragAndWire(entry: Entry, from: { title: string; port: string; right: number; down: number }): Promise<void>;
  /** Opens the panel of a step. */
  openStep(title: string): Promise<void>;
  /** Gives the open step its name. */
  rename(title: string): Promise<void>;
  choose(label: string, option: string): Promise<void>;
  /** Types a plain value, or text with data. */
  type(label: string, text: string): Promise<void>;
  /** Switches a field to a formula and types it. */
  typeFormula(label: string, formula: string): Promise<void>;
  /** Puts the keyboard into a field and takes data for it from the panel beside it. */
  pick(label: string, path: string, each?: string): Promise<void>;
  /** Adds a named field to an object, and gives the name that its value goes by. */
  addField(of: string, name: string): Promise<string>;
  /** Adds a row to a list, and gives the name that its value goes by. */
  addItem(of: string, number: number): Promise<string>;
  /** Switches a field that takes anything to an object of fields. */
  buildFields(label: string): Promise<void>;
  openFold(title: string): Promise<void>;
  openTab(title: string): Promise<void>;
  /** Runs the open step and keeps what it gave as the sample that later fields show. */
  testAndKeep(): Promise<void>;
}

/** A row of the palette: what is typed to find it, and its name. */
export interface Entry {
  readonly find: string;
  readonly name: RegExp;
}

/** Hands for the editor that a page shows. */
export function flowHands(page: Page): FlowHands {
  const panel = page.locator('pb-step-panel');
  const field = (label: string): Locator => panel.getByRole('textbox', { name: new RegExp(`^${escaped(label)}(,|$)`) });
  const node = (title: string): Locator => nodeOf(page, escaped(title));
  const pickEntry = async ({ find, name }: Entry): Promise<void> => {
    await page.getByRole('combobox', { name: 'Find a step to add' }).fill(find);
    await page.locator('pb-step-picker').getByRole('option', { name }).first().click();
  };
  const openStep = async (title: string): Promise<void> => {
    await node(title).locator('.node-title').click();
    await page.getByRole('complementary', { name: `Step ${title}` }).waitFor();
  };
  const unfold = async (row: Locator, path: string): Promise<void> => {
    const parts = path.split('.');
    for (let length = 2; length < parts.length && !(await row.isVisible()); length++) {
      const parent = panel.locator(`[data-path="${parts.slice(0, length).join('.')}"][aria-expanded=false]`);
      if (await parent.isVisible()) await parent.locator('.tw').click();
    }
  };
  return {
    openStep,
    addAfter: async (title, entry, port = 'out') => {
      await node(title).locator('.node-title').first().hover();
      await canvasOf(page).locator(`.add[data-port="${port}"]`).first().click();
      await pickEntry(entry);
    },
    addIntoWire: async (from, to, entry) => {
      const out = await middleOf(node(from).locator('.port-out'));
      const into = await middleOf(node(to).locator('.port-in'));
      await page.mouse.move((out.x + into.x) / 2, (out.y + into.y) / 2, { steps: 4 });
      await canvasOf(page).locator('.add[data-edge]').click();
      await pickEntry(entry);
    },
    addInto: async (scope, entry) => {
      await canvasOf(page).locator(`.empty-slot[data-scope="${scope}"]`).click();
      await pickEntry(entry);
    },
    dragAndWire: async (entry, { title, port, right, down }) => {
      const found = page.locator('pb-palette').getByRole('button', { name: entry.name }).last();
      await found.scrollIntoViewIfNeeded();
      const from = await middleOf(node(title));
      await dragBetween(page, await middleOf(found), { x: from.x + right, y: from.y + down });
      const added = canvasOf(page).locator('pb-flow-node.is-selected');
      await added.waitFor();
      const out = node(title).locator(`.port-out[data-handleid="${port}"]`);
      await dragBetween(page, await middleOf(out), await middleOf(added.locator('.port-in')));
    },
    rename: async (title) => {
      const name = page.getByRole('textbox', { name: 'Name of the step' });
      await name.fill(title);
      await name.press('Enter');
      await node(title).waitFor();
    },
    choose: async (label, option) => {
      await panel.getByRole('combobox', { name: label }).selectOption({ label: option });
    },
    type: async (label, text) => {
      await field(label).fill(text);
    },
    typeFormula: async (label, formula) => {
      const mode = panel.getByRole('button', { name: new RegExp(`^${escaped(label)}: `) });
      if ((await mode.count()) > 0) {
        await mode.click();
        await page.getByRole('menuitemradio', { name: 'Formula' }).click();
      } else await field(label).click();
      await panel.locator('.cm-content').waitFor();
      await page.keyboard.insertText(formula);
      await page.keyboard.press('Escape');
    },
    pick: async (label, path, each) => {
      await field(label).click();
      const row = panel.locator(`[data-path="${path}"]`);
      await unfold(row, path);
      await row.hover();
      await row.locator('.plus').click();
      if (each !== undefined) await page.getByRole('menuitem', { name: each }).click();
    },
    addField: async (of, name) => {
      const group = panel.getByRole('group', { name: of, exact: true });
      await group.getByRole('button', { name: 'Add a field' }).last().click();
      await page.keyboard.type(name);
      await page.keyboard.press('Tab');
      const label = `${of}, ${name}`;
      await group.getByRole('button', { name: `Remove ${name}` }).waitFor();
      return label;
    },
    addItem: async (of, number) => {
      await panel.getByRole('group', { name: of, exact: true }).getByRole('button', { name: 'Add an item' }).click();
      return `${of}, item ${number}`;
    },
    buildFields: async (label) => {
      await panel.getByRole('button', { name: new RegExp(`^${escaped(label)}: `) }).click();
      await page.getByRole('menuitemradio', { name: 'Fields' }).click();
    },
    openFold: async (title) => {
      await panel.locator('details > summary', { hasText: title }).click();
    },
    testAndKeep: async () => {
      await panel.getByRole('tab', { name: 'Test' }).click();
      await panel.getByRole('button', { name: 'Run this step' }).click();
      await panel.getByRole('button', { name: 'Save as sample' }).click();
    },
    openTab: async (title) => {
      await panel.getByRole('tab', { name: title }).click();
    },
  };
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
