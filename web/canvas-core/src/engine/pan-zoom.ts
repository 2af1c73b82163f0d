import { PanOnScrollMode, XYPanZoom } from '@xyflow/system';
import type { Camera } from './camera.ts';

/** What panning and zooming needs and tells. */
export interface PanZoomOptions {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Each frame of a pan, wheel or pinch. */
  readonly onChange: (camera: Camera) => void;
  readonly onPanning: (isPanning: boolean) => void;
}

/** How the pointer pans just now. */
export interface PanZoomMode {
  /** Dragging empty ground pans; otherwise only the middle button does. */
  readonly isDragPanning: boolean;
  /** A wire or a selection is being drawn: nothing else may move. */
  readonly isPaused: boolean;
}

/** Pan and zoom of one element. */
export interface PanZoom {
  /** Puts the camera somewhere without an answering `onChange`. */
  sync(camera: Camera): void;
  setMode(mode: PanZoomMode): void;
  destroy(): void;
}

/** Elements with this class are not grabbed to pan; what is inside them neither. */
export const noPanClass = 'nopan';

const everywhere: [[number, number], [number, number]] = [
  [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
];

/** Lets people pan by drag, zoom by wheel at the pointer, and pinch. */
export function createPanZoom(surface: HTMLElement, options: PanZoomOptions): PanZoom {
  const engine = XYPanZoom({
    domNode: surface,
    minZoom: options.minZoom,
    maxZoom: options.maxZoom,
    translateExtent: everywhere,
    viewport: { x: 0, y: 0, zoom: 1 },
    onDraggingChange: options.onPanning,
  });
  const setMode = (mode: PanZoomMode): void => {
    engine.update({
      noWheelClassName: 'nowheel',
      noPanClassName: noPanClass,
      preventScrolling: true,
      panOnScroll: false,
      panOnScrollMode: PanOnScrollMode.Free,
      panOnScrollSpeed: 1,
      panOnDrag: mode.isDragPanning ? [0, 1] : [1],
      userSelectionActive: mode.isPaused,
      zoomOnPinch: true,
      zoomOnScroll: true,
      zoomOnDoubleClick: false,
      zoomActivationKeyPressed: false,
      lib: 'pb',
      connectionInProgress: mode.isPaused,
      paneClickDistance: 3,
      onTransformChange: ([x, y, zoom]) => {
        options.onChange({ x, y, zoom });
      },
    });
  };
  setMode({ isDragPanning: true, isPaused: false });
  return {
    sync: (camera) => {
      engine.syncViewport({ ...camera });
    },
    setMode,
    destroy: () => {
      engine.destroy();
    },
  };
}
