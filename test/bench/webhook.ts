import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import type { FlowDocument } from '@patchbay/flow-model';
import { startInstallation, type Installation } from '../system/installation.ts';
import type { Bench, Figure } from './bench.ts';
import { fourOperations, threeTransforms } from './bench-flows.ts';
import { startHandWritten, type HandWritten } from './hand-written/start.ts';
import { measureLoad, type LoadResult } from './load.ts';
import { median, rounded, spread, untilSteady } from './statistics.ts';

const agent = new Agent({ connections: 32 });
const order = (index: number): string => JSON.stringify({ id: `order-${index}`, qty: 3, price: 12.5 });
const expectedTotal = 44.63;

/** Synchronous webhooks: 4 operations (fast and standard mode) and 3 transforms, all against hand-written workflows. */
export const webhookBench: Bench = {
  name: 'webhook',
  run: async (note) => {
    note('starting an installation');
    const installation = await startInstallation();
    const target = await startTarget();
    const hands: HandWritten[] = [];
    try {
      const options = { temporalAddress: await temporalAddress(installation), target: target.url };
      for (const isOnMainThread of [false, true]) hands.push(await startHandWritten({ ...options, isOnMainThread }));
      const [usual = '', alike = ''] = hands.map(({ url }) => url);
      return [
        ...(await operationFigures(installation, { target: target.url, hand: usual }, note)),
        ...(await transformFigures(installation, { usual, alike }, note)),
      ];
    } finally {
      for (const hand of hands) await hand.stop();
      target.server.close();
      target.server.closeAllConnections();
      await installation.dispose();
    }
  },
};

/** One block of single requests and one of ten at once. */
interface Block {
  readonly single: LoadResult;
  readonly atOnce: LoadResult;
}

const modes = { fast: 40, standard: 75 } as const;
type Mode = keyof typeof modes;

/** A block of ours, and single requests to the hand-written workflow, which tell how fast the machine is just now. */
type OperationBlock = Block & { readonly hand: LoadResult };

async function operationFigures(
  installation: Installation,
  { target, hand }: { target: string; hand: string },
  note: (text: string) => void,
): Promise<Figure[]> {
  const version = (await installation.client.call('getConnector', { params: { id: 'http' } }))._source.version;
  const urlsOf = async (mode: Mode): Promise<{ ours: string; theirs: string }> => ({
    ours: await publish(installation, fourOperations(target, { mode, version })),
    theirs: `${hand}${mode}`,
  });
  const urls = { fast: await urlsOf('fast'), standard: await urlsOf('standard') };
  for (const { ours, theirs } of Object.values(urls))
    for (const url of [ours, theirs]) await load(url, { count: 60, concurrency: 1 });
  const measureMode = async ({ ours, theirs }: { ours: string; theirs: string }): Promise<OperationBlock> => ({
    ...(await measureBlock(ours)),
    hand: await load(theirs, { count: 60, concurrency: 1 }),
  });
  const measureRound = async (index: number): Promise<Record<Mode, OperationBlock>> => {
    note(`4 operations, round ${index + 1}`);
    return { fast: await measureMode(urls.fast), standard: await measureMode(urls.standard) };
  };
  const p50s = [
    (round: Record<Mode, Block>) => round.fast.single.p50,
    (round: Record<Mode, Block>) => round.standard.single.p50,
  ];
  const rounds = await untilSteady({ atLeast: 4, atMost: 16, within: 2 }, measureRound, p50s);
  return (['fast', 'standard'] as const).flatMap((mode) =>
    modeFigures(
      mode,
      rounds.map((round) => round[mode]),
    ),
  );
}

function modeFigures(mode: Mode, blocks: readonly OperationBlock[]): Figure[] {
  const name = `4 operations, ${mode}`;
  return [
    ...blockFigures(name, blocks, modes[mode]),
    middleOf(
      `${name}, hand-written: p50`,
      'ms',
      blocks.map(({ hand }) => hand.p50),
    ),
    middleOf(
      `${name}: p50, ours to hand-written`,
      'x',
      blocks.map(({ single, hand }) => single.p50 / hand.p50),
    ),
  ];
}

async function measureBlock(url: string): Promise<Block> {
  const single = await load(url, { count: 60, concurrency: 1 });
  return { single, atOnce: await load(url, { count: 150, concurrency: 10 }) };
}

function blockFigures(name: string, blocks: readonly Block[], atMost: number): Figure[] {
  return [
    {
      ...middleOf(
        `${name}: p50`,
        'ms',
        blocks.map(({ single }) => single.p50),
      ),
      goal: { atMost },
    },
    middleOf(
      `${name}: p95`,
      'ms',
      blocks.map(({ single }) => single.p95),
    ),
    middleOf(
      `${name}, 10 at once`,
      'requests/s',
      blocks.map(({ atOnce }) => atOnce.perSecond),
    ),
  ];
}

function middleOf(name: string, unit: string, samples: readonly number[]): Figure {
  return { name, unit, value: rounded(median(samples), unit === 'x' ? 3 : 1), spread: spread(samples) };
}

/** A block of ours, and ten requests at once to the hand-written workflow: on a worker as usual and on one set up like ours. */
type TransformBlock = Block & { readonly usual: LoadResult; readonly alike: LoadResult };

/** Blocks of ours and of the hand-written one take turns, so that whatever else the machine does hits both. */
async function transformFigures(
  installation: Installation,
  { usual, alike }: { usual: string; alike: string },
  note: (text: string) => void,
): Promise<Figure[]> {
  const ours = await publish(installation, threeTransforms());
  for (const url of [ours, usual, alike]) await load(url, { count: 60, concurrency: 4 });
  const atOnce = (url: string): Promise<LoadResult> => load(url, { count: 150, concurrency: 10 });
  const measureRound = async (index: number): Promise<TransformBlock> => {
    note(`3 transforms and the hand-written workflow, round ${index + 1}`);
    return { ...(await measureBlock(ours)), usual: await atOnce(usual), alike: await atOnce(alike) };
  };
  const ratio = (block: TransformBlock): number => block.atOnce.perSecond / block.usual.perSecond;
  const ratioAlike = (block: TransformBlock): number => block.atOnce.perSecond / block.alike.perSecond;
  const rounds = await untilSteady({ atLeast: 6, atMost: 24, within: 2 }, measureRound, [ratio]);
  const perSecond = (name: string, kind: 'usual' | 'alike'): Figure =>
    middleOf(
      name,
      'requests/s',
      rounds.map((round) => round[kind].perSecond),
    );
  return [
    ...blockFigures('3 transforms', rounds, 30),
    perSecond('hand-written, 10 at once', 'usual'),
    { ...middleOf('requests/s, ours to hand-written', 'x', rounds.map(ratio)), goal: { atLeast: 0.9 } },
    perSecond('hand-written on a worker like ours, 10 at once', 'alike'),
    middleOf('requests/s, ours to that', 'x', rounds.map(ratioAlike)),
  ];
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
