import { html, nothing, type TemplateResult } from 'lit';
import type { JsonValue } from '@patchbay/flow-model';
import type { StepTab } from '../../step-panel/step-panel.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { PbFlowEditor } from './flow-editor.ts';
import { loadPanels } from './load-panels.ts';

/** Left of the canvas: the palette, or the outline of the flow. */
export function renderLeft(editor: PbFlowEditor): TemplateResult {
  const { document } = editor.session.state.get();
  return html`<aside class="left" aria-label="Palette">
    <pb-tabs
      label="Palette"
      .items=${[
        { id: 'steps', label: 'Steps' },
        { id: 'outline', label: 'Outline' },
      ]}
      .value=${editor.leftTab}
      @pb-tab-change=${(event: CustomEvent<'steps' | 'outline'>) => (editor.leftTab = event.detail)}
    ></pb-tabs>
    ${
      editor.leftTab === 'steps'
        ? html`<pb-palette
              .index=${editor.index}
              .document=${document}
              .find=${editor.finder}
              @pb-palette-pick=${editor.handlePick}
              @pb-palette-drag=${editor.handleDrag}
              @pb-palette-drop=${editor.handleDrop}
            ></pb-palette>
            <a class="pal-foot" href="/app/marketplace">${icon('store', 14)}Browse marketplace</a>`
        : html`<pb-flow-outline
            .document=${document}
            .scene=${editor.session.scene.get()}
            .faces=${editor.faces}
            .cursor=${editor.actions.cursor}
            @pb-outline-pick=${(event: CustomEvent<{ key: string; isOpening: boolean }>) => {
              const { key, isOpening } = event.detail;
              editor.session.editor.select({ keys: [key], cursor: key });
              editor.canvas?.reveal(key);
              if (isOpening) void editor.openStep(key);
            }}
          ></pb-flow-outline>`
    }
  </aside>`;
}

/** Right of the canvas: the panel of the open step, or of the trigger. */
export function renderPanel(editor: PbFlowEditor): TemplateResult | typeof nothing {
  const { openKey } = editor;
  if (openKey === '') return nothing;
  void loadPanels();
  const close = (): void => {
    editor.closeStep();
  };
  if (openKey === 'trigger') {
    return html`<pb-trigger-panel
      class="panel"
      role="complementary"
      aria-label="Trigger"
      .session=${editor.session}
      @pb-step-close=${close}
      @pb-announce=${editor.handleAnnounce}
    ></pb-trigger-panel>`;
  }
  // Without the connectors a step cannot be told from one whose connector is gone.
  if (!editor.session.catalog.isLoaded.get()) {
    return html`<aside class="panel is-loading" aria-label="Step">
      <pb-skeleton shape="text" count="6"></pb-skeleton>
    </aside>`;
  }
  return html`<pb-step-panel
    class="panel"
    role="complementary"
    aria-label=${`Step ${editor.session.state.get().document.steps[openKey]?.title ?? ''}`}
    .api=${editor.context.api}
    .session=${editor.session}
    .key=${openKey}
    .tab=${editor.stepTab}
    .seen=${editor.seen}
    ?readonly=${!editor.canEdit}
    @pb-step-tab=${(event: CustomEvent<StepTab>) => (editor.stepTab = event.detail)}
    @pb-step-close=${close}
    @pb-step-tested=${(event: CustomEvent<{ key: string; output: JsonValue }>) => (editor.seen = { ...editor.seen, [event.detail.key]: event.detail.output })}
    @pb-step-action=${(event: CustomEvent<{ action: string; key: string }>) => {
      if (event.detail.action === 'duplicate') editor.actions.duplicate([event.detail.key]);
      else editor.actions.wrapInTry(event.detail.key);
    }}
    @pb-announce=${editor.handleAnnounce}
  ></pb-step-panel>`;
}
