import { ConnectionMode, Position, XYHandle, type Handle } from '@xyflow/system';
import type { CanvasScene, Point } from '../geometry/scene.ts';
import type { Camera } from './camera.ts';
import { toEngineNodes } from './node-lookup.ts';

/** A wire that is being drawn; all points in flow coordinates. */
export interface DraftWire {
  readonly from: string;
  readonly port: string;
  readonly start: Point;
  readonly end: Point;
  /** Step whose way in is near; the wire would lead there. */
  readonly to?: string;
  readonly isAllowed: boolean;
}

/** What drawing wires needs and tells. */
export interface WireDragOptions {
  readonly surface: HTMLElement;
  readonly scene: () => CanvasScene | undefined;
  readonly camera: () => Camera;
  readonly panBy: (delta: Point) => void;
  readonly mayConnect: (from: string, port: string, to: string) => boolean;
  readonly onDraft: (wire: DraftWire | undefined) => void;
  readonly onConnect: (from: string, port: string, to: string) => void;
  /** The wire was let go where nothing is. */
  readonly onDropOutside: (from: string, port: string, at: Point) => void;
}

/** Class names that the engine looks for on the elements of ports. */
export const portClasses = {
  source: 'pb-flow__handle source connectable connectableend',
  target: 'pb-flow__handle target connectable connectableend',
} as const;

/** `data-id` that the engine looks for on the element of a port. */
export const portId = (key: string, id: string, type: 'source' | 'target'): string => `pb-${key}-${id}-${type}`;

/** Starts to draw a wire from a port's element. Call it for `mousedown` and `touchstart` on the port. */
export function startWireDrag(event: MouseEvent | TouchEvent, port: HTMLElement, options: WireDragOptions): void {
  const scene = options.scene();
  const from = port.dataset['nodeid'];
  const portName = port.dataset['handleid'];
  if (scene === undefined || from === undefined || portName === undefined) return;
  const lookup = toEngineNodes(scene.nodes.values(), new Set());
  let isDrawing = true;
  const toFlow = (at: Point): Point => {
    const { x, y, zoom } = options.camera();
    return { x: (at.x - x) / zoom, y: (at.y - y) / zoom };
  };
  XYHandle.onPointerDown(event, {
    autoPanOnConnect: true,
    connectionMode: ConnectionMode.Strict,
    connectionRadius: 28,
    domNode: options.surface as HTMLDivElement,
    handleDomNode: port,
    handleId: portName,
    nodeId: from,
    isTarget: false,
    nodeLookup: lookup,
    lib: 'pb',
    flowId: 'pb',
    panBy: (delta) => {
      options.panBy(delta);
      return Promise.resolve(true);
    },
    getTransform: () => {
      const { x, y, zoom } = options.camera();
      return [x, y, zoom];
    },
    getFromHandle: () => (isDrawing ? startHandle(from, portName) : null),
    isValidConnection: (wire) => options.mayConnect(from, portName, wire.target),
    updateConnection: (state) => {
      if (!state.inProgress) return;
      options.onDraft({
        from,
        port: portName,
        start: { x: state.from.x, y: state.from.y },
        end: toFlow(state.to),
        ...(state.toHandle === null ? {} : { to: state.toHandle.nodeId }),
        isAllowed: state.isValid !== false,
      });
    },
    cancelConnection: () => {
      isDrawing = false;
      options.onDraft(undefined);
    },
    onConnect: (wire) => {
      options.onConnect(from, portName, wire.target);
    },
    onConnectEnd: (_event, state) => {
      if (state.toHandle === null && state.to !== null) options.onDropOutside(from, portName, toFlow(state.to));
    },
  });
}

function startHandle(nodeId: string, id: string): Handle {
  return { id, nodeId, type: 'source', x: 0, y: 0, width: 0, height: 0, position: Position.Bottom };
}
