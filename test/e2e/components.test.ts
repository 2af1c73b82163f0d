import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findViolations } from './support/axe.ts';
import { openComponentPage, type ComponentPage } from './support/component-page.ts';

let components: ComponentPage;
let page: Page;

beforeAll(async () => {
  components = await openComponentPage();
  page = components.page;
  await components.load(
    'ui/button/button.ts',
    'ui/input/input.ts',
    'ui/menu/menu.ts',
    'ui/segmented/segmented.ts',
    'ui/tabs/tabs.ts',
    'ui/combobox/combobox.ts',
    'ui/json-view/json-view.ts',
    'ui/dialog/dialog.ts',
    'ui/table/table.ts',
    'ui/switch/switch.ts',
    'forms/schema-form/schema-form.ts',
  );
}, 120_000);
afterAll(async () => {
  await components.close();
});
beforeEach(async () => {
  await page.evaluate(() => {
    (globalThis as { heard?: unknown[] }).heard = [];
  });
});

/** Notes the details of an event of the first such element. */
const listen = (selector: string, type: string): Promise<void> =>
  page.evaluate(
    ([target, name]) => {
      const { heard } = globalThis as unknown as { heard: unknown[] };
      document.querySelector(target ?? '')?.addEventListener(name ?? '', (event) => {
        heard.push(structuredClone((event as CustomEvent<unknown>).detail) ?? null);
      });
    },
    [selector, type],
  );
const heard = (): Promise<unknown[]> => page.evaluate(() => (globalThis as unknown as { heard: unknown[] }).heard);
const set = (selector: string, values: Record<string, unknown>): Promise<void> =>
  page.evaluate(
    ([target, changes]) => {
      Object.assign(document.querySelector(target) ?? {}, changes);
    },
    [selector, values] as const,
  );

describe('pb-button', () => {
  it('submits the form around it, and does nothing while it is busy', async () => {
    await components.show('<form><pb-button type="submit">Save</pb-button></form>');
    await page.evaluate(() => {
      document.querySelector('form')?.addEventListener('submit', (event) => {
        event.preventDefault();
        (globalThis as unknown as { heard: unknown[] }).heard.push('submitted');
      });
    });
    await page.getByRole('button', { name: 'Save' }).click();
    await set('pb-button', { busy: true });
    await page.getByRole('button', { name: 'Save' }).click({ force: true });
    expect(await heard()).toEqual(['submitted']);
    expect(await findViolations(page)).toEqual([]);
  });
});

describe('pb-input', () => {
  it('is named by its label, says its error, and gives what is typed', async () => {
    await components.show(
      '<form><pb-input label="E-mail" error="This is needed." help="Your work address"></pb-input></form>',
    );
    await listen('pb-input', 'pb-input');
    const input = page.getByRole('textbox', { name: 'E-mail' });
    await input.fill('a@b.example');
    expect(await heard()).toEqual(['a@b.example']);
    expect(await input.getAttribute('aria-invalid')).toBe('true');
    expect(await findViolations(page)).toEqual([]);
  });

  it('shows a password only while it is asked to', async () => {
    await components.show('<pb-input label="Password" type="password" value="secret"></pb-input>');
    const input = page.getByRole('textbox', { name: 'Password' });
    expect(await input.getAttribute('type')).toBe('password');
    await page.getByRole('button', { name: 'Show password' }).click();
    expect(await input.getAttribute('type')).toBe('text');
  });
});

