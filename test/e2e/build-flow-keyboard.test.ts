import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeOf, openStudio, untilSaved, type Studio } from './harness.ts';

/** Name of what has the keyboard, through all shadow roots. */
async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const root = element?.getRootNode();
    const words = element?.textContent.trim() ?? '';
    // The words of a button of ours are in its slot.
    const slotted = words === '' && root instanceof ShadowRoot ? root.host.textContent.trim() : words;
    return element?.getAttribute('aria-label') ?? slotted;
  });
}

/** Presses Tab until something with this name has the keyboard. */
async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  for (let press = 0; press < 80; press++) {
    if (name.test(await focusedName(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`nothing called ${String(name)} can be reached; the keyboard is on "${await focusedName(page)}"`);
}

describe('building a flow with the keyboard only', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 180_000);
  afterAll(() => studio.close());

  it('adds, wires, fills, tests and ends with a succeeded run', async () => {
    const { page } = studio;
    const press = (key: string): Promise<void> => page.keyboard.press(key);
    const id = await studio.openFlow({
      name: 'By keyboard',
      trigger: {
        kind: 'manual',
        title: 'Form',
        inputSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      },
      samples: { trigger: { name: 'Ada' } },
    });

    // Tab enters the canvas at its one stop; A opens the list of steps, Enter adds.
    await tabTo(page, /^Form, Started by hand/);
    await press('a');
    await page.getByRole('combobox', { name: 'Find a step to add' }).waitFor();
    await page.keyboard.type('transform');
    await press('Enter');
    await nodeOf(page, 'Transform').waitFor();
    await expect.poll(() => focusedName(page)).toMatch(/^Transform/);

    // A second step, added before the first, and undone and done again.
    await press('Shift+A');
    await page.getByRole('combobox', { name: 'Find a step to add' }).waitFor();
    await page.keyboard.type('wait');
    await press('Enter');
    await nodeOf(page, 'Wait').waitFor();
    await expect.poll(() => focusedName(page)).toMatch(/^Wait/);
    await press('Control+z');
    await nodeOf(page, 'Wait').waitFor({ state: 'detached' });
    await press('Control+Shift+z');
    await nodeOf(page, 'Wait').waitFor();
    await page.locator('pb-flow-node[data-key=wait]').waitFor();

    // The wait takes no time; Enter opens its panel, Escape comes back to the step.
    await page.locator('pb-flow-canvas').evaluate((canvas) => {
      (canvas as HTMLElement).focus();
    });
    await press('Control+Home');
    await press('ArrowDown');
    await expect.poll(() => focusedName(page)).toMatch(/^Wait/);
    await press('Enter');
    await tabTo(page, /^Seconds$/);
    await press('Control+a');
    await page.keyboard.type('0');
    await press('Escape');
    await expect.poll(() => focusedName(page)).toMatch(/^Wait/);

    // Fill the transform: a field, text, and data from the panel.
    await press('ArrowDown');
    await expect.poll(() => focusedName(page)).toMatch(/^Transform/);
    await press('Enter');
    await tabTo(page, /^Add a field$/);
    await press('Enter');
    await tabTo(page, /^Name of a field of Output$/, 'Shift+Tab');
    await press('Control+a');
    await page.keyboard.type('greeting');
    await tabTo(page, /^Output, greeting$/);
    await page.keyboard.type('Hello ');
    await tabTo(page, /^Find a field$/);
    await press('ArrowDown');
    await tabTo(page, /^name, /, 'ArrowDown');
    await press('Enter');
    await page.locator('pb-field-value .prev', { hasText: '"Hello Ada"' }).waitFor();
    await untilSaved(page);

    // Test run from the canvas.
    await press('Escape');
    await expect.poll(() => focusedName(page)).toMatch(/^Transform/);
    await press('Control+Enter');
    await page.getByRole('textbox', { name: /name/i }).last().waitFor();
    await tabTo(page, /^Run$/);
    await press('Enter');
    await page.getByText('Test run succeeded').first().waitFor();

    const runs = await studio.installation.client.call('searchRuns', { query: { flowId: id } });
    expect(runs.hits.hits[0]?._source.state).toBe('succeeded');
    expect(studio.complaints).toEqual([]);
  });

  it('never takes Tab, shows its shortcuts, and reaches every step through the outline', async () => {
    const { page } = studio;
    await studio.openFlow({ name: 'Tab leaves' });
    await tabTo(page, /^Start by hand/);
    await page.keyboard.press('Tab');
    expect(await focusedName(page)).not.toMatch(/^Start by hand/);
    await tabTo(page, /^Start by hand/, 'Shift+Tab');
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => focusedName(page)).toMatch(/^Start by hand/);
    await page.keyboard.press('o');
    await page.getByRole('tree', { name: 'Outline of Tab leaves' }).waitFor();
    await page.keyboard.press('F6');
    expect(studio.complaints).toEqual([]);
  });
});
