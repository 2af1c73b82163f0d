/** Answers about the graph of one document, each computed once. Make a new index when the document changes. */
import type { FlowDocument } from '../document/flow-document.ts';
import { ancestors, indexEdges, topologicalOrder, type ScopeEdges } from './order.ts';
import { containerOf } from './ports.ts';

/** The parts of a document that make its graph. */
export type FlowGraph = Pick<FlowDocument, 'steps' | 'scopes'>;

/** A step whose output another step may use. */
export interface EarlierStep {
  readonly key: string;
  /** True if a run can reach the later step without this one having run: refer to it with `.?` and a fallback. */
  readonly mayNotHaveRun: boolean;
}

/** A container around a step, and the scope of it that the step stands in. */
export interface Surrounding {
  readonly key: string;
  readonly scopeId: string;
}

/** Lazily computed facts about a document's graph. */
export class FlowIndex {
  readonly #graph: FlowGraph;
  readonly #homes = new Map<string, string>();
  readonly #earlier = new Map<string, ReadonlyMap<string, readonly EarlierStep[]>>();

  constructor(graph: FlowGraph) {
    this.#graph = graph;
    for (const [id, scope] of Object.entries(graph.scopes)) {
      for (const key of scope.steps) if (!this.#homes.has(key)) this.#homes.set(key, id);
    }
  }

  /** Id of the scope a step stands in; undefined when it stands in none. */
  scopeOf(key: string): string | undefined {
    return this.#homes.get(key);
  }

  /** The containers around a step, the innermost first. Stops at a container that stands in itself. */
  containersOf(key: string): Surrounding[] {
    const containers: Surrounding[] = [];
    let scopeId = this.scopeOf(key);
    while (scopeId !== undefined) {
      const container = containerOf(scopeId);
      if (container === undefined || containers.some((known) => known.key === container)) break;
      containers.push({ key: container, scopeId });
      scopeId = this.scopeOf(container);
    }
    return containers;
  }

  /** The steps whose output a step may refer to, nearest first: earlier ones of its scope, then of each enclosing scope. */
  stepsBefore(key: string): EarlierStep[] {
    const places = [key, ...this.containersOf(key).map((container) => container.key)];
    return places.flatMap((place) => this.#earlierInScope(place));
  }

  #earlierInScope(key: string): readonly EarlierStep[] {
    const scopeId = this.scopeOf(key);
    if (scopeId === undefined) return [];
    let scope = this.#earlier.get(scopeId);
    if (!scope) this.#earlier.set(scopeId, (scope = readEarlierSteps(this.#graph, scopeId)));
    return scope.get(key) ?? [];
  }
}

function readEarlierSteps(graph: FlowGraph, scopeId: string): ReadonlyMap<string, readonly EarlierStep[]> {
  const scope = graph.scopes[scopeId] ?? { steps: [], edges: [] };
  const edges = indexEdges(scope);
  const certain = new Map<string, ReadonlySet<string>>();
  const result = new Map<string, readonly EarlierStep[]>();
  const order = topologicalOrder(scope);
  const rank = new Map(order.map((key, index) => [key, index]));
  for (const key of order) {
    const earlier = ancestors(edges, key);
    const sorted = [...earlier].sort((left, right) => (rank.get(left) ?? 0) - (rank.get(right) ?? 0));
    const sure = certainBefore(graph, edges, { key, earlier: sorted, certain });
    certain.set(key, sure);
    const isUncertain = (step: string): boolean => !sure.has(step) || graph.steps[step]?.disabled === true;
    result.set(key, earlier.map((step) => ({ key: step, mayNotHaveRun: isUncertain(step) }))); // prettier-ignore
  }
  return result;
}

interface Place {
  readonly key: string;
  /** All earlier steps, in an order in which every edge points forward. */
  readonly earlier: readonly string[];
  readonly certain: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * The earlier steps that have run whenever this one runs. Whichever edge brought the run here, the steps common to all
 * ways in have run; from those, every edge that is no choice of a branch was taken as well.
 */
function certainBefore(graph: FlowGraph, edges: ScopeEdges, place: Place): ReadonlySet<string> {
  const incoming = edges.incoming.get(place.key) ?? [];
  const ways = incoming.map(({ from }) => new Set([...(place.certain.get(from) ?? []), from]));
  const [first, ...rest] = ways;
  const sure = new Set([...(first ?? [])].filter((step) => rest.every((way) => way.has(step))));
  for (const step of place.earlier) {
    const into = edges.incoming.get(step) ?? [];
    const isTaken = into.some(({ from }) => sure.has(from) && graph.steps[from]?.kind !== 'branch');
    if (into.length === 0 || isTaken) sure.add(step);
  }
  return sure;
}
