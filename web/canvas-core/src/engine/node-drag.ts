import { XYDrag } from '@xyflow/system';
import { snap } from '../geometry/measures.ts';
import type { Point, SceneNode } from '../geometry/scene.ts';
import type { Camera } from './camera.ts';
import { toEngineNodes, type EngineNodes } from './node-lookup.ts';

/** What dragging nodes needs and tells. All distances are on the grid, in flow coordinates. */
export interface NodeDragOptions {
  readonly surface: HTMLElement;
  readonly camera: () => Camera;
  /** The nodes that move when this one is grabbed; empty: it may not be moved. */
  readonly draggedWith: (key: string) => readonly SceneNode[];
  /** Moves the camera by a distance on the screen, when the pointer is near the border. */
  readonly panBy: (delta: Point) => void;
  readonly onDrag: (keys: readonly string[], delta: Point) => void;
  readonly onDrop: (keys: readonly string[], delta: Point) => void;
}

/** Dragging of the nodes inside one element. */
export interface NodeDrag {
  destroy(): void;
}

const noDragClass = 'nodrag';

/** Lets people drag nodes: elements with `data-key` inside `container`, except where the class `nodrag` stands. */
export function createNodeDrag(container: HTMLElement, options: NodeDragOptions): NodeDrag {
  let lookup: EngineNodes = new Map();
  let origin: Point = { x: 0, y: 0 };
  const prepare = (event: Event): void => {
    const key = (event.target as Element).closest<HTMLElement>('[data-key]')?.dataset['key'];
    const nodes = key === undefined ? [] : options.draggedWith(key);
    lookup = toEngineNodes(nodes, new Set(nodes.map((node) => node.key)));
    origin = nodes[0] ?? origin;
  };
  container.addEventListener('mousedown', prepare, { capture: true });
  container.addEventListener('touchstart', prepare, { capture: true, passive: true });
  const drag = XYDrag({
    getStoreItems: () => {
      const { x, y, zoom } = options.camera();
      return {
        nodes: [],
        edges: [],
        nodeLookup: lookup,
        nodeExtent: [
          [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
          [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
        ],
        snapGrid: [1, 1],
        snapToGrid: false,
        nodeOrigin: [0, 0],
        multiSelectionActive: true,
        domNode: options.surface,
        transform: [x, y, zoom],
        autoPanOnNodeDrag: true,
        nodesDraggable: true,
        selectNodesOnDrag: false,
        nodeDragThreshold: 3,
        panBy: (delta) => {
          options.panBy(delta);
          return Promise.resolve(true);
        },
        unselectNodesAndEdges: () => undefined,
        updateNodePositions: (items, isDragging) => {
          const [first] = items.values();
          if (first === undefined) return;
          const delta = { x: snap(first.position.x - origin.x), y: snap(first.position.y - origin.y) };
          (isDragging === true ? options.onDrag : options.onDrop)([...items.keys()], delta);
        },
      };
    },
  });
  drag.update({ domNode: container, noDragClassName: noDragClass, isSelectable: false });
  return {
    destroy: () => {
      drag.destroy();
      container.removeEventListener('mousedown', prepare, { capture: true });
      container.removeEventListener('touchstart', prepare, { capture: true });
    },
  };
}
