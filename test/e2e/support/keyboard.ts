import type { Page } from 'playwright-core';

/** Name of what has the keyboard, through all shadow roots. */
export async function focusedName(page: Page): Promise<string> {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const root = element?.getRootNode();
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent.trim() : undefined;
    const words = element?.textContent.trim() ?? '';
    // The words of a button of ours are in its slot.
    const slotted = words === '' && root instanceof ShadowRoot ? root.host.textContent.trim() : words;
    return element?.getAttribute('aria-label') ?? label ?? slotted;
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
