import type { FlowDocument } from '@patchbay/flow-model';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canvasOf, dragBetween, middleOf, nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';

/** How long a fact may take on a loaded machine. */
const patience = { timeout: 20_000, interval: 50 };

const transform = (key: string, title: string): FlowDocument['steps'][string] => ({
  key,
  kind: 'transform',
  title,
  output: { object: { value: { value: 1 } } },
});

/** Three steps, the last on its own. */
const flowNamed = (name: string): Partial<FlowDocument> & { name: string } => ({
  name,
  steps: { one: transform('one', 'One'), two: transform('two', 'Two'), apart: transform('apart', 'Apart') },
  scopes: { root: { steps: ['one', 'two', 'apart'], edges: [{ from: 'one', port: 'out', to: 'two' }] } },
  layout: { positions: { one: { x: 0, y: 200 }, two: { x: 0, y: 360 }, apart: { x: 320, y: 360 } } },
});

/** What the editor of a page holds now, saved or not. */
const documentOf = (page: Page): Promise<FlowDocument> =>
  page.locator('pb-flow-editor').evaluate((element) => {
    const { session } = element as unknown as { session: { state: { get(): { document: FlowDocument } } } };
    return session.state.get().document;
  });

/** Changes the name of a step in its panel. */
async function rename(page: Page, title: string, next: string): Promise<void> {
  await nodeOf(page, title).click();
  const input = page.getByRole('textbox', { name: 'Name of the step' });
  await expect.poll(() => input.inputValue(), patience).toBe(title);
  await input.fill(next);
  await input.press('Enter');
  await nodeOf(page, next).waitFor();
}

/** The copies of unsaved drafts that the browser of a page keeps. */
const keptCopies = (page: Page, id: string): Promise<string[]> =>
  page.evaluate(
    (flow) =>
      Object.keys(localStorage)
        .filter((key) => key.startsWith(`patchbay.draft.${flow}.`))
        .map((key) => localStorage.getItem(key) ?? ''),
    id,
  );

const titlesOf = (document: FlowDocument): string[] => Object.values(document.steps).map(({ title }) => title);

