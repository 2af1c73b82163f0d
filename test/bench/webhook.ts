import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import type { FlowDocument } from '@patchbay/flow-model';
import { startInstallation, type Installation } from '../system/installation.ts';
import type { Bench, Figure } from './bench.ts';
import { fourOperations, threeTransforms } from './bench-flows.ts';
import { startHandWritten } from './hand-written/start.ts';
import { measureLoad, type LoadResult } from './load.ts';
import { median, rounded } from './statistics.ts';

const agent = new Agent({ connections: 32 });
const order = (index: number): string => JSON.stringify({ id: `order-${index}`, qty: 3, price: 12.5 });
const expectedTotal = 44.63;

/** Synchronous webhooks: 4 operations (fast and standard mode) and 3 transforms, the latter against a hand-written workflow. */
export const webhookBench: Bench = {
  name: 'webhook',
  run: async (note) => {
    note('starting an installation');
    const installation = await startInstallation();
    const target = await startTarget();
    try {
      return [
        ...(await operationFigures(installation, target.url, note)),
        ...(await transformFigures(installation, note)),
      ];
    } finally {
      target.server.close();
      target.server.closeAllConnections();
      await installation.dispose();
    }
  },
};

async function operationFigures(
  installation: Installation,
  target: string,
  note: (text: string) => void,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [mode, atMost] of [
    ['fast', 40],
    ['standard', 75],
  ] as const) {
    note(`4 operations, ${mode}`);
    const version = (await installation.client.call('getConnector', { params: { id: 'http' } }))._source.version;
    const url = await publish(installation, fourOperations(target, { mode, version }));
    await load(url, { count: 30, concurrency: 1 });
    const result = await load(url, { count: 150, concurrency: 1 });
    figures.push(
      { name: `4 operations, ${mode}: p50`, value: result.p50, unit: 'ms', goal: { atMost } },
      { name: `4 operations, ${mode}: p95`, value: result.p95, unit: 'ms' },
      {
        name: `4 operations, ${mode}, 10 at once`,
        value: (await load(url, { count: 300, concurrency: 10 })).perSecond,
        unit: 'requests/s',
      },
    );
  }
  return figures;
}

async function transformFigures(installation: Installation, note: (text: string) => void): Promise<Figure[]> {
  const ours = await publish(installation, threeTransforms());
  const theirs = await startHandWritten(await temporalAddress(installation));
  try {
    note('3 transforms, and the hand-written workflow');
    for (const url of [ours, theirs.url]) await load(url, { count: 60, concurrency: 4 });
    const single = await load(ours, { count: 200, concurrency: 1 });
    const pairs: [LoadResult, LoadResult][] = [];
    for (let block = 0; block < 5; block += 1) {
      const options = { count: 300, concurrency: 10 };
      // Blocks alternate, so that whatever else the machine does hits both.
      pairs.push([await load(ours, options), await load(theirs.url, options)]);
    }
    const ratios = pairs.map(([mine, hand]) => mine.perSecond / hand.perSecond);
    return [
      { name: '3 transforms: p50', value: single.p50, unit: 'ms', goal: { atMost: 30 } },
      { name: '3 transforms: p95', value: single.p95, unit: 'ms' },
      { name: '3 transforms, 10 at once', value: median(pairs.map(([mine]) => mine.perSecond)), unit: 'requests/s' },
      { name: 'hand-written, 10 at once', value: median(pairs.map(([, hand]) => hand.perSecond)), unit: 'requests/s' },
      { name: 'requests/s, ours to hand-written', value: rounded(median(ratios), 3), unit: '', goal: { atLeast: 0.9 } },
    ];
  } finally {
    await theirs.stop();
  }
}

function load(url: string, options: { count: number; concurrency: number }): Promise<LoadResult> {
  return measureLoad(options, async (index) => {
    const answer = await request(url, {
      method: 'POST',
      body: order(index),
      headers: { 'content-type': 'application/json' },
      dispatcher: agent,
    });
    const text = await answer.body.text();
    const { total } = JSON.parse(text) as { total?: number };
    if (answer.statusCode !== 200 || total !== expectedTotal)
      throw new Error(`wrong answer ${answer.statusCode}: ${text}`);
  });
}

async function publish(installation: Installation, document: FlowDocument): Promise<string> {
  const { client } = installation;
  const { _id: id } = await client.call('createFlow', { body: { document } });
  await client.call('publishFlow', { params: { id }, body: {} });
  const { webhook } = (await client.call('getFlow', { params: { id } }))._source;
  if (webhook === undefined) throw new Error('the flow has no webhook');
  return new URL(webhook.url, installation.url).href;
}

async function temporalAddress(installation: Installation): Promise<string> {
  const ports = JSON.parse(await readFile(join(installation.dataDir, 'ports.json'), 'utf8')) as { temporal: number };
  return `127.0.0.1:${ports.temporal}`;
}

/** What the four operations call: answers at once. */
async function startTarget(): Promise<{ server: Server; url: string }> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/` };
}
