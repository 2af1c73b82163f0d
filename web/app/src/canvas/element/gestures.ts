import {
  createNodeDrag,
  createPanZoom,
  moveScene,
  startWireDrag,
  type DraftWire,
  type NodeDrag,
  type PanZoom,
  type Point,
  type SceneNode,
} from '@patchbay/canvas-core';
import { nothing, render, svg } from 'lit';
import { farZoom } from './far-layer.ts';
import type { PbFlowCanvas } from './flow-canvas.ts';
import { Marquee } from './marquee.ts';
import { maxZoom, minZoom, type Camera } from './scene.ts';

/** Everything a pointer can do on the canvas. Handlers never throw: what cannot be done is not done. */
export class CanvasGestures {
  readonly #canvas: PbFlowCanvas;
  readonly #marquee: Marquee;
  #panZoom: PanZoom | undefined;
  #nodeDrag: NodeDrag | undefined;
  #pressed = '';
  #dragged: ReadonlySet<string> | undefined;
  #lastClick = { key: '', at: 0 };
  readonly #listeners = new AbortController();

  constructor(canvas: PbFlowCanvas) {
    this.#canvas = canvas;
    this.#marquee = new Marquee(canvas, (isPaused) => {
      this.setPaused(isPaused);
    });
  }

  attach(): void {
    const canvas = this.#canvas;
    const { surface, view } = canvas;
    this.listen(surface);
    this.#panZoom = createPanZoom(surface, {
      minZoom,
      maxZoom,
      onChange: (camera) => {
        canvas.cameraMoved(camera);
      },
      onPanning: (isPanning) => {
        surface.classList.toggle('is-panning', isPanning);
      },
    });
    this.#panZoom.setMode({ isDragPanning: true, isPaused: false });
    this.#nodeDrag = createNodeDrag(view, {
      surface,
      camera: () => canvas.camera,
      draggedWith: (key) => this.draggedWith(key),
      panBy: (delta) => {
        this.panBy(delta);
      },
      onDrag: (_keys, delta) => {
        this.showDrag(delta);
      },
      onDrop: (keys, delta) => {
        this.endDrag(keys, delta);
      },
    });
  }

  detach(): void {
    this.#listeners.abort();
    this.#panZoom?.destroy();
    this.#nodeDrag?.destroy();
  }

  setCamera(camera: Camera): void {
    this.#panZoom?.sync(camera);
  }

  private setPaused(isPaused: boolean): void {
    this.#panZoom?.setMode({ isDragPanning: true, isPaused });
  }

  private panBy(delta: Point): void {
    const { camera } = this.#canvas;
    this.#canvas.setCamera({ ...camera, x: camera.x + delta.x, y: camera.y + delta.y });
  }

  private listen(surface: HTMLElement): void {
    const { signal } = this.#listeners;
    surface.addEventListener('pointerdown', (event) => this.handlePointerDown(event), { signal, capture: true });
    surface.addEventListener('mousedown', (event) => this.handlePortDown(event), { signal, capture: true });
    surface.addEventListener('touchstart', (event) => this.handlePortDown(event), {
      signal,
      capture: true,
      passive: false,
    });
    surface.addEventListener('click', (event) => this.handleClick(event), { signal });
    surface.addEventListener('pointerover', (event) => this.handleHover(event), { signal });
    surface.addEventListener('pointerleave', () => (this.#canvas.hovered = {}), { signal });
  }

  private handlePointerDown(event: PointerEvent): void {
    const target = event.target as Element;
    this.#pressed = target.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? '';
    const port = target.closest<HTMLElement>('.port-out');
    // Without the capture a release outside the canvas would leave the wire hanging.
    if (port !== null && !this.#canvas.readonly) port.setPointerCapture(event.pointerId);
    const isGround = target.closest('.nopan') === null;
    if (isGround && event.button === 0 && this.wantsMarquee(event)) {
      this.#marquee.start(event);
    }
  }

  /** Shift and drag draws a selection; in select mode a plain drag does so too. Touch pans unless select mode is on. */
  private wantsMarquee(event: PointerEvent): boolean {
    return !this.#canvas.readonly && (event.shiftKey || this.#canvas.isSelectMode);
  }

  private handlePortDown(event: MouseEvent | TouchEvent): void {
    const port = (event.target as Element).closest<HTMLElement>('.port-out');
    if (port === null || this.#canvas.readonly || ('button' in event && event.button !== 0)) return;
    event.stopPropagation();
    const canvas = this.#canvas;
    this.setPaused(true);
    startWireDrag(event, port, {
      surface: canvas.surface,
      scene: () => canvas.scene,
      camera: () => canvas.camera,
      panBy: (delta) => {
        this.panBy(delta);
      },
      mayConnect: canvas.mayConnect,
      onDraft: (wire) => {
        this.showDraft(wire);
      },
      onConnect: (from, portId, to) => {
        canvas.send('pb-edge-connect', { from, port: portId, to });
      },
      onDropOutside: (from, portId, at) => {
        canvas.send('pb-node-add', { target: { after: from, port: portId }, at });
      },
    });
  }

  private showDraft(wire: DraftWire | undefined): void {
    const layer = this.#canvas.renderRoot.querySelector<SVGGElement>('.draft');
    for (const port of this.#canvas.renderRoot.querySelectorAll('.port.is-hot')) port.classList.remove('is-hot');
    if (wire === undefined) {
      this.setPaused(false);
      if (layer !== null) render(nothing, layer);
      return;
    }
    const { start, end } = wire;
    if (wire.to !== undefined && wire.isAllowed) {
      this.#canvas.nodeElement(wire.to)?.querySelector('.port-in')?.classList.add('is-hot');
    }
    const bend = Math.max(24, Math.abs(end.y - start.y) / 2);
    const path = `M${start.x} ${start.y}C${start.x} ${start.y + bend} ${end.x} ${end.y - bend} ${end.x} ${end.y}`;
    const look = wire.to !== undefined && !wire.isAllowed ? 'wire-draft is-refused' : 'wire-draft';
    if (layer !== null) render(svg`<path class=${look} d=${path}></path>`, layer);
  }

  /** The selection moves together if the grabbed node belongs to it; a container takes along what stands in it. */
  private draggedWith(key: string): readonly SceneNode[] {
    const { scene, selection, readonly } = this.#canvas;
    if (scene === undefined || readonly || this.#canvas.camera.zoom < farZoom) return [];
    const keys = selection.has(key) ? [...selection] : [key];
    const isInside = (node: SceneNode): boolean => {
      for (let parent = node.parent; parent !== undefined; parent = scene.nodes.get(parent)?.parent) {
        if (keys.includes(parent)) return true;
      }
      return false;
    };
    return keys.flatMap((name) => {
      const node = scene.nodes.get(name);
      return node === undefined || isInside(node) ? [] : [node];
    });
  }

  private showDrag(delta: Point): void {
    const { scene } = this.#canvas;
    if (scene === undefined) return;
    this.#dragged ??= this.allDragged();
    const moved = moveScene(scene, this.#dragged, delta);
    for (const node of moved.nodes) {
      const element = this.#canvas.nodeElement(node.key);
      if (element === null) continue;
      element.style.transform = `translate(${node.x}px,${node.y}px)`;
      element.classList.add('is-dragged');
    }
    this.#canvas.edges.update(moved.edges);
  }

  private allDragged(): ReadonlySet<string> {
    const { scene } = this.#canvas;
    const all = new Set(this.draggedWith(this.#pressed).map((node) => node.key));
    // Containers come before what stands in them.
    for (const node of scene?.nodes.values() ?? [])
      if (node.parent !== undefined && all.has(node.parent)) all.add(node.key);
    return all;
  }

  private endDrag(keys: readonly string[], delta: Point): void {
    const { scene } = this.#canvas;
    const dragged = this.#dragged ?? new Set();
    this.#dragged = undefined;
    for (const key of dragged) {
      const element = this.#canvas.nodeElement(key);
      const node = scene?.nodes.get(key);
      element?.classList.remove('is-dragged');
      if (node !== undefined) element?.style.setProperty('transform', `translate(${node.x}px,${node.y}px)`);
    }
    if (delta.x !== 0 || delta.y !== 0) this.#canvas.send('pb-nodes-move', { keys, delta });
    else this.#canvas.requestUpdate();
  }

  private handleHover(event: PointerEvent): void {
    const target = event.target as Element;
    const edge = target.closest<SVGElement | HTMLElement>('[data-edge]')?.dataset['edge'];
    const after = target.closest<HTMLElement>('[data-after]')?.dataset['after'];
    const node = target.closest<HTMLElement>('[data-key]')?.dataset['key'] ?? after;
    const { hovered } = this.#canvas;
    if (hovered.node === node && hovered.edge === edge) return;
    this.#canvas.hovered = { ...(node === undefined ? {} : { node }), ...(edge === undefined ? {} : { edge }) };
  }

  private handleClick(event: MouseEvent): void {
    const target = event.target as Element;
    if (target.closest('.overlay') !== null) return;
    const edge = target.closest<SVGElement>('[data-edge]')?.dataset['edge'];
    if (edge !== undefined) {
      this.#canvas.send('pb-selection-change', { keys: [], edge });
      return;
    }
    const element = target.closest<HTMLElement>('[data-key]');
    const key =
      element?.dataset['key'] ??
      (this.#canvas.camera.zoom < farZoom ? this.#canvas.nodeAt(this.#canvas.toFlow(event))?.key : undefined);
    if (key === undefined) {
      if (!this.#marquee.hasJustEnded) this.#canvas.send('pb-selection-change', { keys: [] });
      return;
    }
    this.selectByClick(key, event);
  }

  private selectByClick(key: string, event: MouseEvent): void {
    const canvas = this.#canvas;
    const isAdding = event.shiftKey || event.ctrlKey || event.metaKey;
    const others = [...canvas.selection].filter((known) => known !== key);
    const keys = !isAdding ? [key] : canvas.selection.has(key) ? others : [...others, key];
    canvas.send('pb-selection-change', { keys, cursor: key });
    canvas.nodeElement(key)?.focus({ preventScroll: true });
    const isDouble = this.#lastClick.key === key && event.timeStamp - this.#lastClick.at < 400;
    this.#lastClick = { key, at: event.timeStamp };
    if (isDouble || !isAdding) canvas.send('pb-node-open', { key });
  }
}
