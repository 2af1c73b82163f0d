import { WithStartWorkflowOperation } from '@temporalio/client';
import { flowRunWorkflow, replyUpdate, type FlowRunAnswer } from '@patchbay/interpreter';
import { aPlan, operation, step, transform } from '@patchbay/interpreter/testing';
import type {} from '@patchbay/tooling';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { startHarness, tenantId, type FlowRun, type Harness } from './harness.ts';
import type { TestOperation } from './test-services.ts';
import { echo, failing, hanging } from './operations.ts';

const operations: Record<string, TestOperation> = { echo, hanging };
let harness: Harness;

beforeAll(async () => {
  harness = await startHarness(inject('temporalAddress'), operations, { namespace: inject('temporalNamespace') });
});
afterAll(() => harness.stop());

type Plan = ReturnType<typeof aPlan>;

const fast = (plan: Plan): Plan => ({ ...plan, mode: 'fast', hash: `${plan.hash}-fast` });
/** How long a test waits for a fact. */
const patience = { timeout: 20_000, interval: 25 };

const respond = step('respond', 'answer', {
  status: { value: 200 },
  body: { formula: '{"sum": trigger.a + trigger.b}' },
});

/** What an own record says that the fold of the history must say too; times differ by the length of a workflow task. */
function essence(view: Awaited<ReturnType<Harness['view']>>): unknown {
  const steps = view.steps.map(({ startedAt: _start, endedAt: _end, ...rest }) => rest);
  return { ...view, startedAt: 0, endedAt: 0, steps };
}

async function answer(plan: Plan, trigger: Parameters<Harness['inputOf']>[1]): Promise<FlowRunAnswer> {
  const input = harness.inputOf(plan, trigger);
  return harness.client.workflow.executeUpdateWithStart<FlowRun, FlowRunAnswer, []>(replyUpdate, {
    startWorkflowOperation: new WithStartWorkflowOperation<FlowRun>(flowRunWorkflow, {
      taskQueue: harness.taskQueue,
      workflowId: `${tenantId}/flow-1/${input.runId}`,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [input],
    }),
  });
}

describe('a run', () => {
  const everything = aPlan({
    steps: [
      operation('first', { input: { n: { formula: 'trigger.a' } } }),
      step('branch', 'choice', { mode: 'if', cases: [{ id: 'yes', label: 'Yes', when: 'first.n > 0' }] }),
      step('for_each', 'lines', {
        items: '[1, 2, 3]',
        concurrency: 2,
        maxItems: 10,
        bodyScope: { steps: [operation('each', { input: { item: { formula: 'loop.item' } } })] },
      }),
      transform('never', '1'),
      step('try', 'guard', {
        bodyScope: { steps: [operation('bad', { operation: 'refused' })] },
        catchScope: { steps: [transform('rescue', 'error.code')] },
      }),
      step('wait', 'pause', { wait: { durationSeconds: { value: 0.1 } } }),
      respond,
      transform('last', '[guard, size(lines)]'),
    ],
    edges: [
      'first>choice',
      'choice:yes>lines',
      'choice:otherwise>never',
      'lines>guard',
      'guard>pause',
      'pause>answer',
      'answer>last',
    ],
  });

  it.each([
    ['standard', everything],
    ['fast', fast(everything)],
  ])('of all step kinds gives in %s mode a history whose fold equals its own record', async (_mode, plan) => {
    operations['refused'] = failing('remote_bad_request').operation;
    const trigger = { a: 1, b: 2 };
    const handle = await harness.start(plan, trigger);
    expect((await handle.result()).output).toEqual(['remote_bad_request', 3]);
    const folded = await harness.view(handle, plan, trigger);
    const own = await vi.waitFor(() => {
      const found = harness.recorded.closed.find((run) => run.workflowId === handle.workflowId);
      if (!found) throw new Error('Not recorded yet.');
      return found;
    });
    expect(essence(folded)).toEqual(essence(own.view));
    expect(folded.steps.map(({ path, state }) => `${path} ${state}`)).toContain('lines[2].each succeeded');
  });

  it('runs steps without a path between them at the same time', async () => {
    let open = 0;
    let most = 0;
    operations['together'] = async () => {
      open += 1;
      most = Math.max(most, open);
      await vi.waitFor(() => {
        expect(most).toBe(3);
      }, patience);
      open -= 1;
      return null;
    };
    const steps = ['a', 'b', 'c'].map((key) => operation(key, { operation: 'together' }));
    await harness.run(aPlan({ steps, edges: [] }));
    expect(most).toBe(3);
  });

  it('loads its plan by reference', async () => {
    const plan = aPlan({ steps: [transform('one', '1')] });
    const input = harness.inputOf(plan, null);
    const { plan: _inline, ...reference } = input;
    await harness.run(plan, null, input);
    const handle = await harness.client.workflow.start<FlowRun>(flowRunWorkflow, {
      taskQueue: harness.taskQueue,
      workflowId: `${tenantId}/flow-1/by-reference-${input.runId}`,
      args: [reference],
    });
    expect((await handle.result()).output).toBe(1);
  });

  it('runs one step alone for a step test', async () => {
    const plan = aPlan({ steps: [operation('first'), operation('second', { input: { n: { formula: 'first.n' } } })] });
    const result = await harness.run(plan, null, { only: 'second', scope: { first: { n: 7 } }, isTest: true });
    expect(result.output).toEqual({ n: 7 });
  });

  it('runs 1,000 items, 20 at once', async () => {
    const plan = aPlan({
      steps: [
        step('for_each', 'lines', {
          items: 'trigger.lines',
          concurrency: 20,
          maxItems: 1_000,
          bodyScope: { steps: [operation('each', { input: { item: { formula: 'loop.item' } } })] },
          result: { formula: 'each.item' },
        }),
      ],
    });
    const lines = Array.from({ length: 1_000 }, (_, index) => index);
    expect((await harness.run(plan, { lines })).output).toEqual(lines);
  }, 120_000);

  it('gives the same when it continues as new again and again', async () => {
    const plan = aPlan({
      steps: [
        operation('first', { input: { n: { value: 5 } } }),
        step('for_each', 'lines', {
          items: '[1, 2, 3, 4]',
          concurrency: 2,
          maxItems: 9,
          bodyScope: { steps: [operation('each', { input: { item: { formula: 'loop.item + first.n' } } })] },
        }),
        step('wait', 'pause', { wait: { durationSeconds: { value: 0.2 } } }),
        transform('last', 'lines.map(l, l.item)'),
      ],
    });
    const handle = await harness.start(plan, null, { maxEvents: 8 });
    expect((await handle.result()).output).toEqual([6, 7, 8, 9]);
    const first = await handle.fetchHistory().catch(() => undefined);
    expect(first).toBeDefined();
  });
});

