import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@patchbay/flow-model';
import type { Plan, StepRecord } from '@patchbay/flow-model/plan';
import { aPlan, createSettledPort, operation, step, transform } from '../testing/index.ts';
import { createRun, runInMemory, singleStepPlan, type InMemoryResult } from './index.ts';

function run(plan: Plan, trigger: JsonValue = {}): Promise<InMemoryResult> {
  return runInMemory(
    plan,
    { runId: 'run-1', trigger },
    createSettledPort(() => 0),
  );
}

function stateOf(result: InMemoryResult): Record<string, string> {
  return Object.fromEntries(result.records.map((record: StepRecord) => [record.path, record.state]));
}

const yesNo = (when: string) => step('branch', 'choice', { mode: 'if', cases: [{ id: 'yes', label: 'Yes', when }] });

describe('a sequence', () => {
  it('hands outputs on and gives the output of the last step', async () => {
    const plan = aPlan({
      steps: [operation('first', { input: { n: { formula: 'trigger.n' } } }), transform('second', 'first.n + 1')],
    });
    const result = await run(plan, { n: 41 });
    expect(result.outcome).toEqual({ state: 'succeeded', output: 42 });
    expect(result.records.map(({ path, attempts }) => [path, attempts])).toEqual([
      ['first', 1],
      ['second', 0],
    ]);
  });

  it('fails with the step, code and message of the first failure', async () => {
    const plan = aPlan({ steps: [operation('bad', { operation: 'fail' }), transform('never', '1')] });
    const result = await run(plan);
    expect(result.outcome).toMatchObject({
      state: 'failed',
      error: { code: 'remote_bad_request', message: 'No: bad', stepPath: 'bad', attempts: 1 },
    });
    expect(stateOf(result)).toEqual({ bad: 'failed' });
  });

  it('turns a formula that fails into a failure of its step', async () => {
    const result = await run(aPlan({ steps: [transform('broken', 'trigger.missing.field')] }));
    expect(result.outcome.state).toBe('failed');
    expect(result.outcome.error).toMatchObject({ stepPath: 'broken', retryable: false });
    expect(result.outcome.error?.code).toMatch(/^expression_/);
  });

  it('passes a disabled step with output null', async () => {
    const disabled = { step: { ...operation('off').step, disabled: true } };
    const result = await run(aPlan({ steps: [disabled, transform('after', 'off == null')] }));
    expect(result.outcome.output).toBe(true);
    expect(stateOf(result)).toEqual({ off: 'skipped', after: 'succeeded' });
  });

  it('gives null for a flow without steps', async () => {
    expect((await run(aPlan({ steps: [] }))).outcome).toEqual({ state: 'succeeded', output: null });
  });
});

describe('a branch', () => {
  const forked = (when: string) =>
    aPlan({
      steps: [yesNo(when), transform('a', '"a"'), transform('b', '"b"'), transform('join', '"joined"')],
      edges: ['choice:yes>a', 'choice:otherwise>b', 'a>join', 'b>join'],
    });

  it.each([
    ['trigger.n > 1', { choice: 'succeeded', a: 'succeeded', b: 'skipped', join: 'succeeded' }],
    ['trigger.n > 9', { choice: 'succeeded', a: 'skipped', b: 'succeeded', join: 'succeeded' }],
  ])('takes one port for %s and joins', async (when, states) => {
    const result = await run(forked(when), { n: 5 });
    expect(stateOf(result)).toEqual(states);
    expect(result.outcome.output).toBe('joined');
  });

  it('propagates skipping', async () => {
    const plan = aPlan({
      steps: [yesNo('false'), transform('a', '1'), transform('b', '2')],
      edges: ['choice:yes>a', 'a>b'],
    });
    expect(stateOf(await run(plan))).toEqual({ choice: 'succeeded', a: 'skipped', b: 'skipped' });
  });

  it('compares cases of a switch with its subject', async () => {
    const cases = ['"de"', '"fr"'].map((when, index) => ({ id: `c${String(index)}`, label: when, when }));
    const plan = aPlan({ steps: [step('branch', 'choice', { mode: 'switch', on: 'trigger.land', cases })] });
    const ports = async (land: string) => (await run(plan, { land })).records[0]?.takenPorts;
    expect(await ports('fr')).toEqual(['c1']);
    expect(await ports('it')).toEqual(['otherwise']);
  });

  it('refuses a condition that is not true or false', async () => {
    const result = await run(aPlan({ steps: [yesNo('1')] }));
    expect(result.outcome.error).toMatchObject({ code: 'expression_type', stepPath: 'choice' });
  });
});

