/** Random plans: every step kind, nested scopes, random graphs. Operations are pure (`echo`) or fail by name. */
import fc from 'fast-check';
import type { Plan } from '@patchbay/flow-model/plan';
import { aPlan, operation, step, transform, type ScopeSketch, type StepSketch } from './plan-builder.ts';

interface Draft {
  readonly shape: number;
  readonly number: number;
  readonly flag: boolean;
  readonly edges: readonly number[];
  readonly body: readonly Draft[];
  readonly rescue: readonly Draft[];
}

const { draft } = fc.letrec<{ draft: Draft }>((tie) => ({
  draft: fc.record({
    shape: fc.nat(11),
    number: fc.nat(4),
    flag: fc.boolean(),
    edges: fc.array(fc.nat(5), { maxLength: 3 }),
    body: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('draft'), { maxLength: 4 })),
    rescue: fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('draft'), { maxLength: 2 })),
  }),
}));

/** Any plan. Steps only refer to steps that surely come before them, so the order of completion never matters. */
export function arbitraryPlan(): fc.Arbitrary<Plan> {
  return fc.array(draft, { minLength: 1, maxLength: 8 }).map((drafts) => {
    const counter = { next: 0 };
    return aPlan(toScope(drafts, counter));
  });
}

function toScope(drafts: readonly Draft[], counter: { next: number }): ScopeSketch {
  const made = drafts.map((each) => ({ each, sketch: toStep(each, counter) }));
  const edges: string[] = [];
  made.forEach(({ each, sketch }, index) => {
    for (const back of new Set(each.edges)) {
      const source = made[index - 1 - back];
      if (source) edges.push(`${source.sketch.step.key}${portOf(source.sketch, back)}>${sketch.step.key}`);
    }
  });
  return { steps: made.map(({ sketch }) => sketch), edges: [...new Set(edges)] };
}

function portOf(source: StepSketch, choice: number): string {
  if (source.step.kind !== 'branch') return '';
  return choice % 2 === 0 ? ':yes' : ':otherwise';
}

/** So many random plans; the same seed gives the same ones. */
export function samplePlans(count: number, seed: number): readonly Plan[] {
  return fc.sample(arbitraryPlan(), { numRuns: count, seed });
}

type Make = (key: string, draft: Draft, inside: (drafts: readonly Draft[]) => ScopeSketch) => StepSketch;

const echo: Make = (key, { number }) =>
  operation(key, { input: { value: { formula: `${String(number)} + size(run.id)` } } });

const sometimesFailing: Make = (key, { number }) =>
  operation(key, { operation: number === 0 ? 'fail' : 'echo', input: { n: { value: number } } });

const compute: Make = (key, { number }) =>
  transform(key, number === 0 ? '[1, 2][5]' : `trigger.numbers.map(n, n * ${String(number)})`);

const choose: Make = (key, { flag, number }) =>
  step('branch', key, {
    mode: 'if',
    cases: [{ id: 'yes', label: 'Yes', when: flag ? 'true' : `size(trigger.numbers) > ${String(number)}` }],
  });

const repeat: Make = (key, draft, inside) =>
  step('for_each', key, {
    items: 'trigger.numbers',
    concurrency: 1 + draft.number,
    maxItems: 1_000,
    bodyScope: inside(draft.body),
    ...(draft.flag && { result: { formula: 'loop.item * 2 + loop.index' } }),
  });

const guard: Make = (key, draft, inside) =>
  step('try', key, { bodyScope: inside(draft.body), catchScope: inside(draft.rescue) });

const pause: Make = (key, { number }) => step('wait', key, { wait: { durationSeconds: { value: number / 1_000 } } });

const maybeDisabled: Make = (key, { flag }) => ({ step: { ...transform(key, `"${key}"`).step, disabled: flag } });

/**
 * By shape. `stop` and `respond` are left out: a stop races with parallel branches and a second answer fails, so the
 * order of completion would matter.
 */
const makers: readonly Make[] = [
  ...[echo, echo, echo, sometimesFailing, compute, choose],
  ...[repeat, repeat, guard, guard, pause, maybeDisabled],
];

function toStep(draft: Draft, counter: { next: number }): StepSketch {
  const key = `s${String(counter.next)}`;
  counter.next += 1;
  const make = makers[draft.shape % makers.length] ?? echo;
  return make(key, draft, (drafts) => toScope(drafts, counter));
}