describe('edits are never lost', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 180_000);
  afterAll(() => studio.close());

  const stored = async (id: string): Promise<FlowDocument> =>
    (await studio.installation.client.call('getFlow', { params: { id } }))._source.document;

  /** The page of a second person, signed in in a browser of their own. */
  async function openSecond(id: string): Promise<Page> {
    const context = await studio.browser.newContext({
      viewport: { width: 1440, height: 900 },
      storageState: await studio.page.context().storageState(),
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => studio.complaints.push(error.message));
    await page.goto(`${studio.installation.url}/app/flows/${id}`);
    await nodeOf(page, 'One').waitFor();
    return page;
  }

  /** Both change another step; the first is saved, the second is told. */
  async function collide(name: string): Promise<{ id: string; second: Page }> {
    const id = await studio.openFlow(flowNamed(name));
    const second = await openSecond(id);
    await rename(studio.page, 'One', 'First');
    await untilSaved(studio.page);
    await expect.poll(async () => titlesOf(await stored(id)), patience).toContain('First');
    await rename(second, 'Two', 'Second');
    await second.getByRole('button', { name: 'Somebody else saved' }).click();
    await second.getByText('Nothing of yours is lost').waitFor();
    expect(titlesOf(await documentOf(second))).toEqual(expect.arrayContaining(['One', 'Second']));
    expect(titlesOf(await stored(id))).toEqual(expect.arrayContaining(['First', 'Two']));
    return { id, second };
  }

  it('keeps both when the second person saves the edits as a flow of their own', async () => {
    const { id, second } = await collide('Both kept');
    await second.getByRole('button', { name: 'Keep mine as a new flow' }).click();
    await nodeOf(second, 'First').waitFor();
    await second.getByRole('button', { name: 'Open', exact: true }).click();
    await nodeOf(second, 'Second').waitFor();
    const copy = await documentOf(second);
    expect(copy.name).toBe('Both kept (my edits)');
    expect(titlesOf(copy).sort()).toEqual(['Apart', 'One', 'Second']);
    expect(titlesOf(await stored(id)).sort()).toEqual(['Apart', 'First', 'Two']);
    await second.context().close();
  });

  it('saves over the other version, or takes it, as the second person decides', async () => {
    const over = await collide('Mine over it');
    await over.second.getByRole('button', { name: 'Save mine over it' }).click();
    await untilSaved(over.second);
    expect(titlesOf(await stored(over.id)).sort()).toEqual(['Apart', 'One', 'Second']);
    await over.second.context().close();

    const theirs = await collide('Theirs');
    await theirs.second.getByRole('button', { name: 'Take theirs' }).click();
    await nodeOf(theirs.second, 'First').waitFor();
    expect(titlesOf(await documentOf(theirs.second)).sort()).toEqual(['Apart', 'First', 'Two']);
    await rename(theirs.second, 'Two', 'After them');
    await untilSaved(theirs.second);
    expect(titlesOf(await stored(theirs.id)).sort()).toEqual(['After them', 'Apart', 'First']);
    await theirs.second.context().close();
  });

  it('merges what fits together', async () => {
    const { id, second } = await collide('Merged');
    await second.getByText('Your edits and theirs fit together.').waitFor();
    await second.getByRole('button', { name: 'Merge both' }).click();
    await second.getByText('Both versions are one now.').waitFor();
    await nodeOf(second, 'First').waitFor();
    await nodeOf(second, 'Second').waitFor();
    expect(titlesOf(await stored(id)).sort()).toEqual(['Apart', 'First', 'Second']);
    await second.keyboard.press('Escape');
    await second.getByRole('button', { name: 'Undo: Merge' }).click();
    await nodeOf(second, 'One').waitFor();
    await untilSaved(second);
    expect(titlesOf(await stored(id)).sort()).toEqual(['Apart', 'One', 'Second']);
    await second.context().close();
  });

  it('lists what both changed, and takes for each what is chosen', async () => {
    const id = await studio.openFlow(flowNamed('Decided'));
    const second = await openSecond(id);
    await rename(studio.page, 'One', 'Theirs');
    await rename(studio.page, 'Two', 'Their two');
    await untilSaved(studio.page);
    await expect.poll(async () => titlesOf(await stored(id)), patience).toContain('Their two');
    await rename(second, 'One', 'Mine');
    await rename(second, 'Two', 'My two');
    await rename(second, 'Apart', 'Only mine');
    await second.getByRole('button', { name: 'Somebody else saved' }).click();
    await second.getByText('Both of you changed 2 things.').waitFor();
    const subjects = second.locator('pb-save-conflict section h3');
    expect(await subjects.allInnerTexts()).toEqual(['Mine › name', 'My two › name']);
    const first = second.getByRole('region', { name: 'Mine › name' });
    expect(await first.locator('code').allInnerTexts()).toEqual(['Mine', 'Theirs']);
    await first.getByRole('radio', { name: 'Theirs' }).click();
    await second.getByRole('button', { name: 'Merge both' }).click();
    await second.getByText('Both versions are one now.').waitFor();
    expect(titlesOf(await stored(id)).sort()).toEqual(['My two', 'Only mine', 'Theirs']);
    expect(studio.complaints).toEqual([]);
    await second.context().close();
  });

  it('keeps the edits of two tabs of one browser apart, and brings both back', async () => {
    const id = await studio.openFlow(flowNamed('Two tabs'));
    const context = await studio.browser.newContext({ storageState: await studio.page.context().storageState() });
    const openTab = async (): Promise<Page> => {
      const tab = await context.newPage();
      tab.setDefaultTimeout(20_000);
      await tab.goto(`${studio.installation.url}/app/flows/${id}`);
      await nodeOf(tab, 'Apart').click();
      await tab.getByRole('textbox', { name: 'Name of the step' }).waitFor();
      return tab;
    };
    const tabs = [await openTab(), await openTab()] as const;
    await context.setOffline(true);
    await rename(tabs[0], 'One', 'From the first tab');
    await rename(tabs[1], 'Two', 'From the second tab');
    const kept = async (): Promise<string[]> => (await keptCopies(tabs[1], id)).sort();
    await expect.poll(async () => (await kept()).length, patience).toBe(2);
    for (const words of ['From the first tab', 'From the second tab'])
      expect((await kept()).filter((copy) => copy.includes(words))).toHaveLength(1);

    // While a tab is open its edits are nobody else's; when both are gone they are offered again.
    for (const tab of tabs) await tab.close();
    await context.setOffline(false);
    const later = await openLeft(context, id);
    for (const left of [1, 0]) {
      await later.getByText('never reached the server').waitFor();
      await later.getByRole('button', { name: 'Restore them' }).click();
      // The next copy is offered in the same words: what was restored is known by being saved and gone.
      await expect.poll(async () => (await keptCopies(later, id)).length, patience).toBe(left);
    }
    await nodeOf(later, 'From the first tab').waitFor();
    await nodeOf(later, 'From the second tab').waitFor();
    await untilSaved(later);
    expect(titlesOf(await stored(id)).sort()).toEqual(['Apart', 'From the first tab', 'From the second tab']);
    expect(await keptCopies(later, id)).toEqual([]);
    await context.close();
  });

  async function openLeft(context: BrowserContext, id: string): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${studio.installation.url}/app/flows/${id}`);
    return page;
  }

  const focusStep = async (title: string): Promise<void> => {
    const { page } = studio;
    await nodeOf(page, title).click();
    await page.keyboard.press('Escape');
    await nodeOf(page, title).focus();
  };
  const pickTransform = async (): Promise<void> => {
    const { page } = studio;
    await page.getByRole('combobox', { name: 'Find a step to add' }).fill('transform');
    await page.keyboard.press('Enter');
  };
  const press = (key: string) => (): Promise<void> => studio.page.keyboard.press(key);

  /** Each edit by pointer and by keyboard; each begins with the untouched flow. */
  const edits: readonly (readonly [name: string, act: () => Promise<void>])[] = [
    [
      'add from the palette',
      async () => {
        await focusStep('Two');
        await studio.page.locator('pb-palette').getByRole('button', { name: 'Transform' }).last().click();
      },
    ],
    [
      'add by key',
      async () => {
        await focusStep('One');
        await studio.page.keyboard.press('a');
        await pickTransform();
      },
    ],
    [
      'wire with the mouse',
      async () => {
        const from = await middleOf(nodeOf(studio.page, 'One').locator('.port-out'));
        const to = await middleOf(nodeOf(studio.page, 'Apart').locator('.port-in'));
        await dragBetween(studio.page, from, to);
      },
    ],
    [
      'wire by key',
      async () => {
        await focusStep('One');
        await studio.page.keyboard.press('c');
        await studio.page.getByRole('combobox', { name: 'Step', exact: true }).fill('Apart');
        await studio.page.keyboard.press('Enter');
      },
    ],
    [
      'delete with the button',
      async () => {
        await nodeOf(studio.page, 'Two').click();
        await canvasOf(studio.page).getByRole('button', { name: 'Remove' }).click();
      },
    ],
    [
      'delete by key',
      async () => {
        await focusStep('One');
        await studio.page.keyboard.press('Delete');
      },
    ],
    [
      'duplicate with the button',
      async () => {
        await nodeOf(studio.page, 'Two').click();
        await canvasOf(studio.page).getByRole('button', { name: 'Duplicate' }).click();
      },
    ],
    [
      'copy and paste by key',
      async () => {
        await focusStep('Two');
        await studio.page.keyboard.press('Control+c');
        await expect
          .poll(() => studio.page.evaluate(() => navigator.clipboard.readText()), patience)
          .toContain('"Two"');
        await studio.page.keyboard.press('Control+v');
      },
    ],
    ['tidy up with the button', () => studio.page.getByRole('button', { name: 'Tidy up' }).click()],
    [
      'tidy up by key',
      async () => {
        await focusStep('Two');
        await studio.page.keyboard.press('Shift+Alt+T');
      },
    ],
  ];

  it('undoes and redoes every edit, by buttons and by keys, to the same document', async () => {
    const { page } = studio;
    const id = await studio.openFlow(flowNamed('Undone'));
    const tool = (name: RegExp) => () =>
      page.getByRole('toolbar', { name: 'Canvas' }).getByRole('button', { name }).click();
    const ways = [
      { undo: tool(/^Undo/), redo: tool(/^Redo/) },
      { undo: press('Control+z'), redo: press('Control+Shift+z') },
      { undo: press('Control+z'), redo: press('Control+y') },
    ];
    const before = await documentOf(page);
    for (const [name, act] of edits) {
      await act();
      await expect.poll(() => documentOf(page), { ...patience, message: name }).not.toEqual(before);
      const after = await documentOf(page);
      for (const { undo, redo } of ways) {
        await canvasOf(page).evaluate((canvas) => {
          (canvas as HTMLElement).focus();
        });
        await undo();
        await expect.poll(() => documentOf(page), { ...patience, message: `${name}, undone` }).toEqual(before);
        await redo();
        await expect.poll(() => documentOf(page), { ...patience, message: `${name}, done again` }).toEqual(after);
      }
      await tool(/^Undo/)();
      await expect.poll(() => documentOf(page), { ...patience, message: `${name}, at the end` }).toEqual(before);
    }
    await untilSaved(page);
    await expect.poll(() => stored(id), patience).toEqual(before);
    expect(studio.complaints).toEqual([]);
  });

  it('shows when it saves, keeps edits while the server is away, and saves them when it is back', async () => {
    const { page, installation } = studio;
    const id = await studio.openFlow(flowNamed('Away'));
    const signal = async (part: 'server' | 'dev', name: NodeJS.Signals): Promise<void> => {
      const pids = await installation.pidsOf(part);
      expect(pids.length).toBeGreaterThan(0);
      for (const pid of pids) process.kill(pid, name);
    };
    const save = page.locator('[data-save]');

    // The code of the panel comes with the first step that is opened; a held server could not give it.
    await nodeOf(page, 'One').click();
    await page.getByRole('textbox', { name: 'Name of the step' }).waitFor();

    // A server that holds its breath: the page says that it is saving, and then that it has.
    await signal('server', 'SIGSTOP');
    await rename(page, 'One', 'Held');
    await expect.poll(() => save.innerText(), patience).toBe('Saving…');
    await signal('server', 'SIGCONT');
    await expect.poll(() => save.innerText(), patience).toMatch(/^Saved/);
    expect(titlesOf(await stored(id))).toContain('Held');

    // A server that is gone; its supervisor is held, so that it stays away for as long as this needs.
    await signal('dev', 'SIGSTOP');
    try {
      await signal('server', 'SIGKILL');
      await rename(page, 'Two', 'Alone');
      await page.getByRole('alert').getByText('Connection lost.').waitFor();
      await page.getByRole('button', { name: 'Kept on this computer' }).click();
      await page.getByText('Your edits are kept in this browser').waitFor();
      await page.keyboard.press('Escape');
      await rename(page, 'Apart', 'Together');
      expect(await keptCopies(page, id)).toEqual([expect.stringContaining('Together')]);
    } finally {
      await signal('dev', 'SIGCONT');
    }
    await page.locator('[data-save=saved]').waitFor({ timeout: 90_000 });
    await page.getByText('Connection lost.').waitFor({ state: 'detached', timeout: 30_000 });
    expect(titlesOf(await stored(id)).sort()).toEqual(['Alone', 'Held', 'Together']);
    expect(await documentOf(page)).toEqual(await stored(id));
    expect(studio.complaints).toEqual([]);
  });
});