describe('for_each', () => {
  const loop = (options: { concurrency?: number; result?: string; maxItems?: number; body?: string } = {}) =>
    step('for_each', 'lines', {
      items: 'trigger.lines',
      concurrency: options.concurrency ?? 1,
      maxItems: options.maxItems ?? 1_000,
      bodyScope: {
        steps: [
          operation('reserve', {
            operation: options.body ?? 'echo',
            input: { item: { formula: 'loop.item' }, index: { formula: 'loop.index' } },
          }),
        ],
      },
      ...(options.result !== undefined && { result: { formula: options.result } }),
    });

  it('gives the results in the order of the items and one path per iteration', async () => {
    const result = await run(aPlan({ steps: [loop({ concurrency: 3, result: 'reserve.item * 10' })] }), {
      lines: [3, 1, 2],
    });
    expect(result.outcome.output).toEqual([30, 10, 20]);
    expect(Object.keys(stateOf(result))).toEqual(['lines', 'lines[0].reserve', 'lines[1].reserve', 'lines[2].reserve']);
  });

  it('keeps the window', async () => {
    const port = createSettledPort(() => 0);
    let most = 0;
    let open = 0;
    const counting = {
      ...port,
      runOperation: async (call: Parameters<typeof port.runOperation>[0]) => {
        open += 1;
        most = Math.max(most, open);
        const output = await port.runOperation(call);
        open -= 1;
        return output;
      },
    };
    const lines = Array.from({ length: 20 }, (_, index) => index);
    await runInMemory(aPlan({ steps: [loop({ concurrency: 4 })] }), { runId: 'r', trigger: { lines } }, counting);
    expect(most).toBe(4);
  });

  it('starts no iteration after a failure and fails with the first error', async () => {
    const result = await run(aPlan({ steps: [loop({ body: 'fail' })] }), { lines: [1, 2, 3] });
    expect(result.outcome.error).toMatchObject({ code: 'remote_bad_request', stepPath: 'lines[0].reserve' });
    expect(stateOf(result)).toEqual({ lines: 'failed', 'lines[0].reserve': 'failed' });
  });

  it('refuses more items than it may run and anything that is not a list', async () => {
    const many = await run(aPlan({ steps: [loop({ maxItems: 2 })] }), { lines: [1, 2, 3] });
    expect(many.outcome.error?.code).toBe('items_limit_exceeded');
    const text = await run(aPlan({ steps: [loop()] }), { lines: 'abc' });
    expect(text.outcome.error?.code).toBe('expression_type');
  });

  it('shows the enclosing loop as loop.parent', async () => {
    const inner = step('for_each', 'inner', {
      items: '[10, 20]',
      concurrency: 2,
      maxItems: 10,
      bodyScope: { steps: [transform('sum', 'loop.item + loop.parent.item + loop.parent.index')] },
    });
    const plan = aPlan({
      steps: [
        step('for_each', 'outer', { items: '[1, 2]', concurrency: 1, maxItems: 10, bodyScope: { steps: [inner] } }),
      ],
    });
    const result = await run(plan);
    expect(result.outcome.output).toEqual([
      [11, 21],
      [13, 23],
    ]);
    expect(stateOf(result)['outer[1].inner[0].sum']).toBe('succeeded');
  });

  it('runs 10,000 iterations of transforms without exhausting the stack', async () => {
    const plan = aPlan({
      steps: [
        step('for_each', 'many', {
          items: 'trigger.lines',
          concurrency: 50,
          maxItems: 10_000,
          bodyScope: { steps: [transform('twice', 'loop.item * 2')] },
        }),
      ],
    });
    const result = await run(plan, { lines: Array.from({ length: 10_000 }, (_, index) => index) });
    expect((result.outcome.output as number[])[9_999]).toBe(19_998);
  });
});

