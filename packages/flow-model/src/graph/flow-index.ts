/** Answers about the graph of one document, each computed once. Make a new index when the document changes. */
import type { FlowDocument } from '../document/flow-document.ts';
import { EarlierSteps } from './earlier-steps.ts';
import { ancestors } from './order.ts';
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
  readonly #earlier = new Map<string, EarlierSteps>();

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
    return this.#placesOf(key).flatMap((place) => {
      const scope = this.#scopeOf(place);
      return scope ? ancestors(scope.edges, place).map((step) => this.#entry(scope, step, place)) : [];
    });
  }

  /** One step by its key, if the other may refer to it. */
  stepBefore(key: string, earlier: string): EarlierStep | undefined {
    const home = this.scopeOf(earlier);
    const place = this.#placesOf(key).find((candidate) => this.scopeOf(candidate) === home);
    const scope = place === undefined ? undefined : this.#scopeOf(place);
    return place !== undefined && scope?.isBefore(earlier, place) ? this.#entry(scope, earlier, place) : undefined;
  }

  /** The step and the containers around it: each stands in a scope whose earlier steps can be seen. */
  #placesOf(key: string): string[] {
    return [key, ...this.containersOf(key).map((container) => container.key)];
  }

  #entry(scope: EarlierSteps, key: string, place: string): EarlierStep {
    return { key, mayNotHaveRun: !scope.isCertain(key, place) || this.#graph.steps[key]?.disabled === true };
  }

  #scopeOf(key: string): EarlierSteps | undefined {
    const id = this.scopeOf(key);
    const scope = id === undefined ? undefined : this.#graph.scopes[id];
    if (id === undefined || !scope) return undefined;
    let earlier = this.#earlier.get(id);
    if (!earlier)
      this.#earlier.set(id, (earlier = new EarlierSteps(scope, (step) => this.#graph.steps[step]?.kind === 'branch')));
    return earlier;
  }
}
