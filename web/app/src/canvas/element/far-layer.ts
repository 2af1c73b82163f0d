import { overlaps, type CanvasScene, type SceneEdge, type SceneNode } from '@patchbay/canvas-core';
import { viewBox, type Camera } from './scene.ts';

/** Below this zoom nodes are boxes on one `<canvas>`: their text could not be read, and painting it costs most. */
export const farZoom = 0.5;

/** Colours of the far view, read from the tokens once per theme. */
interface FarColors {
  readonly surface: string;
  readonly border: string;
  readonly edge: string;
  readonly accent: string;
  readonly tones: Readonly<Record<string, string>>;
}

/** What the far view needs to know of a node besides its place. */
export interface FarLook {
  readonly isSelected: (key: string) => boolean;
  readonly toneOf: (key: string) => string | undefined;
}

/** Draws the whole scene as boxes and lines, one path per colour. */
export class FarLayer {
  readonly #canvas: HTMLCanvasElement;
  #colors: FarColors | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  /** Reads the tokens again, after the theme changed. */
  forgetColors(): void {
    this.#colors = undefined;
  }

  /** Empties the layer. */
  clear(): void {
    const context = this.#canvas.getContext('2d');
    context?.setTransform(1, 0, 0, 1, 0, 0);
    context?.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  /** Draws what is in view. */
  draw(scene: CanvasScene, camera: Camera, look: FarLook): void {
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    const ratio = window.devicePixelRatio;
    const width = this.#canvas.clientWidth;
    const height = this.#canvas.clientHeight;
    if (this.#canvas.width !== width * ratio || this.#canvas.height !== height * ratio) {
      this.#canvas.width = width * ratio;
      this.#canvas.height = height * ratio;
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.setTransform(camera.zoom * ratio, 0, 0, camera.zoom * ratio, camera.x * ratio, camera.y * ratio);
    const colors = this.#readColors();
    const view = viewBox(camera, { width, height }, 0);
    drawEdges(context, { scene, camera, color: colors.edge, view });
    const visible = [...scene.nodes.values()].filter((node) => overlaps(node, view));
    drawNodes(context, { visible, look, colors, zoom: camera.zoom });
  }

  #readColors(): FarColors {
    if (this.#colors !== undefined) return this.#colors;
    const style = getComputedStyle(this.#canvas);
    const read = (name: string): string => resolved(this.#canvas, style.getPropertyValue(name));
    this.#colors = {
      surface: read('--surface'),
      border: read('--control'),
      edge: read('--edge-idle'),
      accent: read('--accent'),
      tones: {
        problem: read('--warning-mark'),
        failed: read('--danger-mark'),
        running: read('--running-mark'),
        retrying: read('--warning-mark'),
        succeeded: read('--success-mark'),
      },
    };
    return this.#colors;
  }
}

/** `light-dark()` is not a colour a canvas context knows; the computed colour of an element is. */
function resolved(host: HTMLElement, value: string): string {
  const before = host.style.color;
  host.style.color = value;
  const color = getComputedStyle(host).color;
  host.style.color = before;
  return color;
}

interface EdgeDrawing {
  readonly scene: CanvasScene;
  readonly camera: Camera;
  readonly color: string;
  readonly view: { x: number; y: number; width: number; height: number };
}

function drawEdges(context: CanvasRenderingContext2D, drawing: EdgeDrawing): void {
  const path = new Path2D();
  for (const edge of drawing.scene.edges.values()) {
    if (!overlaps(edge.box, drawing.view)) continue;
    if (drawing.camera.zoom > 0.12) path.addPath(parsedPath(edge));
    else {
      path.moveTo(edge.box.x, edge.box.y);
      path.lineTo(edge.tip.x, edge.tip.y);
    }
  }
  context.strokeStyle = drawing.color;
  context.lineWidth = 1.5 / drawing.camera.zoom;
  context.stroke(path);
}

const parsed = new WeakMap<SceneEdge, Path2D>();

/** Paths are text; each is read once, not in every frame. */
function parsedPath(edge: SceneEdge): Path2D {
  let path = parsed.get(edge);
  if (path === undefined) parsed.set(edge, (path = new Path2D(edge.path)));
  return path;
}

interface NodeDrawing {
  readonly visible: readonly SceneNode[];
  readonly look: FarLook;
  readonly colors: FarColors;
  readonly zoom: number;
}

function drawNodes(context: CanvasRenderingContext2D, drawing: NodeDrawing): void {
  const { colors, look } = drawing;
  const boxes = new Path2D();
  const selected = new Path2D();
  const byTone = new Map<string, Path2D>();
  for (const node of drawing.visible) {
    const radius = node.shape === 'terminal' ? 28 : node.shape === 'scope' ? 12 : 8;
    const target = look.isSelected(node.key) ? selected : boxes;
    target.roundRect(node.x, node.y, node.width, node.height, radius);
    const tone = colors.tones[look.toneOf(node.key) ?? ''];
    if (tone === undefined) continue;
    const bar = byTone.get(tone) ?? new Path2D();
    bar.rect(node.x + node.width - 14, node.y + 12, 6, Math.min(node.height, 56) - 24);
    byTone.set(tone, bar);
  }
  context.lineWidth = 1 / drawing.zoom;
  context.fillStyle = colors.surface;
  context.strokeStyle = colors.border;
  context.fill(boxes);
  context.stroke(boxes);
  context.fill(selected);
  context.lineWidth = 2.5 / drawing.zoom;
  context.strokeStyle = colors.accent;
  context.stroke(selected);
  for (const [tone, bar] of byTone) {
    context.fillStyle = tone;
    context.fill(bar);
  }
}