describe('try', () => {
  const guarded = (body: string, rescue: string) =>
    aPlan({
      steps: [
        step('try', 'guard', {
          bodyScope: { steps: [operation('risky', { operation: body })] },
          catchScope: { steps: [transform('rescue', rescue)] },
        }),
        transform('after', 'guard'),
      ],
    });

  it('gives the output of the catch scope, where error is in scope', async () => {
    const result = await run(guarded('fail', 'error.code + " at " + error.stepPath'));
    expect(result.outcome.output).toBe('remote_bad_request at risky');
    expect(stateOf(result)).toMatchObject({ guard: 'succeeded', risky: 'failed', rescue: 'succeeded' });
  });

  it('leaves the catch scope alone when the body succeeds', async () => {
    expect(stateOf(await run(guarded('echo', '1')))).toEqual({
      guard: 'succeeded',
      risky: 'succeeded',
      after: 'succeeded',
    });
  });

  it('fails with the error of the catch scope', async () => {
    const result = await run(guarded('fail', 'trigger.nothing'));
    expect(result.outcome.error?.stepPath).toBe('rescue');
  });
});

describe('respond and stop', () => {
  it('answers once and runs on', async () => {
    const respond = (key: string) =>
      step('respond', key, {
        status: { value: 201 },
        headers: { 'x-id': { template: 'id {{ run.id }}' } },
        body: { object: { ok: { value: true } } },
      });
    const result = await run(aPlan({ steps: [respond('one'), transform('two', '2'), respond('three')] }));
    expect(result.reply).toEqual({ status: 201, headers: { 'x-id': 'id run-1' }, body: { ok: true } });
    expect(result.outcome.error).toMatchObject({ code: 'reply_already_sent', stepPath: 'three' });
  });

  it('stops the run from inside a loop and a try, with its output', async () => {
    const stop = step('stop', 'halt', { outcome: 'succeeded', output: { formula: 'loop.item' } });
    const loop = step('for_each', 'each', {
      items: '[7, 8]',
      concurrency: 1,
      maxItems: 9,
      bodyScope: { steps: [stop] },
    });
    const result = await run(
      aPlan({ steps: [step('try', 'guard', { bodyScope: { steps: [loop] } }), transform('never', '1')] }),
    );
    expect(result.outcome).toEqual({ state: 'succeeded', output: 7 });
    expect(stateOf(result)).toEqual({ guard: 'cancelled', each: 'cancelled', 'each[0].halt': 'succeeded' });
  });

  it('is never caught when it fails the run', async () => {
    const stop = step('stop', 'halt', { outcome: 'failed', message: { template: 'No stock for {{ trigger.sku }}' } });
    const plan = aPlan({
      steps: [step('try', 'guard', { bodyScope: { steps: [stop] }, catchScope: { steps: [transform('no', '1')] } })],
    });
    const result = await run(plan, { sku: 'A1' });
    expect(result.outcome.error).toMatchObject({ code: 'flow_stopped', message: 'No stock for A1', stepPath: 'halt' });
    expect(stateOf(result)['no']).toBeUndefined();
  });
});

