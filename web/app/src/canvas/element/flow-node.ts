import { LitElement, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { glyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { NodeFace } from './node-face.ts';
import { portClasses, portId, type SceneLane, type SceneNode } from '@patchbay/canvas-core';
import { tile } from '../../ui/tile/tile.ts';

/**
 * One step on the canvas. It renders into itself: the canvas' shadow root holds the styles, and wires can be
 * dragged from port to port within one root. It draws again only when its geometry or its face is another object.
 */
@customElement('pb-flow-node')
export class PbFlowNode extends LitElement {
  @property({ attribute: false }) node: SceneNode | undefined;
  @property({ attribute: false }) face: NodeFace | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { node, face } = this;
    if (node === undefined || face === undefined) return nothing;
    return html`${node.shape === 'scope' ? scopeBody(node, face) : cardBody(face)}${ports(node)}`;
  }
}

function cardBody(face: NodeFace): TemplateResult {
  return html`
    <div class="node-main">
      ${tile(face)}
      <div class="node-text">
        <div class="node-title">${face.title}</div>
        <div class="node-sub">${face.subtitle}</div>
      </div>
      ${face.glyph === undefined ? nothing : glyph(face.glyph)}
      ${face.update === undefined ? nothing : html`<span class="node-update" title="Update available: ${face.update}"></span>`}
    </div>
    ${
      face.portLabels === undefined
        ? nothing
        : html`<div class="node-ports">${face.portLabels.map((label) => [html`<div>${label}</div>`, ' '])}</div>`
    }
  `;
}

function scopeBody(node: SceneNode, face: NodeFace): TemplateResult {
  return html`
    <div class="scope-head">
      ${tile(face, 24)}
      <span class="node-title">${face.title}</span>
      <span class="scope-meta">${face.subtitle}</span>
      <span class="grow"></span>
      ${face.glyph === undefined ? nothing : glyph(face.glyph)}
    </div>
    ${lanes(node.lanes ?? [])}
  `;
}

function lanes(all: readonly SceneLane[]): TemplateResult | typeof nothing {
  const [first] = all;
  const last = all.at(-1);
  if (first === undefined || last === undefined || all.length < 2) return nothing;
  const width = last.x + last.width - first.x;
  return html`<div
    class="lanes"
    style="left:${first.x - 1}px;top:${first.y - 1}px;width:${width}px;height:${first.height}px"
  >
    ${all.map(
      (lane, index) =>
        html`<div class="lane" style="left:${lane.x - first.x}px;width:${lane.width}px">
          <span>${icon(index === 0 ? 'shield' : 'circle-alert', 12)}${lane.label}</span>
        </div>`,
    )}
  </div>`;
}

/** The border is part of the node's box, so ports sit one pixel up and left of their place in the scene. */
function ports(node: SceneNode): TemplateResult {
  return html`${
    node.hasInput
      ? html`<i
          class="port port-in nodrag ${portClasses.target}"
          data-id=${portId(node.key, 'in', 'target')}
          data-nodeid=${node.key}
          data-handleid="in"
          style="left:${node.width / 2 - 1}px;top:-0.5px"
        ></i>`
      : nothing
  }${node.ports.map(
    (port) =>
      html`<i
        class="port port-out nodrag ${portClasses.source}"
        data-id=${portId(node.key, port.id, 'source')}
        data-nodeid=${node.key}
        data-handleid=${port.id}
        style="left:${port.x - 1}px;top:${port.y - 0.5}px"
      ></i>`,
  )}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-flow-node': PbFlowNode;
  }
}
