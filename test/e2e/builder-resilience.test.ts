import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStudio, untilSaved, type Studio } from './harness.ts';
import { findViolations } from './support/axe.ts';
import { openDraft, weatherBody } from './support/weather.ts';

describe('the tab Resilience of the builder', () => {
  let studio: Studio;
  beforeAll(async () => {
    studio = await openStudio();
  }, 240_000);
  afterAll(() => studio.close());

  const labels = [
    ['Timeout', '30'],
    ['Max Retries', '3'],
    ['Retry Delay', '1'],
    ['Rate Limit', '60'],
    ['Circuit Breaker Threshold', '5'],
    ['Circuit Breaker Recovery', '30'],
  ] as const;

  it('DI-58 has seven inputs with the defaults, and stores what is set', async () => {
    const { page } = studio;
    const id = await openDraft(studio, weatherBody('https://weather.example'), 'resilience');
    for (const [label, value] of labels) {
      expect(await page.getByRole('textbox', { name: label, exact: true }).inputValue(), label).toBe(value);
    }
    const backoff = page.getByRole('combobox', { name: 'Retry Backoff' });
    expect(await backoff.locator('option:checked').textContent()).toContain('Exponential');

    await page.getByRole('textbox', { name: 'Timeout', exact: true }).fill('20');
    await backoff.selectOption('linear');
    await untilSaved(page);
    await expect
      .poll(
        async () => (await studio.installation.client.call('getConnector', { params: { id } }))._source.resilience,
        {
          timeout: 15_000,
        },
      )
      .toMatchObject({ timeout_s: 20, backoff: 'linear', max_retries: 3 });

    await page.getByRole('button', { name: 'Reset Timeout' }).click();
    expect(await page.getByRole('textbox', { name: 'Timeout', exact: true }).inputValue()).toBe('30');
    expect(studio.complaints).toEqual([]);
  });

  it('DI-58 refuses negative numbers and text at the field, and keeps what was stored', async () => {
    const { page } = studio;
    const id = await openDraft(studio, weatherBody('https://weather.example', { name: 'Refusing' }), 'resilience');
    const retries = page.getByRole('textbox', { name: 'Max Retries', exact: true });
    await retries.fill('-1');
    await page.locator('[data-setting=max_retries]').getByText('No negative numbers.').waitFor();
    expect(await retries.getAttribute('aria-invalid')).toBe('true');
    const delay = page.getByRole('textbox', { name: 'Retry Delay', exact: true });
    await delay.fill('soon');
    await page.locator('[data-setting=retry_delay_s]').getByText('Give a number.').waitFor();
    await page.getByRole('textbox', { name: 'Rate Limit', exact: true }).fill('7');
    await untilSaved(page);
    await expect
      .poll(
        async () => (await studio.installation.client.call('getConnector', { params: { id } }))._source.resilience,
        {
          timeout: 15_000,
        },
      )
      .toMatchObject({ rate_limit_per_min: 7, max_retries: 3, retry_delay_s: 1 });
    await retries.fill('2');
    await expect.poll(() => retries.getAttribute('aria-invalid'), { timeout: 15_000 }).toBeNull();
  });

  it('draws the attempts to scale and follows the inputs, in words too', async () => {
    const { page } = studio;
    await openDraft(studio, weatherBody('https://weather.example', { name: 'Drawn' }), 'resilience');
    const words = page.locator('[data-timeline]');
    await words.getByText('4 attempts, at 0, 1, 3 and 7 s. The step fails after 7 s.').waitFor();
    await page.getByRole('img', { name: /^4 attempts, at 0, 1, 3 and 7 s/ }).waitFor();
    const starts = (): Promise<number[]> =>
      page.locator('[data-attempt]').evaluateAll((blocks) => blocks.map((block) => Number(block.getAttribute('x'))));
    const [first = 0, second = 0, third = 0, fourth = 0] = await starts();
    const second1 = second - first;
    expect([third - second, fourth - third].map((gap) => Math.round(gap / second1))).toEqual([2, 4]);

    await page.getByRole('combobox', { name: 'Retry Backoff' }).selectOption('none');
    await page.getByRole('textbox', { name: 'Max Retries', exact: true }).fill('2');
    await words.getByText('3 attempts, at 0, 1 and 2 s. The step fails after 2 s.').waitFor();
    expect(await page.locator('[data-attempt]').count()).toBe(3);
    await page.getByRole('textbox', { name: 'Circuit Breaker Threshold', exact: true }).fill('9');
    await page.getByRole('img', { name: /it opens when 9 calls fail in a row/ }).waitFor();
    expect(await findViolations(page)).toEqual([]);
    expect(studio.complaints).toEqual([]);
  });
});
