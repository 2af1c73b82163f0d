import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { changeFlow, changeStep, type Point } from '@patchbay/canvas-core';
import type { FlowIssue, JsonValue, Step } from '@patchbay/flow-model';
import type { PbStepPanel, StepTab } from '../../step-panel/step-panel.ts';
import type { SeenData } from '../../step-panel/step-scope.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { isOver } from '../../run-view/timeline-rows.ts';
import { paintOf, wireLook } from '../../run-view/run-paint.ts';
import type { AddTarget, CanvasEvents, PbFlowCanvas } from '../element/flow-canvas.ts';
import { createPaletteIndex, type PaletteEntry, type PaletteIndex } from '../palette/palette-index.ts';
import type { PaletteDrag, PbPalette } from '../palette/palette.ts';
import type { PbStepPicker } from '../palette/step-picker.ts';
import { CanvasActions } from './canvas-actions.ts';
import { describeFlow, describeStep } from './describe-flow.ts';
import { editorStyles } from './editor-styles.ts';
import { FaceCache } from './face-cache.ts';
import type { FlowSession } from './flow-session.ts';
import { runCanvasCommand } from './run-canvas-command.ts';
import { withReplacement } from './fix-issue.ts';
import { loadPanels } from './load-panels.ts';
import { TestRun } from './test-run.ts';
import { renderTopbar } from './topbar.ts';
import { dropTarget } from './drop-target.ts';
import { checkConnection } from '@patchbay/canvas-core';
import './editor-dialogs.ts';
import type { PbEditorDialogs } from './editor-dialogs.ts';
import './drawer.ts';
import './outline.ts';
import '../element/flow-canvas.ts';
import '../palette/palette.ts';
import '../palette/step-picker.ts';
import '../../ui/tabs/tabs.ts';
import '../../ui/button/button.ts';
import './flow-lists.ts';

/**
 * @summary The flow editor: palette, canvas, step panel, problems, test run, publish.
 */
@customElement('pb-flow-editor')
export class PbFlowEditor extends ScreenElement {
  static override styles = [baseStyles, editorStyles];

  @property({ attribute: false }) session!: FlowSession;
  @property() tab: 'editor' | 'runs' | 'versions' = 'editor';
  /** This browser holds edits that were never saved. */
  @property({ type: Boolean }) hasLocalCopy = false;

  @state() private leftTab: 'steps' | 'outline' = 'steps';
  @state() private stepTab: StepTab = 'mapping';
  @state() private isDrawerOpen = false;
  @state() isSelectMode = false;
  @state() private seen: SeenData = {};
  @state() private tidying: AbortController | undefined;
  @state() isPaletteShown = false;
  @state() findText: string | undefined;
  @query('pb-flow-canvas') readonly canvas!: PbFlowCanvas | null;
  @query('pb-palette') readonly palette!: PbPalette | null;
  @query('pb-step-picker') private readonly picker!: PbStepPicker;
  @query('pb-step-panel') readonly panel!: PbStepPanel | null;
  @query('pb-editor-dialogs') readonly dialogs!: PbEditorDialogs;

