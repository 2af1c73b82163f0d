import type { Box } from './scene.ts';

/** A node that wires go around. */
export interface Obstacle extends Box {
  readonly key: string;
}

/** Nodes of a scope by height on the canvas, so that a wire looks only at what stands between its ends. */
export class Obstacles {
  readonly #sorted: readonly Obstacle[];
  readonly #tallest: number;

  constructor(nodes: readonly Obstacle[]) {
    this.#sorted = [...nodes].sort((left, right) => left.y - right.y);
    this.#tallest = nodes.reduce((most, { height }) => Math.max(most, height), 0);
  }

  /** The nodes that reach into the band from `top` to `bottom`, without the two that the wire joins. */
  between(top: number, bottom: number, ends: readonly [string, string]): Obstacle[] {
    const found: Obstacle[] = [];
    for (let index = this.#firstFrom(top - this.#tallest); index < this.#sorted.length; index += 1) {
      const box = this.#sorted[index];
      if (box === undefined || box.y > bottom) break;
      if (box.y + box.height >= top && !ends.includes(box.key)) found.push(box);
    }
    return found;
  }

  /** Index of the first node at or below a height. */
  #firstFrom(y: number): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle]?.y ?? y) < y) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
