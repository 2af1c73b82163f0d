/**
 * For every step of one scope: which steps come before it, and which of those have run whenever it runs. Sets are bits
 * by the place in the topological order, so that a scope of 1,000 steps takes milliseconds.
 */
import type { Scope } from '../document/flow-document.ts';
import { indexEdges, topologicalOrder, type ScopeEdges } from './order.ts';

/** A set of steps, one bit each. */
type Bits = Uint32Array;

const hasBit = (bits: Bits, index: number): boolean => ((bits[index >> 5] ?? 0) & (1 << (index & 31))) !== 0;
const addBit = (bits: Bits, index: number): void => {
  bits[index >> 5] = (bits[index >> 5] ?? 0) | (1 << (index & 31));
};

/** The order of a scope with what is before each step. */
export class EarlierSteps {
  readonly edges: ScopeEdges;
  readonly #rank: ReadonlyMap<string, number>;
  readonly #before: readonly Bits[];
  readonly #certain: readonly Bits[];

  /** `isBranch` tells which steps choose among their ways out. */
  constructor(scope: Scope, isBranch: (key: string) => boolean) {
    const order = topologicalOrder(scope);
    this.edges = indexEdges(scope);
    this.#rank = new Map(order.map((key, index) => [key, index]));
    const incoming = order.map((key) => this.#incomingRanks(key));
    const branches = order.map(isBranch);
    this.#before = collectBefore(incoming);
    this.#certain = collectCertain({ incoming, branches, before: this.#before });
  }

  #incomingRanks(key: string): number[] {
    const ranks = (this.edges.incoming.get(key) ?? []).map(({ from }) => this.#rank.get(from));
    return ranks.filter((rank) => rank !== undefined);
  }

  /** True if a way leads from `earlier` to `later`. */
  isBefore(earlier: string, later: string): boolean {
    return this.#holds(this.#before, earlier, later);
  }

  /** True if `earlier` has run whenever `later` runs. */
  isCertain(earlier: string, later: string): boolean {
    return this.#holds(this.#certain, earlier, later);
  }

  #holds(sets: readonly Bits[], earlier: string, later: string): boolean {
    const [index, place] = [this.#rank.get(earlier), this.#rank.get(later)];
    const bits = place === undefined ? undefined : sets[place];
    return index !== undefined && bits !== undefined && hasBit(bits, index);
  }
}

function emptyBits(count: number): Bits {
  return new Uint32Array((count + 31) >> 5);
}

function collectBefore(incoming: readonly (readonly number[])[]): Bits[] {
  const before: Bits[] = [];
  for (const ranks of incoming) {
    const bits = emptyBits(incoming.length);
    for (const rank of ranks) {
      before[rank]?.forEach((word, index) => {
        bits[index] = (bits[index] ?? 0) | word;
      });
      addBit(bits, rank);
    }
    before.push(bits);
  }
  return before;
}

interface ScopeFacts {
  readonly incoming: readonly (readonly number[])[];
  readonly branches: readonly boolean[];
  readonly before: readonly Bits[];
}

/**
 * Whichever edge brought the run to a step, the steps common to all ways in have run; from those on, every edge that is
 * no choice of a branch was taken as well.
 */
function collectCertain(facts: ScopeFacts): Bits[] {
  const certain: Bits[] = [];
  facts.incoming.forEach((ranks, place) => {
    const bits = commonBits(ranks, certain, facts.incoming.length);
    for (let step = 0; step < place; step++) {
      if (!hasBit(facts.before[place] ?? bits, step)) continue;
      const into = facts.incoming[step] ?? [];
      if (into.length === 0 || into.some((rank) => hasBit(bits, rank) && facts.branches[rank] === false))
        addBit(bits, step);
    }
    certain.push(bits);
  });
  return certain;
}

function commonBits(ranks: readonly number[], certain: readonly Bits[], count: number): Bits {
  const common = emptyBits(count);
  if (ranks.length > 0) common.fill(0xffff_ffff);
  for (const rank of ranks) {
    const way = Uint32Array.from(certain[rank] ?? common);
    addBit(way, rank);
    way.forEach((word, index) => {
      common[index] = (common[index] ?? 0) & word;
    });
  }
  return common;
}