describe('pb-menu', () => {
  it('is worked by keys alone and gives focus back', async () => {
    await components.show('<pb-menu label="Actions" icon="ellipsis"></pb-menu>');
    await set('pb-menu', {
      items: [
        { id: 'a', label: 'Open' },
        { id: 'b', label: 'Rename' },
        { id: 'c', label: 'Delete' },
      ],
    });
    await listen('pb-menu', 'pb-menu-select');
    await page.getByRole('button', { name: 'Actions' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Open' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('r');
    await page.keyboard.press('Enter');
    expect(await heard()).toEqual(['b']);
    await page.getByRole('menuitem', { name: 'Open' }).waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('PB-MENU');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('menuitem', { name: 'Open' }).waitFor({ state: 'hidden' });
  });
});

describe('pb-segmented and pb-tabs', () => {
  it('move with the arrow keys and take one tab stop', async () => {
    await components.show('<pb-segmented label="State"></pb-segmented><pb-tabs label="Parts">Panel</pb-tabs>');
    await set('pb-segmented', {
      value: 'a',
      items: [
        { value: 'a', label: 'All' },
        { value: 'b', label: 'Live' },
      ],
    });
    await set('pb-tabs', {
      value: 'x',
      items: [
        { id: 'x', label: 'Setup' },
        { id: 'y', label: 'Test' },
      ],
    });
    await listen('pb-segmented', 'pb-change');
    await listen('pb-tabs', 'pb-tab-change');
    await page.getByRole('radio', { name: 'All' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowLeft');
    expect(await heard()).toEqual(['b', 'y']);
    expect(await findViolations(page)).toEqual([]);
  });
});

describe('pb-combobox', () => {
  it('filters while one types and chooses with Enter', async () => {
    await components.show('<pb-combobox label="Connector"></pb-combobox>');
    await set('pb-combobox', {
      options: [
        { value: 'http', label: 'HTTP' },
        { value: 'pg', label: 'PostgreSQL' },
      ],
    });
    await listen('pb-combobox', 'pb-change');
    const input = page.getByRole('combobox', { name: 'Connector' });
    await input.fill('post');
    await page.getByRole('option', { name: 'PostgreSQL' }).waitFor();
    expect(await page.getByRole('option').count()).toBe(1);
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await heard()).toEqual(['pg']);
    expect(await input.inputValue()).toBe('PostgreSQL');
    await input.fill('nonsense');
    await page.keyboard.press('Escape');
    expect(await input.inputValue()).toBe('PostgreSQL');
  });
});

describe('pb-json-view', () => {
  it('is a tree that arrow keys walk and fold', async () => {
    await components.show('<pb-json-view label="Output"></pb-json-view>');
    await set('pb-json-view', { value: { order: { id: 7, lines: [1, 2] }, note: null } });
    expect(await findViolations(page)).toEqual([]);
    await page.getByRole('treeitem').first().focus();
    await page.keyboard.press('ArrowDown');
    const order = page.getByRole('treeitem', { name: /order/ });
    expect(await order.getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowLeft');
    expect(await order.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('End');
    expect(await page.getByRole('treeitem').last().getAttribute('tabindex')).toBe('0');
  });

  it('shows a long list in parts', async () => {
    await components.show('<pb-json-view label="Output"></pb-json-view>');
    await set('pb-json-view', { value: Array.from({ length: 1_500 }, (_, index) => index) });
    expect(await page.getByRole('treeitem').count()).toBe(200);
    await page.getByRole('button', { name: 'Show more' }).click();
    expect(await page.getByRole('treeitem').count()).toBe(1_200);
  });
});

describe('pb-dialog', () => {
  it('keeps focus inside and closes with Escape', async () => {
    await components.show(
      '<pb-dialog heading="Delete it?" open>Gone for ever.<pb-button slot="foot">Delete</pb-button></pb-dialog>',
    );
    await listen('pb-dialog', 'pb-dialog-close');
    await page.getByRole('dialog', { name: 'Delete it?' }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await heard()).toEqual([null]);
  });
});

describe('pb-schema-form', () => {
  const schema = {
    type: 'object',
    required: ['email', 'lines'],
    properties: {
      email: { type: 'string', format: 'email', description: 'Where to send it.' },
      count: { type: 'integer', title: 'How many' },
      urgent: { type: 'boolean' },
      level: { enum: ['low', 'high'] },
      lines: { type: 'array', items: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } } },
      headers: { type: 'object', additionalProperties: { type: 'string' } },
      anything: {},
      secret: { type: 'string', format: 'password', 'x-ui': { isAdvanced: true } },
    },
  };

  it('shows required fields, folds the others, and gives values of the right type', async () => {
    await components.show('<pb-schema-form></pb-schema-form>');
    await set('pb-schema-form', { schema, value: { lines: [] } });
    await listen('pb-schema-form', 'pb-form-change');
    await page.getByRole('textbox', { name: 'Email' }).fill('a@b.example');
    await page.locator('summary').filter({ hasText: 'Optional' }).click();
    await page.getByRole('spinbutton', { name: 'How many' }).fill('3');
    await page.getByRole('switch', { name: 'Urgent' }).click();
    await page.getByRole('combobox', { name: 'Level' }).selectOption('high');
    await page.getByRole('button', { name: 'Add the first' }).click();
    await page.getByRole('textbox', { name: 'Sku' }).fill('KB-1');
    await page.getByRole('textbox', { name: 'Anything' }).fill('{"a": [1');
    await page.getByText(/This is not JSON yet/).waitFor();
    await page.getByRole('textbox', { name: 'Anything' }).fill('{"a": [1]}');
    const last = (await heard()).at(-1) as { whole: unknown };
    expect(last.whole).toEqual({
      email: 'a@b.example',
      count: 3,
      urgent: true,
      level: 'high',
      lines: [{ sku: 'KB-1' }],
      anything: { a: [1] },
    });
    expect(await findViolations(page)).toEqual([]);
  });

  it('removes a value whose control was emptied, and a row', async () => {
    await components.show('<pb-schema-form></pb-schema-form>');
    await set('pb-schema-form', { schema, value: { email: 'x', count: 3, lines: [{ sku: 'a' }, { sku: 'b' }] } });
    await listen('pb-schema-form', 'pb-form-change');
    await page.getByRole('spinbutton', { name: 'How many' }).fill('');
    await page.getByRole('button', { name: 'Remove lines 1' }).click();
    const last = (await heard()).at(-1) as { whole: unknown };
    expect(last.whole).toEqual({ email: 'x', lines: [{ sku: 'b' }] });
  });

  it('says what is missing at the field', async () => {
    await components.show('<pb-schema-form></pb-schema-form>');
    await set('pb-schema-form', { schema, value: {} });
    const isValid = await page.evaluate(() =>
      (document.querySelector('pb-schema-form') as unknown as { validate(): boolean }).validate(),
    );
    expect(isValid).toBe(false);
    await page.getByText('This is needed.').first().waitFor();
    expect(await page.getByRole('textbox', { name: 'Email' }).getAttribute('aria-invalid')).toBe('true');
  });
});
