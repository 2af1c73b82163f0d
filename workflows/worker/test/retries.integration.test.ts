import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { AppError } from '@patchbay/errors';
import type {} from '@patchbay/tooling';
import { aPlan, operation } from '@patchbay/interpreter/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { startHarness, type Harness } from './harness.ts';
import type { TestOperation } from './test-services.ts';
import { echo, failing, hanging } from './operations.ts';

type Resilience = {
  timeoutMs: number;
  maxRetries: number;
  retryDelayMs: number;
  backoff: 'none' | 'linear' | 'exponential';
};

const operations: Record<string, TestOperation> = { echo, hanging };
let harness: Harness;

beforeAll(async () => {
  harness = await startHarness(inject('temporalAddress'), operations, { namespace: inject('temporalNamespace') });
});
afterAll(async () => {
  release(null);
  await harness.stop();
});

/** Settles when the tests are over: until then an attempt that waits for it is as good as lost. */
const { promise: released, resolve: release } = Promise.withResolvers<null>();

function planOf(name: string, resilience: Partial<Resilience>, effect: 'read' | 'keyed' | 'once' = 'read') {
  return aPlan({
    steps: [
      operation('call', {
        operation: name,
        effect,
        resilience: { timeoutMs: 5_000, maxRetries: 0, retryDelayMs: 0, backoff: 'none', ...resilience },
      }),
    ],
  });
}

async function failureOf(run: Promise<unknown>): Promise<{ code: string | null | undefined; attempts: number }> {
  const error: unknown = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof WorkflowFailedError) || !(error.cause instanceof ApplicationFailure)) throw error;
  const [details] = error.cause.details as [{ attempts: number }];
  return { code: error.cause.type, attempts: details.attempts };
}

function gaps(at: readonly number[]): number[] {
  return at.slice(1).map((time, index) => time - (at[index] ?? 0));
}

/** For how long Temporal put off the attempt that is at work; undefined in the first one. */
async function plannedDelayMs(handle: WorkflowHandle): Promise<number | undefined> {
  const [activity] = (await handle.describe()).raw.pendingActivities ?? [];
  const from = activity?.lastAttemptCompleteTime;
  return from ? toMs(activity.scheduledTime) - toMs(from) : undefined;
}

/** Of a timestamp of Temporal's API. */
const toMs = (at: { seconds?: unknown; nanos?: number | null } | null | undefined): number =>
  Number(at?.seconds) * 1_000 + (at?.nanos ?? 0) / 1_000_000;

describe('DI-52 max retries', () => {
  it.each([
    [3, 4],
    [0, 1],
  ])('DI-52 with %i retries an operation that always fails is called %i times', async (maxRetries, calls) => {
    const { operation: down, log } = failing('remote_unavailable');
    operations['down'] = down;
    const failure = await failureOf(harness.run(planOf('down', { maxRetries, retryDelayMs: 10 })));
    expect(failure).toEqual({ code: 'remote_unavailable', attempts: calls });
    expect(log.at).toHaveLength(calls);
    expect(new Set(log.keys).size).toBe(1);
  });

  it('does not repeat what cannot succeed by repeating', async () => {
    const { operation: refused, log } = failing('remote_bad_request');
    operations['refused'] = refused;
    const failure = await failureOf(harness.run(planOf('refused', { maxRetries: 3, retryDelayMs: 10 })));
    expect(failure.code).toBe('remote_bad_request');
    expect(log.at).toHaveLength(1);
  });

  it('goes on after a retry that succeeds', async () => {
    const { operation: flaky } = failing('network_error', 2);
    operations['flaky'] = flaky;
    const plan = planOf('flaky', { maxRetries: 3, retryDelayMs: 10 });
    const handle = await harness.start(plan);
    expect((await handle.result()).output).toEqual({ calls: 3 });
    expect((await harness.view(handle, plan)).steps[0]).toMatchObject({ state: 'succeeded', attempts: 3 });
  });
});