  actions!: CanvasActions;
  test!: TestRun;
  readonly #faces = new FaceCache();
  #index: { readonly size: number; readonly index: PaletteIndex } | undefined;
  #addTarget: AddTarget | undefined;
  readonly #clock = setInterval(() => {
    this.requestUpdate();
  }, 5_000);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
    this.test.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('session')) return;
    this.actions = new CanvasActions({
      session: this.session,
      announce: (text) => {
        this.app.announcer.announce(text);
      },
      refuse: (reason) => {
        this.app.toasts.show(reason, { tone: 'neutral' });
        this.app.announcer.announce(reason);
      },
      focusCanvas: () => {
        void this.updateComplete.then(() => this.canvas?.focusCursor());
      },
      showTidying: (stop) => (this.tidying = stop),
    });
    this.test = new TestRun(this.app, this.session, {
      onChange: () => {
        this.requestUpdate();
      },
      onSeen: (seen) => (this.seen = { ...this.seen, ...seen }),
    });
  }

  protected override firstUpdated(): void {
    setTimeout(() => void loadPanels()); // after the first paint, so that the first step opens at once
    const field = this.query('field');
    const step = this.query('step');
    if (step === '') return;
    this.session.editor.select({ keys: [step], cursor: step });
    if (field !== '') void this.session.catalog.load().then(() => this.openStep(step, { tab: 'mapping', field }));
  }

  /** Key of the step whose panel is open, from the address. */
  get openKey(): string {
    const key = this.query('step');
    const { steps } = this.session.state.get().document;
    return key === 'trigger' || steps[key] !== undefined ? key : '';
  }

  get canEdit(): boolean {
    return this.app.session.canEdit();
  }

  get context(): ScreenElement['app'] {
    return this.app;
  }

  private get index(): PaletteIndex {
    const manifests = this.session.catalog.manifests.get();
    if (this.#index?.size !== manifests.size)
      this.#index = { size: manifests.size, index: createPaletteIndex(manifests.values()) };
    return this.#index.index;
  }

  /** Opens the panel of a step; `field` brings the keyboard to it. */
  async openStep(
    key: string,
    options: { tab?: StepTab; field?: string | undefined; isFocused?: boolean } = {},
  ): Promise<void> {
    if (this.openKey !== key) this.stepTab = options.tab ?? this.defaultTab(key);
    else if (options.tab !== undefined) this.stepTab = options.tab;
    this.app.router.setQuery({ step: key });
    await Promise.all([this.updateComplete, loadPanels()]);
    await this.panel?.updateComplete;
    if (options.field !== undefined) await this.panel?.showField(options.field);
    else if (options.isFocused === true) this.panel?.focus();
  }

  /** A step that misses its connection opens on Setup, any other on its fields. */
  private defaultTab(key: string): StepTab {
    const needs = this.session.issues.get().some((issue) => issue.step === key && issue.field === '/connectionId');
    return needs && Object.keys(this.session.state.get().document.steps[key] ?? {}).includes('connector')
      ? 'mapping'
      : 'mapping';
  }

  closeStep(): void {
    this.app.router.setQuery({ step: undefined });
    this.canvas?.focus();
  }

  /** Opens the small window that adds a step. */
  openPicker(target: AddTarget, at?: Point): void {
    this.#addTarget = target;
    const { canvas } = this;
    if (canvas === null) return;
    const node = canvas.scene?.nodes.get(this.actions.cursor);
    const flow = at ?? (node === undefined ? { x: 0, y: 0 } : { x: node.x + node.width / 2, y: node.y + node.height });
    const box = canvas.getBoundingClientRect();
    const clientX = box.left + flow.x * canvas.camera.zoom + canvas.camera.x;
    const clientY = box.top + flow.y * canvas.camera.zoom + canvas.camera.y;
    void this.picker.open({ clientX, clientY });
  }

  private async addEntry(entry: PaletteEntry, target: AddTarget | { at: Point; scope: string }): Promise<void> {
    const key = this.actions.add(entry, target);
    if (key === undefined) return;
    await this.updateComplete;
    this.canvas?.reveal(key);
    await this.openStep(key);
    await this.canvas?.focusCursor();
  }

  private handlePick(event: CustomEvent<PaletteEntry>): void {
    const target = this.#addTarget ?? this.actions.placeAfterCursor;
    this.#addTarget = undefined;
    void this.addEntry(event.detail, target);
  }

  /** A wire under the pointer shows that the step would go into it. */
  private handleDrag(event: CustomEvent<PaletteDrag | undefined>): void {
    const { canvas } = this;
    if (canvas === null) return;
    const target = event.detail === undefined ? undefined : dropTarget(canvas, event.detail);
    canvas.hovered = target !== undefined && 'edge' in target ? { edge: target.edge } : {};
  }

  private handleDrop(event: CustomEvent<PaletteDrag>): void {
    const { canvas } = this;
    const target = canvas === null ? undefined : dropTarget(canvas, event.detail);
    if (target !== undefined) void this.addEntry(event.detail.entry, target);
  }

  private handleSelection(event: CustomEvent<CanvasEvents['pb-selection-change']>): void {
    const { keys, edge: edgeId, cursor } = event.detail;
    const [from, port, to] = edgeId?.split(':') ?? [];
    const edge =
      from === undefined || port === undefined || to === undefined || from === 'trigger'
        ? undefined
        : { from, port, to };
    this.session.editor.select({
      keys,
      ...(cursor === undefined ? { cursor: this.actions.cursor } : { cursor }),
      ...(edge === undefined ? {} : { edge }),
    });
    if (keys.length === 0 && edge === undefined && this.openKey !== '') this.app.router.setQuery({ step: undefined });
  }

  private handleNodeAction(event: CustomEvent<CanvasEvents['pb-node-action']>): void {
    const { key, action } = event.detail;
    if (action === 'duplicate') this.actions.duplicate([key]);
    else if (action === 'remove') this.actions.remove();
    else void this.testStep(key);
  }

  /** Opens the Test tab of a step and runs it. */
  async testStep(key: string): Promise<void> {
    if (this.session.state.get().document.steps[key] === undefined) return;
    await this.openStep(key, { tab: 'test' });
    await this.updateComplete;
    await this.panel?.runTest();
  }

  private async openIssue(issue: FlowIssue): Promise<void> {
    const key = issue.step;
    if (key === undefined) return;
    this.session.editor.select({ keys: [key], cursor: key });
    this.canvas?.reveal(key);
    await this.openStep(key, {
      tab: issue.field === undefined ? 'setup' : 'mapping',
      ...(issue.field === undefined ? {} : { field: issue.field }),
    });
  }

  private fixIssue(issue: FlowIssue): void {
    const step = issue.step === undefined ? undefined : this.session.state.get().document.steps[issue.step];
    if (step === undefined || issue.field === undefined || issue.fix === undefined) return;
    const next = withReplacement(step as unknown as JsonValue, issue.field, { formula: issue.fix.replacement });
    this.actions.run(changeStep(next as unknown as Step, issue.field), 'Fixed');
  }

  /** Goes to the next problem after the cursor. */
  nextProblem(): void {
    const issues = this.session.issues.get();
    const at = issues.findIndex((issue) => issue.step === this.actions.cursor);
    const next = issues[(at + 1) % Math.max(1, issues.length)];
    if (next === undefined) this.app.announcer.announce('No problems');
    else void this.openIssue(next);
  }

  showLeft(tab: 'steps' | 'outline'): void {
    this.leftTab = tab;
    this.isPaletteShown = true;
  }

  /** F6 goes round palette, canvas, panel and drawer. */
  private cycleRegion(isBack: boolean): void {
    const regions = ['.left', 'pb-flow-canvas', '.panel', 'pb-editor-drawer'].flatMap(
      (selector) => this.renderRoot.querySelector<HTMLElement>(selector) ?? [],
    );
    const current = regions.findIndex((region) => region.contains(this.shadowRoot?.activeElement ?? null));
    const next = regions[(current + (isBack ? -1 : 1) + regions.length) % regions.length];
    if (next === undefined) return;
    if (next === this.canvas) void this.canvas.focusCursor();
    else if (next.matches('.left') && this.leftTab === 'steps') this.palette?.focus();
    else if (next.matches('pb-step-panel')) this.panel?.focus();
    else next.shadowRoot?.querySelector<HTMLElement>('button, input, [tabindex="0"]')?.focus();
  }

  private handleKey(event: KeyboardEvent): void {
    if (event.key === 'F6') {
      event.preventDefault();
      this.cycleRegion(event.shiftKey);
      return;
    }
    const isCanvas = event.composedPath().includes(this.canvas as EventTarget);
    if (isCanvas) runCanvasCommand(this, event);
    else if (
      event.key === 'Escape' &&
      event.composedPath().includes(this.panel as EventTarget) &&
      !event.defaultPrevented
    )
      this.canvas?.focus();
  }

  private handleName(event: Event): void {
    const input = event.target as HTMLInputElement;
    const name = input.value.trim().slice(0, 120);
    if (name === '') input.value = this.session.state.get().document.name;
    else this.actions.run(changeFlow({ name }), 'Renamed');
    this.app.setTitle(this.session.state.get().document.name);
  }

  private get dimmed(): ReadonlySet<string> {
    const words = this.findText?.trim().toLowerCase() ?? '';
    if (words === '') return new Set();
    const { document } = this.session.state.get();
    const isHit = (key: string): boolean =>
      JSON.stringify(key === 'trigger' ? document.trigger : document.steps[key])
        .toLowerCase()
        .includes(words);
    return new Set(['trigger', ...Object.keys(document.steps)].filter((key) => !isHit(key)));
  }

  private renderLeft(): TemplateResult {
    const { document } = this.session.state.get();
    return html`<aside class="left" aria-label="Palette">
      <pb-tabs
        label="Palette"
        .items=${[
          { id: 'steps', label: 'Steps' },
          { id: 'outline', label: 'Outline' },
        ]}
        .value=${this.leftTab}
        @pb-tab-change=${(event: CustomEvent<'steps' | 'outline'>) => (this.leftTab = event.detail)}
      ></pb-tabs>
      ${
        this.leftTab === 'steps'
          ? html`<pb-palette
                .index=${this.index}
                .document=${document}
                @pb-palette-pick=${this.handlePick}
                @pb-palette-drag=${this.handleDrag}
                @pb-palette-drop=${this.handleDrop}
              ></pb-palette>
              <a class="pal-foot" href="/app/marketplace">${icon('store', 14)}Browse marketplace</a>`
          : html`<pb-flow-outline
              .document=${document}
              .scene=${this.session.scene.get()}
              .faces=${this.faces}
              .cursor=${this.actions.cursor}
              @pb-outline-pick=${(event: CustomEvent<{ key: string; isOpening: boolean }>) => {
                const { key, isOpening } = event.detail;
                this.session.editor.select({ keys: [key], cursor: key });
                this.canvas?.reveal(key);
                if (isOpening) void this.openStep(key);
              }}
            ></pb-flow-outline>`
      }
    </aside>`;
  }

  private get faces(): ReturnType<FaceCache['update']> {
    const { document } = this.session.state.get();
    this.session.catalog.manifests.get();
    const { run } = this.test;
    return this.#faces.update(this.session.scene.get().nodes.keys(), {
      document,
      manifestOf: (slug, version) => this.session.catalog.manifestOf(slug, version),
      issues: this.session.issues.get(),
      ...(run === undefined || !this.test.isShown ? {} : { paint: paintOf(run) }),
    });
  }

  private renderTools(): TemplateResult {
    const { canUndo, canRedo, undoLabel, redoLabel } = this.session.state.get();
    const tool = (
      name: Parameters<typeof icon>[0],
      words: string,
      act: () => void,
      options: { isOn?: boolean; isOff?: boolean } = {},
    ): TemplateResult =>
      html`<button
        class="btn btn-icon btn-ghost ${options.isOn === true ? 'is-on' : ''}"
        aria-label=${words}
        title=${words}
        aria-pressed=${options.isOn === undefined ? nothing : String(options.isOn)}
        ?disabled=${options.isOff ?? false}
        @click=${act}
      >
        ${icon(name)}
      </button>`;
    return html`<div class="tools" role="toolbar" aria-label="Canvas">
      <span class="slim"
        >${tool('plus', 'Palette', () => (this.isPaletteShown = !this.isPaletteShown), { isOn: this.isPaletteShown })}</span
      >
      ${tool('mouse-pointer-2', 'Select', () => (this.isSelectMode = true), { isOn: this.isSelectMode })}
      ${tool('hand', 'Pan', () => (this.isSelectMode = false), { isOn: !this.isSelectMode })}
      <hr />
      ${tool('undo-2', canUndo ? `Undo: ${undoLabel ?? ''}` : 'Undo', () => this.actions.undo(), { isOff: !canUndo })}
      ${tool('redo-2', canRedo ? `Redo: ${redoLabel ?? ''}` : 'Redo', () => this.actions.redo(), { isOff: !canRedo })}
      <hr />
      ${tool('wand-sparkles', 'Tidy up', () => void this.actions.tidy())}
      ${tool('keyboard', 'Keyboard shortcuts', () => this.dialogs.showShortcuts())}
    </div>`;
  }

  private renderCanvas(): TemplateResult {
    const { document, selection } = this.session.state.get();
    const { run } = this.test;
    const isPainted = run !== undefined && this.test.isShown;
    const edge = selection.edge;
    return html`<pb-flow-canvas
      .scene=${this.session.scene.get()}
      .faces=${this.faces}
      .selection=${new Set(selection.keys)}
      .selectedEdge=${edge === undefined ? '' : `${edge.from}:${edge.port}:${edge.to}`}
      .cursor=${this.actions.cursor}
      .isSelectMode=${this.isSelectMode}
      ?readonly=${!this.canEdit}
      .label=${describeFlow(document, this.session.issues.get())}
      .describe=${(key: string) => describeStep(document, key)}
      .dimmed=${this.dimmed}
      .edgeLook=${isPainted ? wireLook(run, paintOf(run)) : noLook}
      .mayConnect=${(from: string, port: string, to: string) => 'document' in checkConnection(document, { from, port, to })}
      @pb-selection-change=${this.handleSelection}
      @pb-node-open=${(event: CustomEvent<CanvasEvents['pb-node-open']>) => void this.openStep(event.detail.key)}
      @pb-nodes-move=${(event: CustomEvent<CanvasEvents['pb-nodes-move']>) => {
        this.actions.move(event.detail.keys, event.detail.delta);
      }}
      @pb-edge-connect=${(event: CustomEvent<CanvasEvents['pb-edge-connect']>) => {
        this.actions.connect(event.detail);
      }}
      @pb-node-add=${(event: CustomEvent<CanvasEvents['pb-node-add']>) => {
        this.openPicker(event.detail.target, event.detail.at);
      }}
      @pb-node-action=${this.handleNodeAction}
    ></pb-flow-canvas>`;
  }

  private renderStage(): TemplateResult {
    const { run } = this.test;
    return html`<div class="stage">
      ${this.renderCanvas()} ${this.canEdit ? this.renderTools() : nothing}
      ${
        this.findText === undefined
          ? nothing
          : html`<div class="find-bar input">
              ${icon('search', 14)}
              <input
                autofocus
                aria-label="Find in the flow"
                placeholder="Find in the flow"
                .value=${this.findText}
                @input=${(event: Event) => (this.findText = (event.target as HTMLInputElement).value)}
                @keydown=${(event: KeyboardEvent) => {
                  if (event.key !== 'Escape' && event.key !== 'Enter') return;
                  event.stopPropagation();
                  this.findText = undefined;
                  this.canvas?.focus();
                }}
              />
            </div>`
      }
      ${
        this.tidying === undefined
          ? nothing
          : html`<div class="stage-note" role="status">
              Tidying up…<button class="btn btn-ghost btn-small" @click=${() => this.tidying?.abort()}>Stop</button>
            </div>`
      }
      ${
        run !== undefined && this.test.isShown && this.tidying === undefined
          ? html`<div class="stage-note" role="status">
              <span>${isOver(run) ? `Test run ${run.state}` : 'Test run is running'}</span>
              <a href="/app/runs/${run.id}">Open the run</a>
              <button class="btn btn-ghost btn-small" @click=${() => this.test.hide()}>Back to editing</button>
            </div>`
          : nothing
      }
    </div>`;
  }

  private renderPanel(): TemplateResult | typeof nothing {
    const { openKey } = this;
    if (openKey === '') return nothing;
    void loadPanels();
    const close = (): void => {
      this.closeStep();
    };
    if (openKey === 'trigger') {
      return html`<pb-trigger-panel
        class="panel"
        role="complementary"
        aria-label="Trigger"
        .session=${this.session}
        @pb-step-close=${close}
        @pb-announce=${this.handleAnnounce}
      ></pb-trigger-panel>`;
    }
    return html`<pb-step-panel
      class="panel"
      role="complementary"
      aria-label=${`Step ${this.session.state.get().document.steps[openKey]?.title ?? ''}`}
      .api=${this.app.api}
      .session=${this.session}
      .key=${openKey}
      .tab=${this.stepTab}
      .seen=${this.seen}
      ?readonly=${!this.canEdit}
      @pb-step-tab=${(event: CustomEvent<StepTab>) => (this.stepTab = event.detail)}
      @pb-step-close=${close}
      @pb-step-tested=${(event: CustomEvent<{ key: string; output: JsonValue }>) => (this.seen = { ...this.seen, [event.detail.key]: event.detail.output })}
      @pb-step-action=${(event: CustomEvent<{ action: string; key: string }>) => {
        if (event.detail.action === 'duplicate') this.actions.duplicate([event.detail.key]);
        else this.actions.wrapInTry(event.detail.key);
      }}
      @pb-announce=${this.handleAnnounce}
    ></pb-step-panel>`;
  }

  private handleAnnounce(event: CustomEvent<string>): void {
    this.app.announcer.announce(event.detail);
  }

  private renderEditor(): TemplateResult {
    const panel = this.openKey === '' ? '' : this.openKey === 'trigger' ? 'has-narrow-panel' : 'has-panel';
    const { document } = this.session.state.get();
    return html`<div class="editor ${panel} ${this.isPaletteShown ? 'is-palette-shown' : ''}">
      ${this.renderLeft()} ${this.renderStage()} ${this.renderPanel()}
      <pb-editor-drawer
        class="drawer"
        .issues=${this.session.issues.get()}
        .document=${document}
        .run=${this.test.run}
        ?open=${this.isDrawerOpen}
        @pb-drawer-toggle=${() => (this.isDrawerOpen = !this.isDrawerOpen)}
        @pb-issue-open=${(event: CustomEvent<FlowIssue>) => void this.openIssue(event.detail)}
        @pb-issue-fix=${(event: CustomEvent<FlowIssue>) => {
          this.fixIssue(event.detail);
        }}
      ></pb-editor-drawer>
      <pb-step-picker
        .index=${this.index}
        .document=${document}
        @pb-picker-pick=${this.handlePick}
        @pb-picker-close=${() => {
          this.#addTarget = undefined;
          this.canvas?.focus();
        }}
      ></pb-step-picker>
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`${renderTopbar(this, {
        onName: (event) => {
          this.handleName(event);
        },
      })}
      <div style="display:contents" @keydown=${this.handleKey}>
        ${this.tab === 'editor' ? this.renderEditor() : html`<pb-flow-lists .session=${this.session} .list=${this.tab}></pb-flow-lists>`}
      </div>
      <pb-editor-dialogs .editor=${this}></pb-editor-dialogs>`;
  }
}

const noLook = (): string => '';

declare global {
  interface HTMLElementTagNameMap {
    'pb-flow-editor': PbFlowEditor;
  }
}
