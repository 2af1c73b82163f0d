/** What the machine asks of a plan at every step, computed once per run. */
import { AppError } from '@patchbay/errors';
import type { Plan, PlanScope, PlanStep } from '@patchbay/flow-model/plan';

/** One scope, ready for walking. */
export interface ScopeIndex {
  /** Steps without an incoming edge: they start with the scope. */
  readonly initial: readonly string[];
  readonly incoming: ReadonlyMap<string, number>;
  readonly outgoing: ReadonlyMap<string, readonly OutgoingEdge[]>;
  /** Place of each step in topological order. */
  readonly position: ReadonlyMap<string, number>;
  readonly steps: readonly string[];
}

/** An edge seen from the step it leaves. */
export interface OutgoingEdge {
  readonly port: string;
  readonly to: string;
}

/** A plan with its scopes indexed. */
export interface PlanIndex {
  readonly plan: Plan;
  step(key: string): PlanStep;
  scope(id: string): ScopeIndex;
}

/** Indexes scopes when they are first entered. A step or scope that is not there is `plan_unsupported`. */
export function indexPlan(plan: Plan): PlanIndex {
  const scopes = new Map<string, ScopeIndex>();
  return {
    plan,
    step: (key) => plan.steps[key] ?? missing(`step ${key}`),
    scope: (id) => {
      const known = scopes.get(id);
      if (known) return known;
      const index = indexScope(plan.scopes[id] ?? missing(`scope ${id}`));
      scopes.set(id, index);
      return index;
    },
  };
}

function missing(what: string): never {
  throw new AppError('plan_unsupported', { message: `The plan has no ${what}.` });
}

function indexScope(scope: PlanScope): ScopeIndex {
  const incoming = new Map<string, number>();
  const outgoing = new Map<string, OutgoingEdge[]>();
  for (const edge of scope.edges) {
    incoming.set(edge.to, (incoming.get(edge.to) ?? 0) + 1);
    const edges = outgoing.get(edge.from);
    if (edges) edges.push(edge);
    else outgoing.set(edge.from, [edge]);
  }
  return {
    initial: scope.steps.filter((key) => !incoming.has(key)),
    incoming,
    outgoing,
    position: new Map(scope.steps.map((key, position) => [key, position])),
    steps: scope.steps,
  };
}
