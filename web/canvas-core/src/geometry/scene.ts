/**
 * What the canvas draws: geometry only, in flow coordinates. Objects that did not change keep their identity from one
 * scene to the next, so that only what changed is drawn again.
 */

/** A point in flow coordinates. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle in flow coordinates. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A way out, relative to its node. */
export interface ScenePort extends Point {
  readonly id: string;
}

/** A lane of a container, relative to it. */
export interface SceneLane extends Box {
  /** Scope id, for example `lines.body`. */
  readonly scope: string;
  readonly label?: string;
  readonly isEmpty: boolean;
}

/** A step, the trigger, or a container that holds steps. */
export interface SceneNode extends Box {
  readonly key: string;
  /** Kind of the step, or of the trigger. */
  readonly kind: string;
  readonly shape: 'card' | 'terminal' | 'scope';
  readonly hasInput: boolean;
  readonly ports: readonly ScenePort[];
  readonly lanes?: readonly SceneLane[];
  /** Key of the container it stands in. */
  readonly parent?: string;
  /** Place in the tree that assistive technology reads; all start at 1. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
}

/** A wire with its path. */
export interface SceneEdge {
  /** `from:port:to`. */
  readonly id: string;
  readonly from: string;
  readonly port: string;
  readonly to: string;
  /** SVG path up to the foot of the arrow. */
  readonly path: string;
  /** Tip of the arrow. */
  readonly tip: Point;
  /** Where the plus stands. */
  readonly middle: Point;
  /** Bounds, for culling. */
  readonly box: Box;
  readonly isError: boolean;
  /** The lane entry of a container: drawn, not selectable. */
  readonly isEntry: boolean;
}

/** Everything on the canvas. */
export interface CanvasScene {
  readonly nodes: ReadonlyMap<string, SceneNode>;
  readonly edges: ReadonlyMap<string, SceneEdge>;
  readonly bounds: Box;
}

/** Key of the trigger among the nodes of a scene and in `layout.positions`. */
export const triggerKey = 'trigger';

/** Id of a wire. */
export const edgeId = (from: string, port: string, to: string): string => `${from}:${port}:${to}`;

/** Whether two boxes touch. */
export const overlaps = (a: Box, b: Box): boolean =>
  a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
