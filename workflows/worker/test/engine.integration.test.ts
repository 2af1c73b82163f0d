import { NativeConnection } from '@temporalio/worker';
import { WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { AppError } from '@patchbay/errors';
import { runInMemory } from '@patchbay/interpreter';
import { aPlan, createSettledPort, operation, samplePlans, step } from '@patchbay/interpreter/testing';
import type {} from '@patchbay/tooling';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { createWorker } from '../src/create-worker.ts';
import { clientSide, startHarness, testBundle, testCodec, type Harness } from './harness.ts';
import { echo, hanging } from './operations.ts';
import { testServices, type TestOperation } from './test-services.ts';

let harness: Harness;
const patience = { timeout: 20_000, interval: 25 };
const fail = () => {
  throw new AppError('remote_bad_request');
};

beforeAll(async () => {
  harness = await startHarness(inject('temporalAddress'), { echo, fail }, { namespace: inject('temporalNamespace') });
});
afterAll(() => harness.stop());

type Plan = ReturnType<typeof aPlan>;

async function outcomeOf(plan: Plan, trigger: { numbers: number[] }, runId: string): Promise<unknown> {
  try {
    return { state: 'succeeded', output: (await harness.run(plan, trigger, { runId })).output };
  } catch (error) {
    if (error instanceof WorkflowFailedError && error.cause instanceof ApplicationFailure) return { state: 'failed' };
    throw error;
  }
}

describe('random plans', () => {
  it.each(['standard', 'fast'] as const)('give on Temporal (%s) what they give in memory', giveTheSame, 180_000);
});

async function giveTheSame(mode: 'standard' | 'fast'): Promise<void> {
  const trigger = { numbers: [4, 5, 6] };
  await Promise.all(
    samplePlans(60, Date.now()).map(async (random, index) => {
      const plan: Plan = { ...random, mode, hash: `${random.hash}-${mode}` };
      const runId = `random-${mode}-${String(index)}-${plan.hash.slice(0, 16)}-${String(process.pid)}`;
      const { outcome } = await runInMemory(
        plan,
        { runId, trigger },
        createSettledPort(() => 0),
      );
      const expected = outcome.state === 'succeeded' ? outcome : { state: 'failed' };
      expect(await outcomeOf(plan, trigger, runId), JSON.stringify(plan)).toEqual(expected);
    }),
  );
}

describe('a bug in the interpreter', () => {
  it('fails the workflow task, which is repeated, and never the run', async () => {
    const broken = aPlan({ steps: [step('branch', 'choice', { mode: 'if', cases: [] })] });
    const plan = { ...broken, steps: { choice: { ...broken.steps['choice'], cases: null } } } as unknown as Plan;
    const handle = await harness.start(plan);
    await vi.waitFor(async () => {
      const { events } = await handle.fetchHistory();
      expect((events ?? []).some((event) => event.workflowTaskFailedEventAttributes)).toBe(true);
    }, patience);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    await handle.terminate();
    expect((await harness.view(handle, aPlan({ steps: [] }))).state).toBe('cancelled');
  });

  it('is not what a plan of another engine is: that fails the run', async () => {
    const plan = { ...aPlan({ steps: [] }), engine: 2 } as unknown as Plan;
    await expect(harness.run(plan)).rejects.toMatchObject({ cause: { type: 'plan_unsupported' } });
  });
});

describe('roles', () => {
  it('work together: one worker for workflow tasks, one for operations', async () => {
    const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
    const taskQueue = `roles-${String(process.pid)}-${String(performance.now())}`;
    const calls: string[] = [];
    const workers = await Promise.all(
      (['flows', 'ops'] as const).map(async (role) =>
        createWorker({
          connection,
          namespace: inject('temporalNamespace'),
          taskQueue,
          role,
          workflowBundle: await testBundle(),
          payloadCodecs: [testCodec],
          services: testServices({ where: () => calls.push(role) }).services,
          limits: { maxActivities: 10, maxWorkflowTasks: 10, maxCachedRuns: 10 },
        }),
      ),
    );
    const running = workers.map((worker) => worker.run());
    const plan = aPlan({ steps: [operation('call', { operation: 'where' })] });
    const fast: Plan = { ...plan, mode: 'fast', hash: `${plan.hash}-fast` };
    const { run } = clientSide(harness.client, taskQueue);
    await run(plan);
    await run(fast);
    expect(calls).toEqual(['ops', 'flows']);
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
    await connection.close();
  });
});

describe('a worker that ends', () => {
  it('lets the operation in flight finish', async () => {
    let hasBegun = false;
    const slow = async () => {
      hasBegun = true;
      await new Promise((resolve) => setTimeout(resolve, 700));
      return 'done';
    };
    const ending = await startHarness(inject('temporalAddress'), { slow }, { namespace: inject('temporalNamespace') });
    const handle = await ending.start(aPlan({ steps: [operation('call', { operation: 'slow', effect: 'once' })] }));
    await vi.waitFor(() => {
      expect(hasBegun).toBe(true);
    }, patience);
    await ending.stop();
    const next = await startHarness(
      inject('temporalAddress'),
      {},
      { namespace: inject('temporalNamespace'), taskQueue: ending.taskQueue },
    );
    expect((await harness.client.workflow.getHandle(handle.workflowId).result()) as object).toMatchObject({
      output: 'done',
    });
    await next.stop();
  });

  it('hands an operation that does not end in time to the next worker', async () => {
    const options = { namespace: inject('temporalNamespace') };
    const begun = vi.fn();
    const slow: TestOperation = (call) => {
      begun();
      return hanging(call);
    };
    const ending = await startHarness(inject('temporalAddress'), { slow }, options);
    const resilience = { timeoutMs: 60_000, maxRetries: 0, retryDelayMs: 0, backoff: 'none' as const };
    const handle = await ending.start(
      aPlan({ steps: [operation('call', { operation: 'slow', effect: 'keyed', resilience })] }),
    );
    await vi.waitFor(() => {
      expect(begun).toHaveBeenCalled();
    }, patience);
    await ending.stop();
    const again = { slow: () => 'again' };
    const next = await startHarness(inject('temporalAddress'), again, { ...options, taskQueue: ending.taskQueue });
    expect(await harness.client.workflow.getHandle(handle.workflowId).result()).toMatchObject({ output: 'again' });
    await next.stop();
  });
});
