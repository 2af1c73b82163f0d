/** Order and cycles of one scope. Steps and edges that do not fit together are left out, never a crash. */
import type { Edge, Scope } from '../document/flow-document.ts';

/** The edges of a scope by the step they leave or reach. Edges to steps outside the scope are left out. */
export interface ScopeEdges {
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
  readonly outgoing: ReadonlyMap<string, readonly Edge[]>;
}

/** Sorts the edges of a scope by step. */
export function indexEdges(scope: Scope): ScopeEdges {
  const incoming = new Map<string, Edge[]>(scope.steps.map((key) => [key, []]));
  const outgoing = new Map<string, Edge[]>(scope.steps.map((key) => [key, []]));
  for (const edge of scope.edges) {
    const [from, to] = [outgoing.get(edge.from), incoming.get(edge.to)];
    if (!from || !to) continue;
    from.push(edge);
    to.push(edge);
  }
  return { incoming, outgoing };
}

/**
 * The steps of a scope so that every edge points forward; steps that are free to start keep the order of the document.
 * Steps on a cycle are left out: compare the length, or ask {@link findCycle}.
 */
export function topologicalOrder(scope: Scope): string[] {
  const { incoming, outgoing } = indexEdges(scope);
  const open = new Map([...incoming].map(([key, edges]) => [key, edges.length]));
  const ready = scope.steps.filter((key) => open.get(key) === 0);
  const order: string[] = [];
  for (let key = ready.shift(); key !== undefined; key = ready.shift()) {
    order.push(key);
    for (const edge of outgoing.get(key) ?? []) {
      const left = (open.get(edge.to) ?? 0) - 1;
      open.set(edge.to, left);
      if (left === 0) ready.push(edge.to);
    }
  }
  return order;
}

/** The steps of one cycle in the order of its edges, or undefined. */
export function findCycle(scope: Scope): string[] | undefined {
  const ordered = new Set(topologicalOrder(scope));
  const start = scope.steps.find((key) => !ordered.has(key));
  if (start === undefined) return undefined;
  const { incoming } = indexEdges(scope);
  // Every step left over has a predecessor that is left over too: walking back must meet itself.
  const walked: string[] = [];
  let key = start;
  while (!walked.includes(key)) {
    walked.push(key);
    const edge = (incoming.get(key) ?? []).find(({ from }) => !ordered.has(from));
    if (!edge) return undefined;
    key = edge.from;
  }
  return walked.slice(walked.indexOf(key)).reverse();
}

/** True if `to` can be reached from `from`, or is the same step. */
export function isReachable(edges: ScopeEdges, from: string, to: string): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === to) return true;
    for (const edge of edges.outgoing.get(key) ?? []) {
      if (seen.has(edge.to)) continue;
      seen.add(edge.to);
      open.push(edge.to);
    }
  }
  return false;
}

/** All steps from which a step can be reached, nearest first, without the step itself. */
export function ancestors(edges: ScopeEdges, key: string): string[] {
  const seen = new Set([key]);
  const found: string[] = [];
  let ring = [key];
  while (ring.length > 0) {
    const next: string[] = [];
    for (const edge of ring.flatMap((step) => edges.incoming.get(step) ?? [])) {
      if (seen.has(edge.from)) continue;
      seen.add(edge.from);
      next.push(edge.from);
    }
    found.push(...next);
    ring = next;
  }
  return found;
}
