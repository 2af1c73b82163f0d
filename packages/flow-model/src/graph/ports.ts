import type { Step } from '../document/step.ts';

/** Port of every step that has one way out. */
export const outPort = 'out';
/** Last port of every branch: taken when no case is. */
export const otherwisePort = 'otherwise';

/** A way out of a step. */
export interface Port {
  readonly id: string;
  /** What a person reads beside it; empty for the single port of a step. */
  readonly label: string;
}

/** The ways out of a step, from left to right. A stop step has none. */
export function portsOf(step: Step): readonly Port[] {
  if (step.kind === 'stop') return [];
  if (step.kind !== 'branch') return [{ id: outPort, label: '' }];
  const cases = step.cases.map(({ id, label }) => ({ id, label }));
  return [...cases, { id: otherwisePort, label: step.otherwiseLabel ?? 'Otherwise' }];
}

/** Ids of the scopes a step owns: `<key>.body` of a loop, and `<key>.catch` of a try. */
export function childScopesOf(step: Pick<Step, 'key' | 'kind'>): readonly string[] {
  if (step.kind === 'for_each') return [`${step.key}.body`];
  return step.kind === 'try' ? [`${step.key}.body`, `${step.key}.catch`] : [];
}

/** Key of the step that owns a scope; undefined for the root scope. */
export function containerOf(scopeId: string): string | undefined {
  return scopeId === 'root' ? undefined : scopeId.slice(0, scopeId.lastIndexOf('.'));
}