describe('a synchronous answer', () => {
  it('comes from the respond step while the run goes on', async () => {
    const plan = aPlan({ steps: [respond, operation('slow', { operation: 'hanging', resilience: patient })] });
    const given = await answer(plan, { a: 2, b: 3 });
    expect(given).toEqual({ reply: { status: 200, headers: {}, body: { sum: 5 } }, view: { state: 'running' } });
  });

  it('tells how the run ended when nothing answered', async () => {
    expect(await answer(aPlan({ steps: [transform('one', '1')] }), null)).toEqual({
      view: { state: 'succeeded', output: 1 },
    });
    const failed = await answer(aPlan({ steps: [transform('bad', 'trigger.x.y')] }), {});
    expect(failed.view).toMatchObject({ state: 'failed', error: { stepPath: 'bad' } });
  });
});

const patient = { timeoutMs: 60_000, maxRetries: 0, retryDelayMs: 0, backoff: 'none' as const };

describe('cancellation', () => {
  it.each([
    [
      'an operation runs',
      aPlan({ steps: [operation('call', { operation: 'hanging', resilience: patient })] }),
      'running',
    ],
    [
      'a wait lasts',
      aPlan({ steps: [step('wait', 'call', { wait: { durationSeconds: { value: 600 } } })] }),
      'waiting',
    ],
    [
      'a retry is due',
      aPlan({
        steps: [
          operation('call', { operation: 'down', resilience: { ...patient, maxRetries: 3, retryDelayMs: 600_000 } }),
        ],
      }),
      'retrying',
    ],
    [
      'a local operation runs',
      fast(
        aPlan({ steps: [operation('call', { operation: 'hanging', resilience: { ...patient, timeoutMs: 5_000 } })] }),
      ),
      'running',
    ],
  ])('ends the run while %s', async (_when, plan, state) => {
    operations['down'] = failing('remote_unavailable').operation;
    const handle = await harness.start(plan);
    if (plan.mode === 'standard') {
      await vi.waitFor(async () => {
        expect((await harness.view(handle, plan)).steps[0]?.state).toBe(state);
      }, patience);
    }
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow();
    expect((await handle.describe()).status.name).toBe('CANCELLED');
    const view = await harness.view(handle, plan);
    expect(view).toMatchObject({ state: 'cancelled', steps: [{ path: 'call', state: 'cancelled' }] });
  });

  it('stops steps on parallel branches when a stop step ends the run', async () => {
    const plan = aPlan({
      steps: [
        operation('slow', { operation: 'hanging', resilience: patient }),
        step('wait', 'long', { wait: { durationSeconds: { value: 600 } } }),
        step('stop', 'halt', { outcome: 'succeeded', output: { value: 'enough' } }),
      ],
      edges: [],
    });
    expect((await harness.run(plan)).output).toBe('enough');
  });
});

