import { overlaps, type Box, type Point } from '@patchbay/canvas-core';
import type { PbFlowCanvas } from './flow-canvas.ts';

/** Draws a rectangle with the pointer and selects the nodes it touches. */
export class Marquee {
  readonly #canvas: PbFlowCanvas;
  readonly #onActive: (isActive: boolean) => void;
  #endedAt = Number.NEGATIVE_INFINITY;

  constructor(canvas: PbFlowCanvas, onActive: (isActive: boolean) => void) {
    this.#canvas = canvas;
    this.#onActive = onActive;
  }

  /** True right after a selection: the click that follows must not clear it. */
  get hasJustEnded(): boolean {
    return performance.now() - this.#endedAt < 50;
  }

  start(event: PointerEvent): void {
    const { surface } = this.#canvas;
    const origin = this.#canvas.toFlow(event);
    const rectangle = document.createElement('div');
    rectangle.className = 'marquee';
    let box: Box | undefined;
    this.#onActive(true);
    surface.setPointerCapture(event.pointerId);
    const move = (next: PointerEvent): void => {
      box = boxBetween(origin, this.#canvas.toFlow(next));
      if (!rectangle.isConnected) this.#canvas.view.append(rectangle);
      Object.assign(rectangle.style, {
        left: `${box.x}px`,
        top: `${box.y}px`,
        width: `${box.width}px`,
        height: `${box.height}px`,
      });
    };
    const end = (): void => {
      surface.removeEventListener('pointermove', move);
      surface.removeEventListener('pointerup', end);
      surface.removeEventListener('pointercancel', end);
      rectangle.remove();
      this.#onActive(false);
      if (box === undefined || (box.width < 4 && box.height < 4)) return;
      this.#endedAt = performance.now();
      this.select(box, event.shiftKey);
    };
    surface.addEventListener('pointermove', move);
    surface.addEventListener('pointerup', end);
    surface.addEventListener('pointercancel', end);
  }

  private select(box: Box, isAdding: boolean): void {
    const nodes = [...(this.#canvas.scene?.nodes.values() ?? [])];
    const touched = nodes.filter((node) => (node.shape === 'scope' ? isInside(node, box) : overlaps(node, box)));
    const keys = [...new Set([...(isAdding ? this.#canvas.selection : []), ...touched.map((node) => node.key)])];
    const [cursor] = touched;
    this.#canvas.send('pb-selection-change', { keys, ...(cursor === undefined ? {} : { cursor: cursor.key }) });
  }
}

function boxBetween(a: Point, b: Point): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

const isInside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
