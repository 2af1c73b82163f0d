import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import {
  overlaps,
  type Box,
  type CanvasScene,
  type Point,
  type SceneEdge,
  type SceneNode,
} from '@patchbay/canvas-core';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { nodeStyles, paintStyles, wireStyles } from './canvas-styles.ts';
import { EdgeLayer, type EdgeLook } from './edge-layer.ts';
import { FarLayer, farZoom } from './far-layer.ts';
import { CanvasGestures } from './gestures.ts';
import { GridLayer } from './grid-layer.ts';
import type { NodeFace } from './node-face.ts';
import { renderOverlay } from './overlay.ts';
import { contains, fitCamera, maxZoom, minZoom, revealCamera, viewBox, type Camera, type Size } from './scene.ts';
import { scopeStyles, surfaceStyles } from './scope-styles.ts';
import './flow-node.ts';

/** Margin around the view in which nodes are mounted, as a share of it. */
const overscan = 0.15;

/** Where a step is to be added: after a port, before a step, into a wire, or as the first of a scope. */
export type AddTarget =
  | { readonly after: string; readonly port: string }
  | { readonly before: string }
  | { readonly edge: string }
  | { readonly scope: string };

/** Events of the canvas and what they carry. */
export interface CanvasEvents {
  'pb-selection-change': { readonly keys: readonly string[]; readonly edge?: string; readonly cursor?: string };
  'pb-node-open': { readonly key: string };
  'pb-nodes-move': { readonly keys: readonly string[]; readonly delta: Point };
  'pb-edge-connect': { readonly from: string; readonly port: string; readonly to: string };
  'pb-node-add': { readonly target: AddTarget; readonly at: Point };
  'pb-node-action': { readonly key: string; readonly action: 'test' | 'duplicate' | 'remove' };
  'pb-viewport-change': Camera;
}

/**
 * @summary The flow as a picture that can be edited. One shadow root; nodes in view are elements, far away they are boxes on one
 * `<canvas>`. The camera is not reactive: it writes the transform itself.
 */
@customElement('pb-flow-canvas')
export class PbFlowCanvas extends PbElement {
  static override styles = [baseStyles, surfaceStyles, wireStyles, nodeStyles, scopeStyles, paintStyles];

  @property({ attribute: false }) scene: CanvasScene | undefined;
  /** What is written on each node; a face that did not change must be the same object. */
  @property({ attribute: false }) faces: ReadonlyMap<string, NodeFace> = new Map();
  @property({ attribute: false }) selection: ReadonlySet<string> = new Set();
  @property() selectedEdge = '';
  /** Key of the node that has the keyboard. */
  @property() cursor = 'trigger';
  @property({ type: Boolean, reflect: true }) readonly = false;
  /** A plain drag on empty ground selects instead of panning. */
  @property({ type: Boolean }) isSelectMode = false;
  @property({ attribute: false }) edgeLook: EdgeLook = () => '';
  /** Whether a wire may be drawn; the reason if not. */
  @property({ attribute: false }) mayConnect: (from: string, port: string, to: string) => boolean = () => true;
  @property() label = 'Flow';
  /** What follows a step, for screen readers. */
  @property({ attribute: false }) describe: (key: string) => string = () => '';
  @property({ attribute: false }) dimmed: ReadonlySet<string> = new Set();

  @state() private mounted: ReadonlySet<string> = new Set();
  @state() hovered: { readonly node?: string; readonly edge?: string } = {};
  @state() private isFar = false;
  @query('.canvas') readonly surface!: HTMLElement;
  @query('.view') readonly view!: HTMLElement;
  @query('.zoom .num') private readonly zoomText!: HTMLElement;

