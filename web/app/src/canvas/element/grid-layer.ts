import type { Camera } from './scene.ts';

/** Room on every side, at least one cell, so that the shifted grid always covers the canvas; `.grid` has it as its inset. */
const overhang = 32;

/**
 * The dots of the ground. They are a layer of their own that is shifted by less than a cell: as a background of the canvas
 * the whole of it would be painted again for every frame of a pan or a drag.
 */
export class GridLayer {
  readonly #element: HTMLElement;
  #cell = 0;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Puts a dot on the origin of the flow, and all others around it. */
  show({ x, y, zoom }: Camera): void {
    const { style } = this.#element;
    const cell = zoom < 0.75 ? 32 * zoom : 16 * zoom;
    if (cell !== this.#cell) style.backgroundSize = `${cell}px ${cell}px`;
    this.#cell = cell;
    style.transform = `translate(${shift(x, cell)}px, ${shift(y, cell)}px)`;
  }
}

/** Whole pixels, or the dots would blur. */
function shift(origin: number, cell: number): number {
  const offset = origin + overhang - cell / 2;
  return Math.round(offset - Math.floor(offset / cell) * cell);
}
