/**
 * Gestures on the canvas, one input event for each frame. This file runs in the page as a plain script (`give-hands.ts`
 * puts it there), so it imports and exports nothing but types. Nothing of the app is made for it.
 */

/** A point of the window, in pixels. */
interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What a gesture gave: milliseconds from frame to frame, and how far it came. */
export interface Gesture {
  readonly frames: readonly number[];
  /** Most pixels that the view, or the node, had moved; for a zoom the smallest zoom. */
  readonly reached: number;
}

/** What stands in the page under `benchHands`. */
export interface PageHands {
  /** Puts the camera over the middle of the flow, or shows all of it, and lets things settle. */
  show(zoom: number | 'all'): Promise<void>;
  idle(): Promise<Gesture>;
  pan(): Promise<Gesture>;
  /** Drags the step nearest to the middle and holds it. */
  drag(): Promise<Gesture>;
  wheel(): Promise<Gesture>;
  /** Lets the dragged step go: milliseconds until that is on the screen. */
  drop(): Promise<number>;
  elementCount(): number;
}

declare global {
  interface Window {
    benchHands: PageHands;
    /** When steps could first be seen, on the clock of the page. */
    benchUsableAt?: number;
  }
}

/** The part of the canvas element that is used here. */
interface CanvasElement extends HTMLElement {
  readonly camera: Spot & { readonly zoom: number };
  readonly scene: { readonly bounds: DOMRectInit; readonly nodes: ReadonlyMap<string, Spot> };
  setCamera(camera: Spot & { readonly zoom: number }): void;
  fit(): void;
}

const frameCount = 120;
let knownCanvas: CanvasElement | undefined;
let held: { readonly element: HTMLElement; readonly at: Spot } | undefined;

function findCanvas(root: Document | ShadowRoot): CanvasElement | undefined {
  const direct = root.querySelector<CanvasElement>('pb-flow-canvas');
  if (direct !== null) return direct;
  for (const element of root.querySelectorAll('*')) {
    const found = element.shadowRoot === null ? undefined : findCanvas(element.shadowRoot);
    if (found !== undefined) return found;
  }
  return undefined;
}

function theCanvas(): CanvasElement {
  if (knownCanvas?.isConnected !== true) knownCanvas = findCanvas(document);
  if (knownCanvas === undefined) throw new Error('the page has no canvas');
  return knownCanvas;
}

const insideCanvas = (): ShadowRoot => theCanvas().shadowRoot as ShadowRoot;

const nextFrame = (): Promise<number> =>
  new Promise((resolve) => {
    requestAnimationFrame(resolve);
  });

async function settle(): Promise<void> {
  for (let frame = 0; frame < 30; frame += 1) await nextFrame();
}

async function perFrame(act: (index: number) => void): Promise<number[]> {
  const frames: number[] = [];
  let last = await nextFrame();
  for (let index = 0; index < frameCount; index += 1) {
    act(index);
    const now = await nextFrame();
    frames.push(now - last);
    last = now;
  }
  return frames;
}

/** To and fro, half a second each. */
const direction = (index: number): number => (index % 60 < 30 ? 1 : -1);

function firePointer(target: Element, what: 'down' | 'move' | 'up', at: Spot): void {
  const options = {
    bubbles: true,
    cancelable: true,
    composed: true,
    view: window,
    clientX: at.x,
    clientY: at.y,
    buttons: what === 'up' ? 0 : 1,
    pointerId: 1,
    isPrimary: true,
  };
  target.dispatchEvent(new PointerEvent(`pointer${what}`, options));
  target.dispatchEvent(new MouseEvent(`mouse${what}`, options));
}

