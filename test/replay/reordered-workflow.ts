/** The interpreter with one deliberate mistake: steps that may run at the same time start in the opposite order. */
import { 'flowRun.v1' as flowRun } from '@patchbay/interpreter/workflows';
import type { FlowRunInput } from '@patchbay/interpreter';

type Plan = NonNullable<FlowRunInput['plan']>;

function reordered(input: FlowRunInput): ReturnType<typeof flowRun> {
  return flowRun(input.plan ? { ...input, plan: reverse(input.plan) } : input);
}

function reverse(plan: Plan): Plan {
  const scopes = Object.entries(plan.scopes).map(([id, scope]) => [
    id,
    { ...scope, steps: [...scope.steps].reverse() },
  ]);
  return { ...plan, scopes: Object.fromEntries(scopes) as Plan['scopes'] };
}

export { reordered as 'flowRun.v1' };
