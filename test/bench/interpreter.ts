import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { createPayloadCodec } from '@patchbay/flows';
import { flowRunWorkflow, type FlowRunInput, type OperationCall } from '@patchbay/interpreter';
import { aPlan, operation } from '@patchbay/interpreter/testing';
import { startTemporal } from '@patchbay/tooling';
import type { Bench, Figure } from './bench.ts';
import { median, rounded, spread, untilSteady } from './statistics.ts';

const stepsPerRun = 10;
const runsPerBlock = 100;
const concurrency = 20;
/** Pairs of blocks, the order inside a pair alternating, so that drift of the machine hits both sides alike. */
const pairs = { atLeast: 8, atMost: 24, within: 2 };
const namespace = 'patchbay';
const tenantId = 'bench';

type Side = 'interpreter' | 'hand-written';

interface Block {
  readonly runsPerSecond: number;
  readonly cpuMsPerStep: number;
}

/** The interpreter against a hand-written workflow: same activities, same worker, interleaved blocks. */
export const interpreterBench: Bench = {
  name: 'interpreter',
  run: async (note) => {
    const folder = await mkdtemp(join(tmpdir(), 'patchbay-bench-temporal-'));
    const temporal = await startTemporal({ dbFile: join(folder, 'temporal.db'), namespace, log: () => undefined });
    try {
      return await measure(temporal.address, note);
    } finally {
      await temporal.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(address: string, note: (text: string) => void): Promise<Figure[]> {
  const key = randomBytes(32);
  const taskQueue = `bench-${randomUUID()}`;
  const worker = await startWorker([address, namespace, taskQueue, key.toString('base64')]);
  const connection = await Connection.connect({ address });
  const codec = createPayloadCodec({ keyFor: () => Promise.resolve({ id: 'key-1', key }) });
  const client = new Client({ connection, namespace, dataConverter: { payloadCodecs: [codec] } });
  const block = (side: Side): Promise<Block> => runBlock({ client, worker, taskQueue }, side);
  try {
    note('warming up');
    for (const side of ['hand-written', 'interpreter', 'hand-written', 'interpreter'] as const) await block(side);
    const measurePair = async (index: number): Promise<Pair> => {
      note(`pair ${index + 1}`);
      if (index % 2 === 0) return { own: await block('interpreter'), hand: await block('hand-written') };
      const hand = await block('hand-written');
      return { own: await block('interpreter'), hand };
    };
    return figuresOf(await untilSteady(pairs, measurePair, [throughputRatio, cpuRatio]));
  } finally {
    await connection.close();
    worker.disconnect();
    await once(worker, 'exit');
  }
}

/** Both sides, one right after the other. */
interface Pair {
  readonly own: Block;
  readonly hand: Block;
}

const throughputRatio = ({ own, hand }: Pair): number => own.runsPerSecond / hand.runsPerSecond;
const cpuRatio = ({ own, hand }: Pair): number => own.cpuMsPerStep / hand.cpuMsPerStep;

function figuresOf(measured: readonly Pair[]): Figure[] {
  const figure = (name: string, unit: string, read: (pair: Pair) => number): Figure => {
    const samples = measured.map(read);
    return { name, unit, value: rounded(median(samples), unit === 'x' ? 3 : 2), spread: spread(samples) };
  };
  return [
    { ...figure('throughput of hand-written', 'x', throughputRatio), goal: { atLeast: 0.95 } },
    { ...figure('CPU per step of hand-written', 'x', cpuRatio), goal: { atMost: 1.1 } },
    figure(`interpreter, ${stepsPerRun} steps`, 'runs/s', ({ own }) => own.runsPerSecond),
    figure(`hand-written, ${stepsPerRun} steps`, 'runs/s', ({ hand }) => hand.runsPerSecond),
    figure('interpreter, worker CPU per step', 'ms', ({ own }) => own.cpuMsPerStep),
    figure('hand-written, worker CPU per step', 'ms', ({ hand }) => hand.cpuMsPerStep),
  ];
}

interface Place {
  readonly client: Client;
  readonly worker: ChildProcess;
  readonly taskQueue: string;
}

async function runBlock(place: Place, side: Side): Promise<Block> {
  let open = runsPerBlock;
  const work = async (): Promise<void> => {
    while (open > 0) {
      open -= 1;
      await runOne(place, side);
    }
  };
  const cpuBefore = await cpuMs(place.worker);
  const begin = performance.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  const seconds = (performance.now() - begin) / 1_000;
  const cpuAfter = await cpuMs(place.worker);
  return {
    runsPerSecond: runsPerBlock / seconds,
    cpuMsPerStep: (cpuAfter - cpuBefore) / (runsPerBlock * stepsPerRun),
  };
}

const resilience = { timeoutMs: 10_000, maxRetries: 3, retryDelayMs: 1_000, backoff: 'exponential' as const };

const plan = aPlan({
  steps: Array.from({ length: stepsPerRun }, (_, index) =>
    operation(`s${index}`, {
      connector: { slug: 'bench', version: '1.0.0', integrity: 'sha512-bench' },
      operation: 'add',
      activityType: 'bench@1.0.0/add',
      input: { n: { formula: index === 0 ? 'trigger.n + 1' : `s${index - 1}.n + 1` } },
      effect: 'keyed',
      resilience,
    }),
  ),
});

async function runOne({ client, taskQueue }: Place, side: Side): Promise<void> {
  const runId = randomUUID();
  const options = { taskQueue, workflowId: `${tenantId}/flow-1/${runId}` };
  const result: unknown =
    side === 'interpreter'
      ? await client.workflow.execute(flowRunWorkflow, { ...options, args: [inputOf(runId)] })
      : await client.workflow.execute('handWritten', { ...options, args: [callOf(runId), stepsPerRun] });
  const { n } = (side === 'interpreter' ? (result as { output: { n: number } }).output : result) as { n: number };
  if (n !== stepsPerRun) throw new Error(`${side} gave ${String(n)}`);
}

function inputOf(runId: string): FlowRunInput {
  const planRef = { flowVersionId: 'version-1', planHash: plan.hash };
  return { engine: 1, plan, planRef, tenantId, flowId: 'flow-1', runId, trigger: { n: 0 } };
}

/** What the interpreter hands to each activity, so that both sides move the same bytes. */
function callOf(runId: string): OperationCall {
  const connector = { slug: 'bench', version: '1.0.0', integrity: 'sha512-bench' };
  const fixed = { connector, operation: 'add', effect: 'keyed' as const, resilience };
  return { tenantId, runId, path: '', key: '', input: {}, needsOutput: true, priorFailures: 0, ...fixed };
}

async function startWorker(args: readonly string[]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('./interpreter/worker.ts', import.meta.url)), args);
  const [first]: unknown[] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (first !== 'ready') throw new Error('The worker of the bench did not start.');
  return child;
}

async function cpuMs(worker: ChildProcess): Promise<number> {
  worker.send('cpu');
  const [answer] = (await once(worker, 'message')) as [{ cpuMs: number }];
  return answer.cpuMs;
}
