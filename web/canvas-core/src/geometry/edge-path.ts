import { measures } from './measures.ts';
import { overlaps, type Box, type Point } from './scene.ts';

/** Where a wire runs. */
export interface WireRoute {
  readonly path: string;
  readonly tip: Point;
  readonly middle: Point;
  readonly box: Box;
}

/** What decides where the horizontal run of a wire is. */
export interface WireEnds {
  /** Port it leaves, on the lower edge of a node. */
  readonly from: Point;
  /** Middle of the upper edge of the node it goes to. */
  readonly to: Point;
  /** Run near the source when the source forks, near the target when paths join there. */
  readonly prefers: 'source' | 'target';
}

const half = measures.gap / 2;
/** Room that a wire keeps from a node it passes. */
const clearance = 6;

/**
 * Routes a wire: it leaves down, arrives from above, and has one horizontal run. It goes around `obstacles` (boxes it may
 * not cross) in a column of its own when no single run is free.
 */
export function routeWire(ends: WireEnds, obstacles: readonly Box[]): WireRoute {
  const tip = { x: ends.to.x, y: ends.to.y - measures.portRadius };
  const points = choosePoints(ends, obstacles);
  const drawn = [...points.slice(0, -1), { x: tip.x, y: tip.y - measures.arrow }];
  return {
    path: roundedPath(drawn),
    tip,
    middle: middleOf([...points.slice(0, -1), tip]),
    box: boundsOf([...points, tip]),
  };
}

function choosePoints(ends: WireEnds, obstacles: readonly Box[]): Point[] {
  const { from, to } = ends;
  if (to.y - from.y < measures.gap / 2) return loopBack(from, to);
  if (Math.abs(from.x - to.x) < 1) {
    const straight = [from, { x: from.x, y: to.y }];
    return isFree(straight, obstacles) ? straight : detour(from, to, obstacles);
  }
  const gapBetween = to.y - from.y;
  const near = { source: from.y + Math.min(half, gapBetween / 2), target: to.y - Math.min(half, gapBetween / 2) };
  const runs = ends.prefers === 'source' ? [near.source, near.target] : [near.target, near.source];
  for (const y of [...runs, (from.y + to.y) / 2]) {
    const points = withRun(from, to, y);
    if (isFree(points, obstacles)) return points;
  }
  return detour(from, to, obstacles);
}

const withRun = (from: Point, to: Point, y: number): Point[] => [from, { x: from.x, y }, { x: to.x, y }, to];

/** Down half a gap, over to a free column, down, and back over the target. */
function detour(from: Point, to: Point, obstacles: readonly Box[]): Point[] {
  const top = from.y + half;
  const bottom = to.y - half;
  const hit = obstacles.filter((box) => box.y < bottom && box.y + box.height > top);
  const candidates = hit.flatMap((box) => [box.x - half, box.x + box.width + half]);
  const nearest = candidates.sort(
    (a, b) => Math.abs(a - from.x) + Math.abs(a - to.x) - Math.abs(b - from.x) - Math.abs(b - to.x),
  );
  const column = (x: number): Point[] => [
    from,
    { x: from.x, y: top },
    { x, y: top },
    { x, y: bottom },
    { x: to.x, y: bottom },
    to,
  ];
  const free = nearest.find((x) => isFree(column(x), obstacles));
  return free === undefined ? withRun(from, to, (from.y + to.y) / 2) : column(free);
}

/** The target stands above or beside the source: around it on the left. */
function loopBack(from: Point, to: Point): Point[] {
  const x = Math.min(from.x, to.x) - measures.nodeWidth / 2 - half;
  return [
    from,
    { x: from.x, y: from.y + half },
    { x, y: from.y + half },
    { x, y: to.y - half },
    { x: to.x, y: to.y - half },
    to,
  ];
}

function isFree(points: readonly Point[], obstacles: readonly Box[]): boolean {
  for (let index = 1; index < points.length; index += 1) {
    const segment = boundsOf(points.slice(index - 1, index + 1));
    for (const box of obstacles) if (overlaps(segment, inset(box))) return false;
  }
  return true;
}

const inset = (box: Box): Box => ({
  x: box.x - clearance,
  y: box.y + 1,
  width: box.width + 2 * clearance,
  height: box.height - 2,
});

/** An SVG path through the points with rounded corners. */
export function roundedPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${first.x} ${first.y}`;
  let before = first;
  rest.forEach((corner, index) => {
    const after = rest[index + 1];
    path += after === undefined ? `L${corner.x} ${corner.y}` : roundCorner(before, corner, after);
    before = corner;
  });
  return path;
}

function roundCorner(before: Point, corner: Point, after: Point): string {
  const radius = Math.min(measures.corner, distance(before, corner) / 2, distance(corner, after) / 2);
  if (radius < 1) return `L${corner.x} ${corner.y}`;
  const enter = towards(corner, before, radius);
  const leave = towards(corner, after, radius);
  return `L${enter.x} ${enter.y}Q${corner.x} ${corner.y} ${leave.x} ${leave.y}`;
}

/** Segments are horizontal or vertical. */
const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

const towards = (from: Point, to: Point, length: number): Point => ({
  x: from.x + Math.sign(to.x - from.x) * length,
  y: from.y + Math.sign(to.y - from.y) * length,
});

/** Middle of the longest segment: there is most room for the plus. */
function middleOf(points: readonly Point[]): Point {
  let best: Point = points[0] ?? { x: 0, y: 0 };
  let longest = -1;
  for (let index = 1; index < points.length; index += 1) {
    const [a, b] = [points[index - 1], points[index]];
    if (a === undefined || b === undefined || distance(a, b) <= longest) continue;
    longest = distance(a, b);
    best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  }
  return best;
}

/** The smallest box that holds the points. */
export function boundsOf(points: readonly Point[]): Box {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
