import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStudio, type Studio } from './harness.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio();
}, 180_000);
afterAll(() => studio.close());

it('shows a new run, and how it ends, as it happens; asks the server only when something has changed', async () => {
  const { page, installation } = studio;
  const id = await studio.openFlow({
    name: 'Slow one',
    steps: { pause: { key: 'pause', title: 'Pause', kind: 'wait', wait: { durationSeconds: { value: 4 } } } },
    scopes: { root: { steps: ['pause'], edges: [] } },
  });
  let asked = 0;
  page.on('request', (request) => {
    if (/\/run\/_search/.test(request.url())) asked += 1;
  });
  const feed = page.waitForResponse((response) => response.url().endsWith('/run/_events'));
  await studio.open('/runs');
  expect((await feed).headers()['content-type']).toContain('text/event-stream');
  await page.getByText('No runs yet').waitFor();
  await page.waitForFunction(() => document.visibilityState === 'visible');

  const before = Date.now();
  await installation.client.call('startRun', { body: { flowId: id, version: 'draft' } });
  const row = page.getByRole('row', { name: /Slow one/ });
  await row.getByText('Running').waitFor();
  await row.getByText('Succeeded').waitFor();
  // The pause takes four seconds; what the feed does not see is asked for only every fifteen.
  expect(Date.now() - before).toBeLessThan(14_000);
  expect(asked).toBeLessThanOrEqual(5);
  expect(studio.complaints).toEqual([]);
});
