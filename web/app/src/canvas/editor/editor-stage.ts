import { html, nothing, type TemplateResult } from 'lit';
import { checkConnection } from '@patchbay/canvas-core';
import { paintOf, wireLook } from '../../run-view/run-paint.ts';
import { isOver } from '../../run-view/timeline-rows.ts';
import type { IconName } from '../../ui/icon/icon-names.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { CanvasEvents } from '../element/flow-canvas.ts';
import { describeFlow, describeStep } from './describe-flow.ts';
import type { PbFlowEditor } from './flow-editor.ts';

/** The canvas with what floats on it: tools, search, notes about a test run or a layout. */
export function renderStage(editor: PbFlowEditor): TemplateResult {
  const { run } = editor.test;
  return html`<div class="stage">
    ${renderCanvas(editor)} ${editor.canEdit ? renderTools(editor) : nothing}
    ${
      editor.findText === undefined
        ? nothing
        : html`<div class="find-bar input">
            ${icon('search', 14)}
            <input
              autofocus
              aria-label="Find in the flow"
              placeholder="Find in the flow"
              .value=${editor.findText}
              @input=${(event: Event) => (editor.findText = (event.target as HTMLInputElement).value)}
              @keydown=${(event: KeyboardEvent) => {
                if (event.key !== 'Escape' && event.key !== 'Enter') return;
                event.stopPropagation();
                editor.findText = undefined;
                editor.canvas?.focus();
              }}
            />
          </div>`
    }
    ${
      editor.tidying === undefined
        ? nothing
        : html`<div class="stage-note" role="status">
            Tidying up…<button class="btn btn-ghost btn-small" @click=${() => editor.tidying?.abort()}>Stop</button>
          </div>`
    }
    ${
      run !== undefined && editor.test.isShown && editor.tidying === undefined
        ? html`<div class="stage-note" role="status">
            <span>${isOver(run) ? `Test run ${run.state}` : 'Test run is running'}</span>
            <a href="/app/runs/${run.id}">Open the run</a>
            <button class="btn btn-ghost btn-small" @click=${() => editor.test.hide()}>Back to editing</button>
          </div>`
        : nothing
    }
  </div>`;
}

function renderCanvas(editor: PbFlowEditor): TemplateResult {
  const { document, selection } = editor.session.state.get();
  const { run } = editor.test;
  const isPainted = run !== undefined && editor.test.isShown;
  const edge = selection.edge;
  return html`<pb-flow-canvas
    .scene=${editor.session.scene.get()}
    .faces=${editor.faces}
    .selection=${new Set(selection.keys)}
    .selectedEdge=${edge === undefined ? '' : `${edge.from}:${edge.port}:${edge.to}`}
    .cursor=${editor.actions.cursor}
    .isSelectMode=${editor.isSelectMode}
    ?readonly=${!editor.canEdit}
    .label=${describeFlow(document, editor.session.issues.get())}
    .describe=${(key: string) => describeStep(document, key)}
    .dimmed=${dimmedBy(editor)}
    .edgeLook=${isPainted ? wireLook(run, paintOf(run)) : noLook}
    .mayConnect=${(from: string, port: string, to: string) => 'document' in checkConnection(document, { from, port, to })}
    @pb-selection-change=${editor.handleSelection}
    @pb-node-open=${(event: CustomEvent<CanvasEvents['pb-node-open']>) => void editor.openStep(event.detail.key)}
    @pb-nodes-move=${(event: CustomEvent<CanvasEvents['pb-nodes-move']>) => {
      editor.actions.move(event.detail.keys, event.detail.delta);
    }}
    @pb-edge-connect=${(event: CustomEvent<CanvasEvents['pb-edge-connect']>) => {
      editor.actions.connect(event.detail);
    }}
    @pb-node-add=${(event: CustomEvent<CanvasEvents['pb-node-add']>) => {
      editor.openPicker(event.detail.target, event.detail.at);
    }}
    @pb-node-action=${editor.handleNodeAction}
  ></pb-flow-canvas>`;
}

/** One button of the tools. */
interface Tool {
  readonly icon: IconName;
  readonly words: string;
  readonly act: () => void;
  readonly isOn?: boolean;
  readonly isOff?: boolean;
}

function renderTool(tool: Tool): TemplateResult {
  return html`<button
    class="btn btn-icon btn-ghost ${tool.isOn === true ? 'is-on' : ''}"
    aria-label=${tool.words}
    title=${tool.words}
    aria-pressed=${tool.isOn === undefined ? nothing : String(tool.isOn)}
    ?disabled=${tool.isOff ?? false}
    @click=${tool.act}
  >
    ${icon(tool.icon)}
  </button>`;
}

function renderTools(editor: PbFlowEditor): TemplateResult {
  const { canUndo, canRedo, undoLabel, redoLabel } = editor.session.state.get();
  const setSelectMode = (isOn: boolean) => (): void => {
    editor.isSelectMode = isOn;
  };
  const togglePalette = (): void => {
    editor.isPaletteShown = !editor.isPaletteShown;
  };
  const undo = (): void => {
    editor.actions.undo();
  };
  const redo = (): void => {
    editor.actions.redo();
  };
  const showShortcuts = (): void => {
    editor.dialogs.showShortcuts();
  };
  return html`<div class="tools" role="toolbar" aria-label="Canvas">
    <span class="slim"
      >${renderTool({ icon: 'plus', words: 'Palette', act: togglePalette, isOn: editor.isPaletteShown })}</span
    >
    ${renderTool({ icon: 'mouse-pointer-2', words: 'Select', act: setSelectMode(true), isOn: editor.isSelectMode })}
    ${renderTool({ icon: 'hand', words: 'Pan', act: setSelectMode(false), isOn: !editor.isSelectMode })}
    <hr />
    ${renderTool({ icon: 'undo-2', words: canUndo ? `Undo: ${undoLabel ?? ''}` : 'Undo', act: undo, isOff: !canUndo })}
    ${renderTool({ icon: 'redo-2', words: canRedo ? `Redo: ${redoLabel ?? ''}` : 'Redo', act: redo, isOff: !canRedo })}
    <hr />
    ${renderTool({ icon: 'wand-sparkles', words: 'Tidy up', act: () => void editor.actions.tidy() })}
    ${renderTool({ icon: 'keyboard', words: 'Keyboard shortcuts', act: showShortcuts })}
  </div>`;
}

/** Steps that do not hold the words that are searched for. */
function dimmedBy(editor: PbFlowEditor): ReadonlySet<string> {
  const words = editor.findText?.trim().toLowerCase() ?? '';
  if (words === '') return new Set();
  const { document } = editor.session.state.get();
  const isHit = (key: string): boolean =>
    JSON.stringify(key === 'trigger' ? document.trigger : document.steps[key])
      .toLowerCase()
      .includes(words);
  return new Set(['trigger', ...Object.keys(document.steps)].filter((key) => !isHit(key)));
}

const noLook = (): string => '';
