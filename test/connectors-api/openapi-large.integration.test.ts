/** Large public descriptions: each operation can be used or says why not, and what can be used becomes a connector that is ready. */
import type { OpenApiPreview } from '@patchbay/api-contract/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startAuthoring, type Authoring } from './authoring.ts';
import { largeDescriptions, readDescription } from './openapi-sources.ts';

let on: Authoring;

beforeAll(async () => {
  on = await startAuthoring();
});
afterAll(() => on.stop());

/** How long this thread could not do anything else while a task ran. */
async function longestPause<Result>(task: () => Promise<Result>): Promise<{ result: Result; pauseMs: number }> {
  let last = performance.now();
  let pauseMs = 0;
  const timer = setInterval(() => {
    pauseMs = Math.max(pauseMs, performance.now() - last);
    last = performance.now();
  }, 5);
  const result = await task();
  clearInterval(timer);
  return { result, pauseMs };
}

describe('large public descriptions', { timeout: 240_000 }, () => {
  it.each(largeDescriptions)(
    '$name: every operation can be used or says why not',
    async ({ file, format, operations }) => {
      const content = await readDescription(file);
      const { result: answer, pauseMs } = await longestPause(() =>
        on.server.call('previewOpenApi', { token: on.author, body: { source: { content } } }),
      );
      expect(answer.status, JSON.stringify(answer.body).slice(0, 2_000)).toBe(200);
      const preview = answer.body as unknown as OpenApiPreview;
      expect([preview.format, preview.operations.length]).toEqual([format, operations]);
      const mute = preview.operations.filter(({ operation, unsupported }) => operation === undefined && !unsupported);
      expect(mute).toEqual([]);
      const left = preview.operations.filter(({ operation }) => operation === undefined);
      expect(left.length).toBeLessThanOrEqual(operations * 0.02);
      expect(pauseMs).toBeLessThan(5_000);
    },
  );

  it.each(largeDescriptions)('$name: what can be used becomes a connector that is ready', async ({ file, name }) => {
    const body = { source: { content: await readDescription(file) } };
    const made = await on.server.call('importOpenApi', { token: on.author, body });
    expect(made.status, JSON.stringify(made.body).slice(0, 2_000)).toBe(200);
    const id = made.body._id;
    const hasAddress = (await on.view(id))['base_url'] !== '';
    if (!hasAddress) expect((await on.put(id, { base_url: 'https://cluster.example.com' })).status, name).toBe(200);
    // Ready means: the manifest of all operations passes every check.
    const ready = await on.server.call('readyConnector', { token: on.author, params: { id } });
    expect(ready.status, JSON.stringify(ready.body).slice(0, 2_000)).toBe(200);
  });
});