describe('DI-53 DI-54 delay and backoff', () => {
  const delay = 300;

  it.each([
    ['none', [1, 1, 1]],
    ['linear', [1, 2, 3]],
    ['exponential', [1, 2, 4]],
  ] as const)('DI-53 DI-54 waits with backoff %s', async (backoff, factors) => {
    const { operation: down, log } = failing('remote_unavailable');
    const { promise: started, resolve: start } = Promise.withResolvers<WorkflowHandle>();
    const planned: number[] = [];
    operations[`down-${backoff}`] = async (call) => {
      const asked = await plannedDelayMs(await started);
      if (asked !== undefined) planned.push(asked);
      return down(call);
    };
    const plan = planOf(`down-${backoff}`, { maxRetries: 3, retryDelayMs: delay, backoff });
    const handle = await harness.start(plan);
    start(handle);
    await failureOf(handle.result());
    const expected = factors.map((factor) => delay * factor);
    // How much later than planned an attempt begins is a matter of the machine; it never begins earlier.
    expect(planned.map((each) => Math.round(each / 100) * 100)).toEqual(expected);
    gaps(log.at).forEach((gap, index) => expect(gap).toBeGreaterThanOrEqual((expected[index] ?? 0) - 5));
  });

  it('waits as long as the external system asks for', async () => {
    const at: number[] = [];
    operations['limited'] = () => {
      at.push(Date.now());
      if (at.length > 1) return null;
      throw new AppError('remote_rate_limited', { details: { retryAfterMs: 1_200 } });
    };
    await harness.run(planOf('limited', { maxRetries: 1, retryDelayMs: 10, backoff: 'exponential' }));
    expect(gaps(at)[0]).toBeGreaterThanOrEqual(1_195);
  });

  it.each(['none', 'exponential'] as const)('repeats at once without a delay (%s)', async (backoff) => {
    const { operation: down, log } = failing('remote_unavailable');
    operations['down-now'] = down;
    await failureOf(harness.run(planOf('down-now', { maxRetries: 2, retryDelayMs: 0, backoff })));
    expect(log.at).toHaveLength(3);
  });
});

describe('timeouts and effects', () => {
  it('DI-51 ends an attempt at the timeout and says so', async () => {
    const started = Date.now();
    const failure = await failureOf(harness.run(planOf('hanging', { timeoutMs: 300 })));
    expect(failure).toEqual({ code: 'operation_timeout', attempts: 1 });
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  it('reports a once operation that timed out as unknown and never repeats it', async () => {
    const plan = planOf('hanging', { timeoutMs: 300, maxRetries: 3 }, 'once');
    const handle = await harness.start(plan);
    expect((await failureOf(handle.result())).code).toBe('operation_outcome_unknown');
    expect((await harness.view(handle, plan)).error).toMatchObject({
      code: 'operation_outcome_unknown',
      details: { reason: 'operation_timeout' },
    });
  });

  it('reports a once operation that certainly was not sent as what it is', async () => {
    operations['unsent'] = () => {
      throw new AppError('network_error', { details: { wasSent: false } });
    };
    expect((await failureOf(harness.run(planOf('unsent', {}, 'once')))).code).toBe('network_error');
  });

  it('counts an attempt that never came back beside the retries of the user', async () => {
    let calls = 0;
    // Ignores abort and timeout, like a process that was killed: Temporal gives the attempt up.
    operations['lost'] = () => {
      calls += 1;
      return calls === 1 ? released : { calls };
    };
    expect((await harness.run(planOf('lost', { timeoutMs: 200, maxRetries: 0 }))).output).toEqual({ calls: 2 });
  });

  it('reports a once operation whose worker was lost as unknown', async () => {
    operations['lost-once'] = () => released;
    const plan = planOf('lost-once', { timeoutMs: 200 }, 'once');
    const handle = await harness.start(plan);
    expect((await failureOf(handle.result())).code).toBe('operation_outcome_unknown');
    expect((await harness.view(handle, plan)).steps[0]?.error?.code).toBe('operation_outcome_unknown');
  });

  it('refuses a disabled connection without calling', async () => {
    const plan = aPlan({ steps: [operation('call', { connectionId: 'disabled' })] });
    expect((await failureOf(harness.run(plan))).code).toBe('connection_disabled');
  });

  it('K4 asks for a person when the authorization was refused: one attempt, no call, no retry', async () => {
    let calls = 0;
    operations['refusing'] = () => (calls += 1);
    const resilience = { timeoutMs: 5_000, maxRetries: 3, retryDelayMs: 0, backoff: 'none' as const };
    const plan = aPlan({ steps: [operation('call', { operation: 'refusing', connectionId: 'refused', resilience })] });
    const before = harness.recorded.attempts.length;
    expect((await failureOf(harness.run(plan))).code).toBe('reauthorization_required');
    expect([calls, harness.recorded.attempts.length - before]).toEqual([0, 1]);
  });
});
