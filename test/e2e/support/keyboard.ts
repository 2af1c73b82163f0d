import type { Page } from 'playwright-core';

/** Name of what has the keyboard, through all shadow roots. */
export async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    const innermost = (element: Element | null): Element | null =>
      element?.shadowRoot?.activeElement ? innermost(element.shadowRoot.activeElement) : element;
    const labelOf = (element: Element): string | null =>
      element.getAttribute('aria-label') ??
      (element instanceof HTMLInputElement ||
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement
        ? (element.labels?.[0]?.textContent.trim() ?? null)
        : null);
    const wordsOf = (element: Element): string => {
      const root = element.getRootNode();
      const words = element.textContent.trim();
      // The words of a button of ours are in its slot.
      return words === '' && root instanceof ShadowRoot ? root.host.textContent.trim() : words;
    };
    const element = innermost(document.activeElement);
    return element === null ? '' : (labelOf(element) ?? wordsOf(element));
  });
}

/** Presses Tab until something with this name has the keyboard. */
export async function tabTo(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
  for (let press = 0; press < 80; press++) {
    if (name.test(await focusedName(page))) return;
    await page.keyboard.press(key);
  }
  throw new Error(`nothing called ${String(name)} can be reached; the keyboard is on "${await focusedName(page)}"`);
}