describe('wait', () => {
  const waiting = (wait: Parameters<typeof step<'wait'>>[2]['wait']) =>
    aPlan({ steps: [step('wait', 'pause', { wait })] });

  it.each([
    [{ durationSeconds: { value: 1.5 } }, 1_500],
    [{ durationSeconds: { value: 'PT1H30M' } }, 5_400_000],
    [{ until: { value: '1970-01-01T00:01:00Z' } }, 60_000],
    [{ until: { value: '1970-01-02' } }, 86_400_000],
  ])('asks for a timer for %j', (wait, ms) => {
    const commands = createRun(waiting(wait), { runId: 'r', trigger: null }).start(0);
    expect(commands).toEqual([{ type: 'sleep', path: 'pause', ms }]);
  });

  it('goes on at once when the time has passed', () => {
    const plan = waiting({ until: { value: '1969-12-31T23:59:00Z' } });
    expect(createRun(plan, { runId: 'r', trigger: null }).start(0)).toEqual([{ type: 'done' }]);
  });

  it.each([
    [{ durationSeconds: { value: 'soon' } }],
    [{ until: { value: '10:00' } }],
    [{ durationSeconds: { value: 1e12 } }],
  ])('refuses %j', async (wait) => {
    expect((await run(waiting(wait))).outcome.error?.code).toBe('expression_type');
  });
});

describe('now() in formulas', () => {
  it('is the moment of the go: the same in all steps of one, later in the next', () => {
    const until = { until: { formula: 'now() + minutes(1)' } };
    const plan = aPlan({
      steps: [
        transform('first', 'now()'),
        operation('call', { input: { due: { formula: 'now() + hours(48)' }, same: { formula: 'now() == first' } } }),
        step('wait', 'pause', { wait: until }),
        transform('last', 'now() - first'),
      ],
    });
    const machine = createRun(plan, { runId: 'r', trigger: null });
    expect(machine.start(0)).toMatchObject([{ input: { due: '1970-01-03T00:00:00.000Z', same: true } }]);
    const answer = { type: 'operationCompleted', path: 'call', output: null, attempts: 1 } as const;
    expect(machine.advance(answer, 5_000)).toEqual([{ type: 'sleep', path: 'pause', ms: 60_000 }]);
    machine.advance({ type: 'timerFired', path: 'pause' }, 65_000);
    expect(machine.outcome).toEqual({ state: 'succeeded', output: 65 });
  });

  it('follows the clock that is given beside the time', () => {
    const machine = createRun(aPlan({ steps: [transform('only', 'now()')] }), { runId: 'r', trigger: null });
    machine.start(0, 1_000);
    expect(machine.outcome?.output).toBe('1970-01-01T00:00:01.000Z');
    expect(machine.record('only')?.startedAt).toBe(0);
  });
});