describe('fast mode', () => {
  it('leaves no activity in the history, and goes on as a normal activity when it must repeat', async () => {
    operations['flaky'] = failing('network_error', 1).operation;
    const calm = fast(aPlan({ steps: [operation('call')] }));
    const flaky = fast(
      aPlan({
        steps: [
          operation('call', {
            operation: 'flaky',
            resilience: { ...patient, timeoutMs: 2_000, maxRetries: 2, retryDelayMs: 50 },
          }),
        ],
      }),
    );
    const count = async (plan: Plan): Promise<number> => {
      const handle = await harness.start(plan);
      await handle.result();
      const { events } = await handle.fetchHistory();
      const view = await harness.view(handle, plan);
      expect(view.steps[0]).toMatchObject({ state: 'succeeded', attempts: plan === calm ? 1 : 2 });
      return (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes).length;
    };
    expect([await count(calm), await count(flaky)]).toEqual([0, 1]);
  });

  it('never runs a once operation locally', async () => {
    const plan = fast(aPlan({ steps: [operation('call', { effect: 'once' })] }));
    const handle = await harness.start(plan);
    await handle.result();
    const { events } = await handle.fetchHistory();
    expect((events ?? []).some((event) => event.activityTaskScheduledEventAttributes)).toBe(true);
  });
});

describe('large values', () => {
  const big = 'x'.repeat(100_000);

  it('go by reference from operation to operation when no formula looks inside', async () => {
    operations['make'] = () => ({ big });
    operations['measure'] = ({ input }) => (input['data'] as { big: string }).big.length;
    const plan = aPlan({
      steps: [
        operation('make', { operation: 'make' }),
        operation('use', { operation: 'measure', input: { data: { formula: 'make' } } }),
      ],
    });
    const handle = await harness.start(plan);
    expect((await handle.result()).output).toBe(100_000);
    expect((await harness.view(handle, plan)).steps[0]?.output).toMatchObject({ sizeBytes: big.length + 10 });
  });

  it('stay whole when a formula looks inside, up to 1 MiB', async () => {
    operations['make'] = () => ({ big });
    operations['huge'] = () => ({ big: 'x'.repeat(1_100_000) });
    const read = (name: string): Plan =>
      aPlan({ steps: [operation('make', { operation: name }), transform('size_of', 'size(make.big)')] });
    expect((await harness.run(read('make'))).output).toBe(100_000);
    await expect(harness.run(read('huge'))).rejects.toMatchObject({ cause: { type: 'response_too_large' } });
  });

  it('are put aside when they are the output of the run', async () => {
    operations['make'] = () => ({ big });
    const plan = aPlan({ steps: [operation('make', { operation: 'make' }), transform('all', '[make.big, make.big]')] });
    const { output } = await harness.run(plan);
    expect(output).toMatchObject({ preview: expect.stringContaining('["xx') as string });
  });
});

describe('secrets', () => {
  it('are neither in the history nor in clear text there', async () => {
    let seen: string | undefined;
    operations['secretive'] = ({ credentials, input }) => {
      seen = credentials['key'];
      return input;
    };
    const plan = aPlan({
      steps: [
        operation('call', { operation: 'secretive', connectionId: 'c1', input: { note: { value: 'plain note' } } }),
      ],
    });
    const handle = await harness.start(plan);
    await handle.result();
    expect(seen).toBe('planted-secret');
    const history = await handle.fetchHistory();
    const bytes = (history.events ?? []).map((event) => JSON.stringify(event)).join('\n');
    const decoded = bytes.replace(/"data":"([^"]*)"/g, (_all, data: string) =>
      Buffer.from(data, 'base64').toString('latin1'),
    );
    expect(decoded).not.toContain('planted-secret');
    expect(decoded).not.toContain('plain note');
  });
});