  camera: Camera = { x: 0, y: 0, zoom: 1 };
  size: Size = { width: 0, height: 0 };
  edges!: EdgeLayer;
  #far!: FarLayer;
  #grid!: GridLayer;
  #gestures!: CanvasGestures;
  #mountedBox: Box = { x: 0, y: 0, width: 0, height: 0 };
  #hasFitted = false;
  /** Nobody has moved the camera yet: it keeps showing the whole flow when the canvas changes its size. */
  #isUntouched = true;
  readonly #resize = new ResizeObserver(() => {
    this.measure();
  });
  readonly #scheme = window.matchMedia('(prefers-color-scheme: dark)');

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
    this.#scheme.addEventListener('change', this.#redrawFar);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    this.#scheme.removeEventListener('change', this.#redrawFar);
    if (this.hasUpdated) this.#gestures.detach();
  }

  /** Shows the whole flow. */
  fit(): void {
    if (this.scene !== undefined && this.size.width > 0) this.setCamera(fitCamera(this.scene.bounds, this.size));
  }

  /** Moves the camera as little as needed to show a node. */
  reveal(key: string): void {
    const node = this.scene?.nodes.get(key);
    if (node === undefined || this.size.width === 0) return;
    const next = revealCamera(this.camera, node, this.size);
    if (next !== this.camera) this.setCamera(next);
  }

  /** Changes the zoom around the middle of the view. */
  zoomTo(zoom: number): void {
    const middle = { x: this.size.width / 2, y: this.size.height / 2 };
    const next = Math.max(minZoom, Math.min(maxZoom, zoom));
    const share = next / this.camera.zoom;
    this.setCamera({
      zoom: next,
      x: middle.x - (middle.x - this.camera.x) * share,
      y: middle.y - (middle.y - this.camera.y) * share,
    });
  }

  /** Puts the camera somewhere. */
  setCamera(camera: Camera): void {
    this.#isUntouched = false;
    this.#gestures.setCamera(camera);
    this.applyCamera(camera);
  }

  /** A person panned or zoomed. */
  cameraMoved(camera: Camera): void {
    this.#isUntouched = false;
    this.applyCamera(camera);
  }

  /** A point of the window in flow coordinates. */
  toFlow(point: { clientX: number; clientY: number }): Point {
    const box = this.getBoundingClientRect();
    return {
      x: (point.clientX - box.left - this.camera.x) / this.camera.zoom,
      y: (point.clientY - box.top - this.camera.y) / this.camera.zoom,
    };
  }

  /** The innermost node at a point in flow coordinates. */
  nodeAt(point: Point): SceneNode | undefined {
    const probe = { ...point, width: 0, height: 0 };
    return [...(this.scene?.nodes.values() ?? [])].findLast((node) => overlaps(node, probe));
  }

  /** The element of a node, if it is mounted. */
  nodeElement(key: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(`pb-flow-node[data-key="${key}"]`);
  }

  /** Puts the keyboard on the cursor node and brings it into view. */
  async focusCursor(): Promise<void> {
    this.reveal(this.cursor);
    await this.updateComplete;
    this.nodeElement(this.cursor)?.focus({ preventScroll: true });
  }

  override focus(): void {
    void this.focusCursor();
  }

  /** Writes the camera to the page; called for every frame of a pan or zoom. */
  applyCamera(camera: Camera): void {
    const isZoomed = camera.zoom !== this.camera.zoom;
    this.camera = camera;
    const { style } = this.view;
    style.transform = `translate(${camera.x}px, ${camera.y}px) scale(${camera.zoom})`;
    this.#grid.show(camera);
    if (isZoomed) {
      this.zoomText.textContent = `${Math.round(camera.zoom * 100)} %`;
      // The hit area of ports stays 24 px on the screen; in steps, so that a zoom does not restyle every node.
      style.setProperty('--hit-inset', `${-(24 / (Math.ceil(camera.zoom * 4) / 4) - 7) / 2}px`);
      this.isFar = camera.zoom < farZoom;
    }
    if (this.isFar) this.drawFar();
    else if (!this.fitsMounted(viewBox(camera, this.size, 0))) this.mount();
    this.emitLocal('pb-viewport-change', camera);
  }

  private measure(): void {
    const before = this.size.width;
    this.size = { width: this.clientWidth, height: this.clientHeight };
    if (!this.hasUpdated || this.size.width === 0) return;
    if (!this.#hasFitted || this.#isUntouched) this.fitOnce();
    else {
      // What was in the middle stays there when a panel opens beside the canvas.
      this.setCamera({ ...this.camera, x: this.camera.x + (this.size.width - before) / 2 });
      this.reveal(this.cursor);
      this.mount();
    }
  }

  private fitOnce(): void {
    if (this.scene === undefined || this.size.width === 0) return;
    this.#hasFitted = true;
    this.setCamera(fitCamera(this.scene.bounds, this.size, 0.9));
    this.#isUntouched = true;
    this.mount();
  }

  /** What is mounted covers the view and is not far more than it: a zoom does not mount and unmount in every frame. */
  private fitsMounted(view: Box): boolean {
    return contains(this.#mountedBox, view) && this.#mountedBox.width < 2.5 * view.width;
  }

  /** Decides which nodes are elements; asks for a render only when that changed. */
  private mount(): void {
    const { scene } = this;
    if (scene === undefined) return;
    this.#mountedBox = viewBox(this.camera, this.size, overscan);
    const next = new Set<string>();
    for (const node of scene.nodes.values()) {
      if (node.key === this.cursor || this.selection.has(node.key) || (!this.isFar && overlaps(node, this.#mountedBox)))
        next.add(node.key);
    }
    const isSame = next.size === this.mounted.size && [...next].every((key) => this.mounted.has(key));
    if (!isSame) this.mounted = next;
    else this.showEdges();
  }

  private showEdges(): void {
    const { scene } = this;
    if (scene === undefined) return;
    const visible = this.isFar ? [] : [...scene.edges.values()].filter((edge) => overlaps(edge.box, this.#mountedBox));
    this.edges.show(visible, (edge) => this.lookOf(edge));
  }

  private lookOf(edge: SceneEdge): string {
    if (edge.id === this.selectedEdge || edge.id === this.hovered.edge) return 'is-hot';
    return this.edgeLook(edge);
  }

  private drawFar(): void {
    if (this.scene === undefined) return;
    this.#far.draw(this.scene, this.camera, {
      isSelected: (key) => this.selection.has(key),
      toneOf: (key) => this.faces.get(key)?.tone,
    });
  }

  readonly #redrawFar = (): void => {
    this.#far.forgetColors();
    if (this.isFar) this.drawFar();
  };

  protected override firstUpdated(): void {
    this.edges = new EdgeLayer(this.renderRoot.querySelector('.wires') as SVGSVGElement);
    this.#far = new FarLayer(this.renderRoot.querySelector('.far') as HTMLCanvasElement);
    this.#grid = new GridLayer(this.renderRoot.querySelector('.grid') as HTMLElement);
    this.#gestures = new CanvasGestures(this);
    this.#gestures.attach();
    this.measure();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!this.hasUpdated || this.scene === undefined) return;
    if (changed.has('scene') || changed.has('cursor') || changed.has('selection') || changed.has('isFar')) this.mount();
  }

  protected override updated(changed: PropertyValues): void {
    if (!this.#hasFitted) this.fitOnce();
    if (changed.has('isFar') && !this.isFar) this.#far.clear();
    if (this.isFar) this.drawFar();
    this.showEdges();
  }

  /** Sends an event of the canvas. */
  send<Name extends keyof CanvasEvents>(name: Name, detail: CanvasEvents[Name]): void {
    this.emit(name, detail);
  }

  private classesOf(node: SceneNode, face: NodeFace | undefined): string {
    const shape = { card: '', scope: 'scope', terminal: 'node-terminal' }[node.shape];
    const tone = face?.tone === undefined ? '' : `is-${face.tone}`;
    const selected = this.selection.has(node.key) ? 'is-selected' : '';
    return `node nopan ${shape} ${tone} ${selected} ${this.dimmed.has(node.key) ? 'is-dimmed' : ''}`;
  }

  private renderNode(node: SceneNode): TemplateResult {
    const face = this.faces.get(node.key);
    const isSelected = this.selection.has(node.key);
    const description = [face?.description ?? '', this.describe(node.key)].filter(Boolean).join('; ');
    return html`<pb-flow-node
      class=${this.classesOf(node, face)}
      role="treeitem"
      data-key=${node.key}
      style="width:${node.width}px;height:${node.height}px;transform:translate(${node.x}px,${node.y}px)"
      tabindex=${node.key === this.cursor ? 0 : -1}
      aria-level=${node.level}
      aria-posinset=${node.position}
      aria-setsize=${node.siblings}
      aria-selected=${isSelected ? 'true' : 'false'}
      aria-expanded=${node.shape === 'scope' ? 'true' : nothing}
      aria-label=${nameOf(node, face)}
      aria-description=${description === '' ? nothing : description}
      .node=${node}
      .face=${face}
    ></pb-flow-node>`;
  }

  private renderZoom(): TemplateResult {
    return html`<div class="zoom" role="toolbar" aria-label="Zoom">
      <button aria-label="Zoom out" title="Zoom out" @click=${() => this.zoomTo(this.camera.zoom / 1.25)}>
        ${icon('minus', 14)}
      </button>
      <span class="num">100 %</span>
      <button aria-label="Zoom in" title="Zoom in" @click=${() => this.zoomTo(this.camera.zoom * 1.25)}>
        ${icon('plus', 14)}
      </button>
      <button aria-label="Fit" title="Fit" @click=${() => this.fit()}>${icon('maximize', 14)}</button>
    </div>`;
  }

  protected override render(): TemplateResult {
    const nodes = [...(this.scene?.nodes.values() ?? [])].filter((node) => this.mounted.has(node.key));
    return html`<div class="canvas ${this.isFar ? 'is-far' : ''}">
        <div class="grid" aria-hidden="true"></div>
        <canvas class="far" aria-hidden="true"></canvas>
        <div class="view">
          <svg class="wires" aria-hidden="true"><g class="draft"></g></svg>
          <div role="tree" aria-label=${this.label} aria-multiselectable="true">
            ${repeat(
              nodes,
              (node) => node.key,
              (node) => this.renderNode(node),
            )}
          </div>
          ${this.scene === undefined || this.isFar ? nothing : renderOverlay(this, this.scene)}
        </div>
      </div>
      ${this.renderZoom()}`;
  }
}

/** All words that are seen on the node, in their order: title, what it does, labels of its ways out or lanes. */
function nameOf(node: SceneNode, face: NodeFace | undefined): string {
  const lanes = (node.lanes ?? []).flatMap(({ label }) => label ?? []);
  return [face?.title, face?.subtitle, ...(face?.portLabels ?? []), ...lanes].filter(Boolean).join(', ');
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-flow-canvas': PbFlowCanvas;
  }
}
