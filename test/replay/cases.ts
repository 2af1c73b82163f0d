/** One run per step kind and mode. Each is recorded once per interpreter generation and must replay for ever. */
import { aPlan, operation, step, transform } from '@patchbay/interpreter/testing';

type Plan = ReturnType<typeof aPlan>;

/** A run to record. */
export interface ReplayCase {
  readonly name: string;
  readonly plan: Plan;
  readonly trigger?: unknown;
  /** Leaves the plan out of the input, so that it is loaded. */
  readonly isByReference?: boolean;
  /** Cancels the run when its first step is in flight. */
  readonly isCancelled?: boolean;
  /** Waits for the answer by update. */
  readonly isSynchronous?: boolean;
  readonly maxEvents?: number;
}

const resilience = { timeoutMs: 2_000, maxRetries: 2, retryDelayMs: 10, backoff: 'exponential' as const };

const sequence = aPlan({
  steps: [
    operation('first', { input: { n: { value: 1 } } }),
    transform('twice', 'first.n * 2'),
    operation('second', { input: { n: { formula: 'twice' } } }),
  ],
});

const branch = aPlan({
  steps: [
    step('branch', 'choice', {
      mode: 'switch',
      on: 'trigger.land',
      cases: [
        { id: 'de', label: 'Germany', when: '"de"' },
        { id: 'fr', label: 'France', when: '"fr"' },
      ],
    }),
    operation('german'),
    operation('french'),
    operation('other'),
    operation('join', { effect: 'once' }),
  ],
  edges: ['choice:de>german', 'choice:fr>french', 'choice:otherwise>other', 'german>join', 'french>join', 'other>join'],
});

const parallel = aPlan({
  steps: [operation('a'), operation('b'), operation('c'), operation('join')],
  edges: ['a>join', 'b>join', 'c>join'],
});

const loop = aPlan({
  steps: [
    step('for_each', 'lines', {
      items: 'trigger.lines',
      concurrency: 3,
      maxItems: 100,
      bodyScope: {
        steps: [
          operation('reserve', { input: { item: { formula: 'loop.item' } } }),
          step('for_each', 'parts', {
            items: '[1, 2]',
            concurrency: 1,
            maxItems: 10,
            bodyScope: { steps: [operation('part', { input: { n: { formula: 'loop.item + loop.parent.item' } } })] },
          }),
        ],
      },
    }),
    operation('after', { input: { count: { formula: 'size(lines)' } } }),
  ],
});

const guarded = aPlan({
  steps: [
    step('try', 'guard', {
      bodyScope: { steps: [operation('bad', { operation: 'refuse' }), operation('never')] },
      catchScope: { steps: [operation('tell', { input: { why: { formula: 'error.code' } } })] },
    }),
  ],
});

const failed = aPlan({
  steps: [
    operation('bad', { operation: 'refuse' }),
    step('wait', 'long', { wait: { durationSeconds: { value: 600 } } }),
  ],
  edges: [],
});

const wait = aPlan({
  steps: [
    step('wait', 'pause', { wait: { durationSeconds: { value: 0.1 } } }),
    step('wait', 'past', { wait: { until: { value: '2020-01-01T00:00:00Z' } } }),
    operation('after'),
  ],
});

const respond = aPlan({
  steps: [
    operation('look_up'),
    step('respond', 'answer', { status: { value: 200 }, body: { formula: 'trigger' } }),
    operation('after'),
  ],
});

const stop = aPlan({
  steps: [
    operation('slow', { operation: 'hang' }),
    operation('quick'),
    step('stop', 'halt', { outcome: 'failed', message: { value: 'Enough.' } }),
  ],
  edges: ['quick>halt'],
});

const flaky = aPlan({ steps: [operation('call', { operation: 'flaky', resilience }), operation('after')] });
const hanging = aPlan({ steps: [operation('call', { operation: 'hang', resilience })] });
const waiting = aPlan({ steps: [step('wait', 'long', { wait: { durationSeconds: { value: 600 } } })] });

/** More work than one workflow task may take. */
const wide = aPlan({
  steps: Array.from({ length: 400 }, (_, index) =>
    transform(`t${String(index)}`, 'range(0, 1000).map(i, range(0, 20).map(j, i * j)).size()'),
  ),
  edges: [],
});

/** The clock of formulas: before and after operations and timers, and in an input that is tried again. */
const moment = aPlan({
  steps: [
    transform('began', 'now()'),
    operation('call', { operation: 'flaky', resilience, input: { due: { formula: 'now() + hours(48)' } } }),
    step('wait', 'pause', { wait: { until: { formula: 'now() + seconds(0.2)' } } }),
    step('branch', 'isLater', { mode: 'if', cases: [{ id: 'yes', label: 'Yes', when: 'now() - began >= 0.2' }] }),
    transform('ended', '{"began": began, "due": call.due, "ended": now(), "waited": now() - began}'),
  ],
  edges: ['began>call', 'call>pause', 'pause>isLater', 'isLater:yes>ended'],
});

const inFast = (plan: Plan): Plan => ({ ...plan, mode: 'fast', hash: `${plan.hash}-fast` });

const inBothModes = (name: string, plan: Plan, rest: Partial<ReplayCase> = {}): ReplayCase[] => [
  { name: `${name}-standard`, plan, ...rest },
  { name: `${name}-fast`, plan: inFast(plan), ...rest },
];

export const replayCases: readonly ReplayCase[] = [
  ...inBothModes('sequence', sequence),
  ...inBothModes('branch', branch, { trigger: { land: 'fr' } }),
  ...inBothModes('parallel', parallel),
  ...inBothModes('for-each', loop, { trigger: { lines: [1, 2, 3, 4, 5] } }),
  ...inBothModes('try-catch', guarded),
  ...inBothModes('failure', failed),
  ...inBothModes('wait', wait),
  ...inBothModes('respond', respond, { isSynchronous: true, trigger: { a: 1 } }),
  ...inBothModes('stop', stop),
  ...inBothModes('retry', flaky),
  ...inBothModes('cancel-operation', hanging, { isCancelled: true }),
  ...inBothModes('moment', moment),
  { name: 'cancel-wait', plan: waiting, isCancelled: true },
  { name: 'by-reference', plan: sequence, isByReference: true },
  { name: 'continue-as-new', plan: loop, trigger: { lines: [1, 2, 3, 4, 5] }, maxEvents: 10 },
  { name: 'pause-for-work', plan: wide },
];
