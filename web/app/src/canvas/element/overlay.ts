import { html, nothing, type TemplateResult } from 'lit';
import type { CanvasScene, SceneNode, SceneLane } from '@patchbay/canvas-core';
import { icon } from '../../ui/icon/icon.ts';
import type { AddTarget, PbFlowCanvas } from './flow-canvas.ts';

/** Buttons that float over nodes and wires: add, and the tools of the one selected node. None of them takes Tab. */
export function renderOverlay(canvas: PbFlowCanvas, scene: CanvasScene): TemplateResult | typeof nothing {
  if (canvas.readonly) return nothing;
  return html`<div class="overlay nopan nodrag">
    ${edgePlus(canvas, scene)} ${portPluses(canvas, scene)} ${emptySlots(canvas, scene)} ${nodeTools(canvas, scene)}
  </div>`;
}

function add(canvas: PbFlowCanvas, target: AddTarget, at: { x: number; y: number }): () => void {
  return () => {
    canvas.send('pb-node-add', { target, at });
  };
}

function edgePlus(canvas: PbFlowCanvas, scene: CanvasScene): TemplateResult | typeof nothing {
  const edge = scene.edges.get(canvas.hovered.edge ?? canvas.selectedEdge);
  if (edge === undefined || edge.isEntry) return nothing;
  const { x, y } = edge.middle;
  return html`<button
      class="add is-hot"
      tabindex="-1"
      data-edge=${edge.id}
      style="left:${x}px;top:${y}px"
      aria-label="Add a step here"
      @click=${add(canvas, { edge: edge.id }, edge.middle)}
    >
      ${icon('plus', 12)}</button
    ><span class="hint" style="left:${x + 18}px;top:${y - 14}px" aria-hidden="true">Add step <kbd>A</kbd></span>`;
}

/** Ways out that lead nowhere yet get a plus while their node is pointed at or has the keyboard. */
function portPluses(canvas: PbFlowCanvas, scene: CanvasScene): TemplateResult {
  const isNew = scene.nodes.size === 1;
  const shown = [...new Set([canvas.hovered.node, ...canvas.selection, ...(isNew ? ['trigger'] : [])])];
  const wired = new Set([...scene.edges.values()].map((edge) => `${edge.from}:${edge.port}`));
  const hasStart = [...scene.edges.values()].some((edge) => edge.from === 'trigger');
  const open = shown.flatMap((key) => {
    const node = key === undefined ? undefined : scene.nodes.get(key);
    if (node === undefined || (node.key === 'trigger' && hasStart)) return [];
    return node.ports.filter((port) => !wired.has(`${node.key}:${port.id}`)).map((port) => ({ node, port }));
  });
  return html`${open.map(({ node, port }) => {
    const at = { x: node.x + port.x, y: node.y + port.y + 26 };
    return html`<button
      class="add"
      tabindex="-1"
      data-after=${node.key}
      data-port=${port.id}
      style="left:${at.x}px;top:${at.y}px"
      aria-label="Add a step after this one"
      title="Add a step"
      @click=${add(canvas, { after: node.key, port: port.id }, at)}
    >
      ${icon('plus', 12)}
    </button>`;
  })}`;
}

function emptySlots(canvas: PbFlowCanvas, scene: CanvasScene): TemplateResult {
  const slots = [...scene.nodes.values()].flatMap((node) =>
    (node.lanes ?? []).filter((lane) => lane.isEmpty).map((lane) => ({ node, lane })),
  );
  return html`${slots.map(({ node, lane }) => emptySlot(canvas, node, lane))}`;
}

function emptySlot(canvas: PbFlowCanvas, node: SceneNode, lane: SceneLane): TemplateResult {
  const width = 200;
  const left = node.x + lane.x + (lane.width - width) / 2;
  const top = node.y + lane.y + (lane.label === undefined ? 0 : 34);
  return html`<button
    class="empty-slot"
    tabindex="-1"
    data-scope=${lane.scope}
    style="left:${left}px;top:${top}px;width:${width}px;height:56px"
    @click=${add(canvas, { scope: lane.scope }, { x: left + width / 2, y: top + 28 })}
  >
    <span class="row" style="gap:6px">${icon('plus', 12)}Add a step</span>
  </button>`;
}

function nodeTools(canvas: PbFlowCanvas, scene: CanvasScene): TemplateResult | typeof nothing {
  const [key, ...others] = canvas.selection;
  const node = key === undefined || others.length > 0 ? undefined : scene.nodes.get(key);
  if (node === undefined || node.key === 'trigger') return nothing;
  const act = (action: 'test' | 'duplicate' | 'remove') => (): void => {
    canvas.send('pb-node-action', { key: node.key, action });
  };
  return html`<div class="node-tools" style="left:${node.x + node.width - 4}px;top:${node.y - 6}px">
    <button tabindex="-1" aria-label="Test step" title="Test step" @click=${act('test')}>${icon('play', 14)}</button>
    <button tabindex="-1" aria-label="Duplicate" title="Duplicate" @click=${act('duplicate')}>
      ${icon('copy', 14)}
    </button>
    <button tabindex="-1" aria-label="Remove" title="Remove" @click=${act('remove')}>${icon('trash-2', 14)}</button>
  </div>`;
}
