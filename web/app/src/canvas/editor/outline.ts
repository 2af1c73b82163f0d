import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { laneScopes, type CanvasScene } from '@patchbay/canvas-core';
import type { FlowDocument } from '@patchbay/flow-model';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { tile } from '../../ui/tile/tile.ts';
import type { NodeFace } from '../element/node-face.ts';
import { describeStep } from './describe-flow.ts';

interface OutlineRow {
  readonly key: string;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
}

/**
 * @summary All steps as a tree, also those out of view: everything that the canvas does can be reached from here.
 * @event pb-outline-pick - detail is `{ key, isOpening }`.
 */
@customElement('pb-flow-outline')
export class PbFlowOutline extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        min-height: 0;
        flex: 1;
        overflow: auto;
        padding: 8px;
        scrollbar-width: thin;
      }
      .row1 {
        display: flex;
        align-items: center;
        gap: 8px;
        height: 30px;
        padding: 0 8px 0 calc(6px + (var(--d) - 1) * 14px);
        border-radius: 5px;
      }
      .row1:hover {
        background: var(--hover);
      }
      .row1.is-on {
        background: var(--accent-tint);
      }
      .row1:focus-visible {
        outline-offset: -2px;
      }
      .lane {
        font-size: 12px;
        color: var(--text-3);
      }
    `,
  ];

  @property({ attribute: false }) document: FlowDocument | undefined;
  @property({ attribute: false }) scene: CanvasScene | undefined;
  @property({ attribute: false }) faces: ReadonlyMap<string, NodeFace> = new Map();
  @property() cursor = 'trigger';

  private get rows(): OutlineRow[] {
    const { document, scene } = this;
    if (document === undefined || scene === undefined) return [];
    const rows: OutlineRow[] = [
      { key: 'trigger', level: 1, position: 1, siblings: (document.scopes.root?.steps.length ?? 0) + 1 },
    ];
    const add = (scope: string): void => {
      const keys = [...(document.scopes[scope]?.steps ?? [])].sort((a, b) => order(scene, a) - order(scene, b));
      for (const key of keys) {
        const node = scene.nodes.get(key);
        if (node === undefined) continue;
        rows.push({ key, level: node.level, position: node.position, siblings: node.siblings });
        const step = document.steps[key];
        if (step !== undefined) for (const inner of laneScopes(step)) add(inner);
      }
    };
    add('root');
    return rows;
  }

  private pick(key: string, isOpening: boolean): void {
    this.emit('pb-outline-pick', { key, isOpening });
  }

  private handleKey(event: KeyboardEvent): void {
    const { rows } = this;
    const at = Math.max(
      0,
      rows.findIndex((row) => row.key === this.cursor),
    );
    if (event.key === 'Enter') {
      event.preventDefault();
      this.pick(this.cursor, true);
      return;
    }
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    const row = target === undefined ? undefined : rows[target];
    if (row === undefined) return;
    event.preventDefault();
    this.pick(row.key, false);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[tabindex="0"]')?.focus());
  }

  private renderRow(document: FlowDocument, row: OutlineRow): TemplateResult {
    const face: NodeFace = this.faces.get(row.key) ?? { title: row.key, subtitle: '', description: '' };
    const isOn = row.key === this.cursor;
    return html`<div
      class="row1 ${isOn ? 'is-on' : ''}"
      role="treeitem"
      tabindex=${isOn ? 0 : -1}
      style="--d:${row.level}"
      data-outline=${row.key}
      aria-level=${row.level}
      aria-posinset=${row.position}
      aria-setsize=${row.siblings}
      aria-selected=${isOn ? 'true' : 'false'}
      aria-label=${`${face.title}, ${face.subtitle}`}
      aria-description=${[face.description, describeStep(document, row.key)].filter((part) => part !== '').join('; ')}
      @click=${() => {
        this.pick(row.key, true);
      }}
    >
      ${tile(face, 20)}<span class="cut">${face.title}</span>
      ${face.glyph === undefined ? nothing : html`<span class="end" style="display:inline-flex">${glyph(face.glyph)}</span>`}
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { document } = this;
    if (document === undefined) return nothing;
    return html`<div role="tree" aria-label="Outline of ${document.name}" @keydown=${this.handleKey}>
      ${this.rows.map((row) => this.renderRow(document, row))}
    </div>`;
  }
}

function order(scene: CanvasScene, key: string): number {
  const node = scene.nodes.get(key);
  return node === undefined ? 0 : node.y * 100_000 + node.x;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-flow-outline': PbFlowOutline;
  }
}
