import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { createPayloadCodec } from '@patchbay/flows';
import { aPlan, operation } from '@patchbay/interpreter/testing';
import type {} from '@patchbay/tooling';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { clientSide } from './harness.ts';

const runs = 200;
const key = randomBytes(32).toString('base64');
const taskQueue = `crash-${randomUUID()}`;
/** Calls by idempotency key. */
const effects = new Map<string, number>();
let remote: Server;
let connection: Connection;
let worker: ChildProcess;

beforeAll(async () => {
  remote = createServer((request, response) => {
    const used = new URL(request.url ?? '', 'http://localhost').searchParams.get('key') ?? '';
    const count = (effects.get(used) ?? 0) + 1;
    effects.set(used, count);
    void delay(100).then(() => response.end(JSON.stringify({ count })));
  });
  remote.listen(0, '127.0.0.1');
  await once(remote, 'listening');
  connection = await Connection.connect({ address: inject('temporalAddress') });
  worker = await startProcess();
});

afterAll(async () => {
  await kill(worker);
  await connection.close();
  remote.closeAllConnections();
  remote.close();
});

async function startProcess(): Promise<ChildProcess> {
  const url = `http://127.0.0.1:${String((remote.address() as AddressInfo).port)}/effect`;
  const child = fork(fileURLToPath(new URL('./worker-process.ts', import.meta.url)), [
    inject('temporalAddress'),
    inject('temporalNamespace'),
    taskQueue,
    key,
    url,
  ]);
  await once(child, 'message');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

function harness() {
  const codec = createPayloadCodec({ keyFor: () => Promise.resolve({ id: 'key-1', key: Buffer.from(key, 'base64') }) });
  const client = new Client({
    connection,
    namespace: inject('temporalNamespace'),
    dataConverter: { payloadCodecs: [codec] },
  });
  return clientSide(client, taskQueue);
}

const resilience = { timeoutMs: 1_500, maxRetries: 0, retryDelayMs: 0, backoff: 'none' as const };
const effectStep = (name: string, effect: 'keyed' | 'once') =>
  operation(name, { operation: 'effect', effect, resilience, input: { step: { value: name } } });

describe('kill -9 of the worker', () => {
  it(`lets all of ${String(runs)} runs finish, each keyed effect under one key`, async () => {
    effects.clear();
    const { start } = harness();
    const plan = aPlan({ steps: ['a', 'b', 'c'].map((name) => effectStep(name, 'keyed')) });
    const handles = await Promise.all(Array.from({ length: runs }, () => start(plan)));
    await vi.waitFor(
      () => {
        expect(effects.size).toBeGreaterThan(runs / 2);
      },
      { timeout: 30_000, interval: 10 },
    );
    const before = effects.size;
    await kill(worker);
    const killedAt = Date.now();
    worker = await startProcess();
    await Promise.all(handles.map((handle) => handle.result()));
    expect(before).toBeLessThan(runs * 3);
    expect(effects.size).toBe(runs * 3);
    expect(Date.now() - killedAt).toBeLessThan(60_000);
  }, 120_000);

  it('reports the outcome of a once operation as unknown and calls it at most once', async () => {
    effects.clear();
    const { start } = harness();
    const plan = aPlan({ steps: [effectStep('pay', 'once')] });
    const handles = await Promise.all(Array.from({ length: 40 }, () => start(plan)));
    await vi.waitFor(
      () => {
        expect(effects.size).toBeGreaterThan(5);
      },
      { timeout: 30_000, interval: 5 },
    );
    await kill(worker);
    worker = await startProcess();
    const outcomes = await Promise.allSettled(handles.map((handle) => handle.result()));
    const codes = outcomes.map((outcome) =>
      outcome.status === 'fulfilled' ? 'ok' : ((outcome.reason as { cause?: { type?: string } }).cause?.type ?? 'none'),
    );
    expect([...new Set(codes)].sort()).toEqual(['ok', 'operation_outcome_unknown']);
    expect(Math.max(...effects.values())).toBe(1);
  }, 120_000);
});
