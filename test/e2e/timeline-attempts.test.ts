import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStudio, type Studio } from './harness.ts';

let studio: Studio;
let server: Server;
const calls = new Map<string, number>();
beforeAll(async () => {
  // Each item is refused twice before it is taken.
  server = createServer((request, response) => {
    const count = (calls.get(request.url ?? '') ?? 0) + 1;
    calls.set(request.url ?? '', count);
    response.writeHead(count > 2 ? 200 : 503, { 'content-type': 'application/json' }).end('{}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  studio = await openStudio();
}, 180_000);
afterAll(async () => {
  server.close();
  await studio.close();
});

it('shows each attempt and each item of a loop as a bar of its own', async () => {
  const { page, installation } = studio;
  const { client } = installation;
  const http = (await client.call('getConnector', { params: { id: 'http' } }))._source;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const id = await studio.openFlow({
    name: 'Retried',
    steps: {
      items: { key: 'items', kind: 'for_each', title: 'Items', items: '[1, 2]', concurrency: 1 },
      call: {
        ...{
          key: 'call',
          kind: 'operation',
          title: 'Call',
          connector: 'http',
          version: http.version,
          operation: 'get',
        },
        input: { url: { template: `${url}/{{ loop.item }}` } },
        resilience: { maxRetries: 3, retryDelayMs: 100, backoff: 'none' },
      },
    },
    scopes: { root: { steps: ['items'], edges: [] }, 'items.body': { steps: ['call'], edges: [] } },
  });
  const { _id: run } = await client.call('startRun', { body: { flowId: id, version: 'draft' } });
  await studio.open(`/runs/${run}`);
  const timeline = page.locator('pb-run-timeline');
  for (const item of ['Item 1', 'Item 2']) {
    await timeline
      .getByRole('treeitem', { name: new RegExp(`^${item}`) })
      .locator('.gb')
      .waitFor();
  }
  const call = timeline.getByRole('treeitem', { name: /^Call/ }).last();
  await call.locator('.gb-succeeded').waitFor();
  await expect.poll(() => call.locator('.gb-failed').count(), { timeout: 20_000 }).toBe(2);
  expect(await call.locator('.gb-scope').count()).toBe(1);
  const lefts = await call.locator('.gb').evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().left));
  expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
  expect(studio.complaints).toEqual([]);
});
