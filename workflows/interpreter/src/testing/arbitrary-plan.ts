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
    return aPlan(toScope(drafts, counter, { canStop: true }));
  });
}

function toScope(drafts: readonly Draft[], counter: { next: number }, rules: { canStop: boolean }): ScopeSketch {
  const made = drafts.map((each) => ({ each, sketch: toStep(each, counter, rules) }));
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

function toStep(draft: Draft, counter: { next: number }, rules: { canStop: boolean }): StepSketch {
  const key = `s${String(counter.next)}`;
  counter.next += 1;
  const number = String(draft.number);
  const inside = (drafts: readonly Draft[]): ScopeSketch => toScope(drafts, counter, { canStop: false });
  switch (draft.shape) {
    case 0:
    case 1:
    case 2:
      return operation(key, { input: { value: { formula: `${number} + size(run.id)` } } });
    case 3:
      return operation(key, { operation: draft.number === 0 ? 'fail' : 'echo', input: { n: { value: draft.number } } });
    case 4:
      return transform(key, draft.number === 0 ? '[1, 2][5]' : `trigger.numbers.map(n, n * ${number})`);
    case 5:
      return step('branch', key, {
        mode: 'if',
        cases: [{ id: 'yes', label: 'Yes', when: draft.flag ? 'true' : `size(trigger.numbers) > ${number}` }],
      });
    case 6:
    case 7:
      return step('for_each', key, {
        items: 'trigger.numbers',
        concurrency: 1 + draft.number,
        maxItems: 1_000,
        bodyScope: inside(draft.body),
        ...(draft.flag && { result: { formula: 'loop.item * 2 + loop.index' } }),
      });
    case 8:
    case 9:
      return step('try', key, { bodyScope: inside(draft.body), catchScope: inside(draft.rescue) });
    case 10:
      return step('wait', key, { wait: { durationSeconds: { value: draft.number } } });
    default:
      return lastKinds(key, draft, rules);
  }
}

function lastKinds(key: string, draft: Draft, rules: { canStop: boolean }): StepSketch {
  // A stop races with parallel branches, a second respond fails: only alone they give the same run in every order.
  if (!rules.canStop || draft.number > 0) return transform(key, `"${key}"`);
  return { step: { ...transform(key, '1').step, disabled: true } };
}
