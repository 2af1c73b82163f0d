import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { changeFlow, changeStep, followRename, type Point } from '@patchbay/canvas-core';
import type { FlowDocument, FlowIssue, JsonValue, Step } from '@patchbay/flow-model';
import type { PbStepPanel, StepTab } from '../../step-panel/step-panel.ts';
import type { SeenData } from '../../step-panel/step-scope.ts';
import { ScreenElement } from '../../shell/screen-element.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { paintOf } from '../../run-view/run-paint.ts';
import type { AddTarget, CanvasEvents, PbFlowCanvas } from '../element/flow-canvas.ts';
import { createPaletteIndex, type PaletteEntry, type PaletteIndex } from '../palette/palette-index.ts';
import type { MarketplaceFinder } from '../palette/marketplace-search.ts';
import type { PaletteDrag, PbPalette } from '../palette/palette.ts';
import type { PbStepPicker } from '../palette/step-picker.ts';
import { CanvasActions } from './canvas-actions.ts';
import { renderLeft, renderPanel } from './editor-sides.ts';
import { renderStage } from './editor-stage.ts';
import { editorStyles } from './editor-styles.ts';
import { FaceCache } from './face-cache.ts';
import { marketplaceFinder } from './find-in-marketplace.ts';
import type { FlowSession } from './flow-session.ts';
import { handleClipboard, runCanvasCommand } from './run-canvas-command.ts';
import { withReplacement } from './fix-issue.ts';
import { loadPanels } from './load-panels.ts';
import { newerVersion } from './newer-version.ts';
import { TestRun } from './test-run.ts';
import { renderTopbar } from './topbar.ts';
import { dropTarget } from './drop-target.ts';
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

  @state() leftTab: 'steps' | 'outline' = 'steps';
  @state() stepTab: StepTab = 'mapping';
  @state() private isDrawerOpen = false;
  @state() isSelectMode = false;
  @state() seen: SeenData = {};
  @state() tidying: AbortController | undefined;
  @state() isPaletteShown = false;
  @state() findText: string | undefined;
  @query('pb-flow-canvas') readonly canvas!: PbFlowCanvas | null;
  @query('pb-palette') readonly palette!: PbPalette | null;
  @query('pb-step-picker') private readonly picker!: PbStepPicker;
  @query('pb-step-panel') readonly panel!: PbStepPanel | null;
  @query('pb-editor-dialogs') readonly dialogs!: PbEditorDialogs;

  actions!: CanvasActions;
  test!: TestRun;
  /** Asks the marketplace what the palette is asked. */
  finder!: MarketplaceFinder;
  readonly #faces = new FaceCache();
  #index: { readonly size: number; readonly index: PaletteIndex } | undefined;
  #addTarget: AddTarget | undefined;
  #shown: FlowDocument | undefined;
  readonly #clock = setInterval(() => {
    this.requestUpdate();
  }, 5_000);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
    this.test.stop();
  }

  /** The panel of a step stays open when the step is renamed, and when that is undone. */
  private followRenamed(): void {
    const { document } = this.session.state.get();
    const before = this.#shown;
    this.#shown = document;
    const key = this.query('step');
    if (before === undefined || before === document || key === 'trigger') return;
    const next = followRename(before, document, key);
    if (next !== undefined && next !== key) this.app.router.setQuery({ step: next });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.followRenamed();
    if (!changed.has('session')) return;
    this.finder = marketplaceFinder(this.app.api, this.session.catalog);
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
    const run = this.query('run');
    const find = this.query('find');
    if (find !== '') this.palette?.searchFor(find);
    if (run !== '') void this.test.recall(run);
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

  get index(): PaletteIndex {
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
    if (this.openKey !== key) this.stepTab = options.tab ?? 'mapping';
    else if (options.tab !== undefined) this.stepTab = options.tab;
    this.app.router.setQuery({ step: key });
    await Promise.all([this.updateComplete, loadPanels()]);
    await this.panel?.updateComplete;
    if (options.field !== undefined) await this.panel?.showField(options.field);
    else if (options.isFocused === true) this.panel?.focus();
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

  handlePick(event: CustomEvent<PaletteEntry>): void {
    const target = this.#addTarget ?? this.actions.placeAfterCursor;
    this.#addTarget = undefined;
    void this.addEntry(event.detail, target);
  }

  /** A wire under the pointer shows that the step would go into it. */
  handleDrag(event: CustomEvent<PaletteDrag | undefined>): void {
    const { canvas } = this;
    if (canvas === null) return;
    const target = event.detail === undefined ? undefined : dropTarget(canvas, event.detail);
    canvas.hovered = target !== undefined && 'edge' in target ? { edge: target.edge } : {};
  }

  handleDrop(event: CustomEvent<PaletteDrag>): void {
    const { canvas } = this;
    const target = canvas === null ? undefined : dropTarget(canvas, event.detail);
    if (target !== undefined) void this.addEntry(event.detail.entry, target);
  }

  handleSelection(event: CustomEvent<CanvasEvents['pb-selection-change']>): void {
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

  handleNodeAction(event: CustomEvent<CanvasEvents['pb-node-action']>): void {
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

  private handleClipboard(event: ClipboardEvent): void {
    handleClipboard(this, event);
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

  get faces(): ReturnType<FaceCache['update']> {
    const { document } = this.session.state.get();
    this.session.catalog.manifests.get();
    const { run } = this.test;
    return this.#faces.update(this.session.scene.get().nodes.keys(), {
      document,
      manifestOf: (slug, version) => this.session.catalog.manifestOf(slug, version),
      issues: this.session.issues.get(),
      newerOf: (step) => newerVersion(this.session.catalog.connectors.get(), step),
      ...(run === undefined || !this.test.isShown ? {} : { paint: paintOf(run) }),
    });
  }

  handleAnnounce(event: CustomEvent<string>): void {
    this.app.announcer.announce(event.detail);
  }

  private renderEditor(): TemplateResult {
    const panel = this.openKey === '' ? '' : this.openKey === 'trigger' ? 'has-narrow-panel' : 'has-panel';
    const { document } = this.session.state.get();
    return html`<div class="editor ${panel} ${this.isPaletteShown ? 'is-palette-shown' : ''}">
      ${renderLeft(this)} ${renderStage(this)} ${renderPanel(this)}
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
        .find=${this.finder}
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
      <div
        style="display:contents"
        @keydown=${this.handleKey}
        @copy=${this.handleClipboard}
        @cut=${this.handleClipboard}
        @paste=${this.handleClipboard}
      >
        ${this.tab === 'editor' ? this.renderEditor() : html`<pb-flow-lists .session=${this.session} .list=${this.tab}></pb-flow-lists>`}
      </div>
      <pb-editor-dialogs .editor=${this}></pb-editor-dialogs>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-flow-editor': PbFlowEditor;
  }
}
