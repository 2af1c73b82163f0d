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
  // In the middle of a transition a button has neither its old colour nor its new one.
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(passing.map((each) => each.finished));
  });
  const results = await page.evaluate(async (tags) => {
    const { axe } = globalThis as unknown as { axe: { run(context: unknown, options: unknown): Promise<AxeResults> } };
    return axe.run(document, { runOnly: { type: 'tag', values: tags } });
  }, wcagTags);
  return results.violations.map(
    (violation) =>
      `${violation.id} (${violation.nodes.length}): ${violation.help}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')} ${violation.nodes[0]?.failureSummary ?? ''}`,
  );
}