function middleOf(element: Element): Spot {
  const box = element.getBoundingClientRect();
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/** Free ground near the middle: there a drag pans. */
function findGround(): Spot {
  const centre = middleOf(theCanvas());
  for (let index = 0; index < 400; index += 1) {
    const at = { x: centre.x + ((index * 37) % 300) - 150, y: centre.y + ((index * 53) % 200) - 100 };
    if (insideCanvas().elementFromPoint(at.x, at.y)?.classList.contains('canvas') === true) return at;
  }
  throw new Error('there is no free ground near the middle of the canvas');
}

function findCard(): HTMLElement {
  const centre = middleOf(theCanvas());
  const distance = (element: Element): number => {
    const at = middleOf(element);
    return Math.hypot(at.x - centre.x, at.y - centre.y);
  };
  const cards = [...insideCanvas().querySelectorAll<HTMLElement>('pb-flow-node:not(.scope)')];
  const [nearest] = cards.sort((left, right) => distance(left) - distance(right));
  if (nearest === undefined) throw new Error('no step is in view');
  return nearest;
}

async function show(zoom: number | 'all'): Promise<void> {
  const canvas = theCanvas();
  if (zoom === 'all') canvas.fit();
  else {
    const { x = 0, y = 0, width = 0, height = 0 } = canvas.scene.bounds;
    canvas.setCamera({
      zoom,
      x: canvas.clientWidth / 2 - (x + width / 2) * zoom,
      y: canvas.clientHeight / 2 - (y + height / 2) * zoom,
    });
  }
  await settle();
  if (zoom !== 'all' && hasFarPicture()) throw new Error('the picture of the far view stands behind the steps');
}

/** Whether anything is drawn on the layer of the far view. */
function hasFarPicture(): boolean {
  const layer = insideCanvas().querySelector<HTMLCanvasElement>('canvas.far');
  if (layer === null || layer.width === 0) return false;
  const pixels = layer.getContext('2d')?.getImageData(0, 0, layer.width, layer.height).data ?? [];
  return pixels.some((value) => value !== 0);
}

async function pan(): Promise<Gesture> {
  const start = findGround();
  const target = insideCanvas().elementFromPoint(start.x, start.y) as Element;
  const before = theCanvas().camera.x;
  let at = start;
  let reached = 0;
  firePointer(target, 'down', at);
  const frames = await perFrame((index) => {
    at = { x: at.x + 14 * direction(index), y: at.y + 9 * direction(index) };
    firePointer(target, 'move', at);
    reached = Math.max(reached, theCanvas().camera.x - before);
  });
  firePointer(target, 'up', at);
  await settle();
  return { frames, reached };
}

async function drag(): Promise<Gesture> {
  const element = findCard();
  const target = element.querySelector('.node-title') as Element;
  const before = middleOf(element).x;
  let at = middleOf(target);
  firePointer(target, 'down', at);
  const frames = await perFrame((index) => {
    at = { x: at.x + 6 * direction(index), y: at.y + 4 * direction(index) };
    firePointer(target, 'move', at);
  });
  at = { x: at.x + 48, y: at.y };
  firePointer(target, 'move', at);
  held = { element, at };
  return { frames, reached: middleOf(element).x - before };
}

async function drop(): Promise<number> {
  if (held === undefined) throw new Error('nothing is held');
  const { element, at } = held;
  const key = element.dataset['key'] ?? '';
  const before = theCanvas().scene.nodes.get(key)?.x;
  await nextFrame();
  const begin = performance.now();
  firePointer(element.querySelector('.node-title') as Element, 'up', at);
  await nextFrame();
  await nextFrame();
  const took = performance.now() - begin;
  if (theCanvas().scene.nodes.get(key)?.x === before) throw new Error('the step stands where it stood');
  await settle();
  return took;
}

async function wheel(): Promise<Gesture> {
  const { x, y } = middleOf(theCanvas());
  const target = insideCanvas().querySelector('.canvas') as Element;
  let reached = theCanvas().camera.zoom;
  const frames = await perFrame((index) => {
    const deltaY = index < frameCount / 2 ? 20 : -20;
    const options = { bubbles: true, cancelable: true, composed: true, view: window, deltaY, clientX: x, clientY: y };
    target.dispatchEvent(new WheelEvent('wheel', options));
    reached = Math.min(reached, theCanvas().camera.zoom);
  });
  await settle();
  return { frames, reached };
}

/** Looks once in a frame until the first step, or the far view, is drawn. */
function watchUsable(): void {
  const shown = findCanvas(document)?.shadowRoot?.querySelector('pb-flow-node .node-title, .is-far') ?? undefined;
  if (shown === undefined) requestAnimationFrame(watchUsable);
  // The frame that shows it is the next one.
  else requestAnimationFrame((now) => (window.benchUsableAt = now));
}

window.benchHands = {
  show,
  pan,
  drag,
  drop,
  wheel,
  idle: async () => ({ frames: await perFrame(() => undefined), reached: 0 }),
  elementCount: () => insideCanvas().querySelectorAll('*').length,
};
requestAnimationFrame(watchUsable);
