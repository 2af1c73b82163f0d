import { laneOrigin, overlaps, snap, type Point } from '@patchbay/canvas-core';
import type { AddTarget, PbFlowCanvas } from '../element/flow-canvas.ts';

/** Where something lands that is let go over the canvas: on a wire, in an empty lane, or on free ground. Undefined outside. */
export function dropTarget(
  canvas: PbFlowCanvas,
  at: { clientX: number; clientY: number },
): AddTarget | { at: Point; scope: string } | undefined {
  const box = canvas.getBoundingClientRect();
  const isOver = at.clientX >= box.left && at.clientX <= box.right && at.clientY >= box.top && at.clientY <= box.bottom;
  if (!isOver) return undefined;
  const under = canvas.shadowRoot?.elementFromPoint(at.clientX, at.clientY) ?? null;
  return markedTarget(under) ?? groundAt(canvas, canvas.toFlow(at));
}

/** What the elements under the pointer stand for: a wire, an empty lane, or a way out. */
function markedTarget(under: Element | null): AddTarget | undefined {
  const marked = under?.closest<SVGElement | HTMLElement>('[data-edge], [data-scope], [data-after]')?.dataset;
  if (marked === undefined) return undefined;
  const { edge, scope, after, port } = marked;
  if (edge !== undefined) return { edge };
  if (scope !== undefined) return { scope };
  return after === undefined ? undefined : { after, port: port ?? 'out' };
}

/** A free place: inside the lane under the pointer, else in the root scope. The step stands around the pointer. */
function groundAt(canvas: PbFlowCanvas, point: Point): { at: Point; scope: string } {
  const corner = { x: point.x - 100, y: point.y - 28 };
  const probe = { ...point, width: 0, height: 0 };
  const holders = [...(canvas.scene?.nodes.values() ?? [])].filter(
    (node) => node.shape === 'scope' && overlaps(node, probe),
  );
  const holder = holders.at(-1);
  const lane = holder?.lanes?.find((candidate) =>
    overlaps({ ...candidate, x: holder.x + candidate.x, y: holder.y + candidate.y }, probe),
  );
  if (holder === undefined || lane === undefined)
    return { at: { x: snap(corner.x), y: snap(corner.y) }, scope: 'root' };
  const origin = laneOrigin(lane);
  return {
    at: { x: Math.max(0, snap(corner.x - holder.x - origin.x)), y: Math.max(0, snap(corner.y - holder.y - origin.y)) },
    scope: lane.scope,
  };
}