describe('cancellation and failure beside running steps', () => {
  const parallel = aPlan({
    steps: [operation('slow'), step('wait', 'pause', { wait: { durationSeconds: { value: 60 } } }), operation('bad')],
    edges: [],
  });

  it('cancels timers at once, asks to cancel operations and ends when they have answered', () => {
    const machine = createRun(parallel, { runId: 'r', trigger: null });
    machine.start(0);
    expect(machine.advance({ type: 'cancelRequested' }, 5)).toEqual([
      { type: 'cancelOperations' },
      { type: 'cancelSleep', path: 'pause' },
    ]);
    machine.advance({ type: 'operationCancelled', path: 'bad' }, 6);
    expect(machine.outcome).toBeUndefined();
    machine.advance({ type: 'operationCompleted', path: 'slow', output: 1, attempts: 1 }, 7);
    expect(machine.outcome?.state).toBe('cancelled');
    expect(machine.records().map(({ path, state }) => [path, state])).toEqual([
      ['slow', 'succeeded'],
      ['pause', 'cancelled'],
      ['bad', 'cancelled'],
    ]);
  });

  it('lets operations in flight finish after a failure, but no timer', () => {
    const machine = createRun(parallel, { runId: 'r', trigger: null });
    machine.start(0);
    const error = { code: 'remote_conflict', message: 'No', retryable: false, attempts: 2 };
    expect(machine.advance({ type: 'operationFailed', path: 'bad', error }, 1)).toEqual([
      { type: 'cancelSleep', path: 'pause' },
    ]);
    machine.advance({ type: 'operationCompleted', path: 'slow', output: 1, attempts: 1 }, 2);
    expect(machine.outcome).toMatchObject({ state: 'failed', error: { stepPath: 'bad', attempts: 2 } });
  });

  it('is not caught by a try', () => {
    const plan = aPlan({
      steps: [
        step('try', 'guard', {
          bodyScope: { steps: [operation('slow')] },
          catchScope: { steps: [transform('no', '1')] },
        }),
      ],
    });
    const machine = createRun(plan, { runId: 'r', trigger: null });
    machine.start(0);
    machine.advance({ type: 'operationCancelled', path: 'slow' }, 1);
    expect(machine.outcome?.state).toBe('cancelled');
    expect(machine.records().map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('limits', () => {
  it('asks for a pause after about 1,000 operations and goes on after it', () => {
    const steps = Array.from({ length: 2_500 }, (_, index) => operation(`s${String(index)}`));
    const machine = createRun(aPlan({ steps, edges: [] }), { runId: 'r', trigger: null });
    const count = (commands: readonly { type: string }[]) =>
      commands.filter(({ type }) => type === 'runOperation').length;
    const counts = [count(machine.start(0))];
    while (machine.isYielding) counts.push(count(machine.advance({ type: 'resume' }, 0)));
    expect(counts[0]).toBeGreaterThan(800);
    expect(counts[0]).toBeLessThanOrEqual(1_250);
    expect(counts.reduce((sum, each) => sum + each, 0)).toBe(2_500);
  });

  it('refuses an input or answer that Temporal could not carry, and cuts the message of a stop', async () => {
    const big = 'x'.repeat(1_600_000);
    const called = await run(aPlan({ steps: [operation('call', { input: { big: { formula: 'trigger.big' } } })] }), {
      big,
    });
    expect(called.outcome.error).toMatchObject({ code: 'payload_too_large', stepPath: 'call' });
    const respond = step('respond', 'answer', { status: { value: 200 }, body: { formula: 'trigger.big' } });
    expect((await run(aPlan({ steps: [respond] }), { big })).outcome.error?.code).toBe('payload_too_large');
    const stop = step('stop', 'halt', { outcome: 'failed', message: { formula: 'trigger.big' } });
    expect((await run(aPlan({ steps: [stop] }), { big })).outcome.error?.message).toHaveLength(4_001);
  });

  it('asks for a pause when formulas were costly', () => {
    const costly = 'trigger.numbers.map(a, trigger.numbers.map(b, a * b)).size()';
    const steps = Array.from({ length: 200 }, (_, index) => transform(`s${String(index)}`, costly));
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    const machine = createRun(aPlan({ steps, edges: [] }), { runId: 'r', trigger: { numbers } });
    machine.start(0);
    expect(machine.isYielding).toBe(true);
    while (machine.isYielding) machine.advance({ type: 'resume' }, 0);
    expect(machine.outcome).toEqual({ state: 'succeeded', output: 200 });
  });

  it('walks 1,000 steps in a row in linear time', async () => {
    const steps = Array.from({ length: 1_000 }, (_, index) =>
      transform(`s${String(index)}`, index === 0 ? '1' : `s${String(index - 1)} + 1`),
    );
    const started = performance.now();
    expect((await run(aPlan({ steps }))).outcome.output).toBe(1_000);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('refuses a plan of another engine', () => {
    const plan = { ...aPlan({ steps: [] }), engine: 2 } as unknown as Plan;
    expect(() => createRun(plan, { runId: 'r', trigger: null })).toThrow(
      expect.objectContaining({ code: 'plan_unsupported' }),
    );
  });

  it('runs one step alone with given names', async () => {
    const plan = singleStepPlan(
      aPlan({ steps: [operation('first'), transform('second', 'first.n + loop.index')] }),
      'second',
    );
    const start = { runId: 'r', trigger: null, seeds: { first: { n: 1 }, loop: { index: 4 } } };
    expect(
      (
        await runInMemory(
          plan,
          start,
          createSettledPort(() => 0),
        )
      ).outcome.output,
    ).toBe(5);
  });
});
