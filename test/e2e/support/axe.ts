import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** The rules that must hold on every screen: WCAG 2.2 AA and all below it. */
export const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let source: Promise<string> | undefined;

/** Puts axe into a page. The browser context must be made with `bypassCSP`. */
async function injectAxe(page: Page): Promise<void> {
  source ??= readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.addScriptTag({ content: await source });
}

/** Violations on a page, one line each, with the elements of each rule. */
export async function findViolations(page: Page): Promise<string[]> {
  await injectAxe(page);
  await waitForColours(page);
  const results = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: { run(context: unknown, options: unknown): Promise<AxeResults> } };
    return axe.run(document, { runOnly: { type: 'tag', values: tags } });
  }, wcagTags);
  return results.violations.map(
    (violation) =>
      `${violation.id} (${violation.nodes.length}): ${violation.help}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')} ${violation.nodes[0]?.failureSummary ?? ''}`,
  );
}

/** In the middle of a transition a button has neither its old colour nor its new one. Every shadow root knows its own animations only. */
async function waitForColours(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const rootsBelow = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap((each) => (each.shadowRoot ? rootsBelow(each.shadowRoot) : [])),
    ];
    await frame();
    await frame();
    const moving = rootsBelow(document).flatMap((root) => root.getAnimations());
    return moving.every(
      (each) => each.playState !== 'running' || each.effect?.getComputedTiming().iterations === Infinity,
    );
  });
}
