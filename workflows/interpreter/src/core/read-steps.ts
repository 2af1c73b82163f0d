/** Which outputs formulas look into. Those must be in the workflow; all others may be put aside when they are large. */
import type { Binding } from '@patchbay/flow-model';
import { listBindingReferences, listReferences, parsePill } from '@patchbay/flow-model/expression';
import type { Plan, PlanStep } from '@patchbay/flow-model/plan';

/** Plans whose answer is remembered; the answer depends on the plan's content alone. */
const maxRemembered = 200;
const remembered = new Map<string, ReadonlySet<string>>();

/**
 * Keys of the steps whose output a formula reads or takes apart. Handing a whole output on (`{{ look_up }}` as the only
 * content of a field) does not count. What a container gives is made of what its steps give.
 */
export function stepsReadByFormulas(plan: Plan): ReadonlySet<string> {
  const known = remembered.get(plan.hash);
  if (known) return known;
  const read = new Set<string>();
  for (const step of Object.values(plan.steps)) collectStep(step, read);
  addContents(plan, read);
  if (remembered.size >= maxRemembered) remembered.clear();
  remembered.set(plan.hash, read);
  return read;
}

function collectStep(step: PlanStep, read: Set<string>): void {
  for (const formula of formulasOf(step)) {
    for (const { root } of listReferences(formula)) read.add(root);
  }
  // The answer of a run leaves the system as a value, so it must be whole.
  const isAnswer = step.kind === 'respond';
  for (const binding of bindingsOf(step)) {
    if (isAnswer) for (const { root } of listBindingReferences(binding)) read.add(root);
    else collectBinding(binding, read);
  }
}

function collectBinding(binding: Binding, read: Set<string>): void {
  if ('object' in binding) for (const member of Object.values(binding.object)) collectBinding(member, read);
  else if ('list' in binding) for (const member of binding.list) collectBinding(member, read);
  else if (!('formula' in binding) || parsePill(binding.formula)?.path.length !== 0) {
    for (const { root } of listBindingReferences(binding)) read.add(root);
  }
}

function formulasOf(step: PlanStep): readonly string[] {
  if (step.kind === 'for_each') return [step.items];
  if (step.kind !== 'branch') return [];
  return [...(step.on === undefined ? [] : [step.on]), ...step.cases.map(({ when }) => when)];
}

function bindingsOf(step: PlanStep): readonly Binding[] {
  switch (step.kind) {
    case 'operation':
      return Object.values(step.input);
    case 'transform':
      return [step.output];
    case 'for_each':
      return present(step.result);
    case 'wait':
      return ['until' in step.wait ? step.wait.until : step.wait.durationSeconds];
    case 'respond':
      return [step.status, ...Object.values(step.headers ?? {}), ...present(step.body)];
    case 'stop':
      return [...present(step.message), ...present(step.output)];
    case 'branch':
    case 'try':
      return [];
  }
}

function present(binding: Binding | undefined): readonly Binding[] {
  return binding ? [binding] : [];
}

/** A container that is read makes all steps inside it read. */
function addContents(plan: Plan, read: Set<string>): void {
  const open = [...read];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    const kind = plan.steps[key]?.kind;
    if (kind !== 'for_each' && kind !== 'try') continue;
    const inside = [...(plan.scopes[`${key}.body`]?.steps ?? []), ...(plan.scopes[`${key}.catch`]?.steps ?? [])];
    for (const step of inside) {
      if (!read.has(step)) open.push(step);
      read.add(step);
    }
  }
}
