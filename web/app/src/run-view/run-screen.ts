import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Run, RunStepData } from '@patchbay/api-contract/client';
import {
  hasMissingPositions,
  layoutDocument,
  layoutScene,
  moveCursor,
  type CanvasScene,
  type CursorMove,
} from '@patchbay/canvas-core';
import { isAppError } from '@patchbay/errors';
import type { FlowDocument } from '@patchbay/flow-model';
import { createCatalogStore, type CatalogStore } from '../canvas/editor/catalog-store.ts';
import { describeStep } from '../canvas/editor/describe-flow.ts';
import { FaceCache } from '../canvas/editor/face-cache.ts';
import { watchRun, type RunWatch } from '../canvas/editor/run-watch.ts';
import { canvasCommand } from '../canvas/editor/shortcuts.ts';
import type { CanvasEvents, PbFlowCanvas } from '../canvas/element/flow-canvas.ts';
import { faceOf } from '../canvas/element/node-face.ts';
import { problemSentence } from '../problems/describe-problem.ts';
import { ScreenElement } from '../shell/screen-element.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { badge } from '../ui/badge/badge.ts';
import { icon } from '../ui/icon/icon.ts';
import { AttemptLogs } from './attempt-logs.ts';
import { failureBanner } from './failure-banner.ts';
import { formatDuration, formatInstant } from './durations.ts';
import { paintOf, wireLook } from './run-paint.ts';
import { runStyles } from './run-styles.ts';
import { isOver } from './timeline-rows.ts';
import './run-step-detail.ts';
import './run-timeline.ts';
import '../canvas/element/flow-canvas.ts';
import '../ui/button/button.ts';
import '../ui/error/error.ts';
import '../ui/segmented/segmented.ts';
import '../ui/skeleton/skeleton.ts';
import '../ui/json-view/json-view.ts';

/**
 * @summary One run: painted on the canvas, on a time axis, and step by step. Follows a run that is going on.
 */
@customElement('pb-run-screen')
export class PbRunScreen extends ScreenElement {
  static override styles = [baseStyles, runStyles];

  @property() runId = '';

  @state() private data: RunStepData | undefined;
  @state() private dataProblem = '';
  @state() private cursor = 'trigger';
  @state() private view: 'bars' | 'steps' = 'bars';
  @state() private isTimelineShown = false;
  @state() private now = Date.now();
  @query('pb-flow-canvas') private readonly canvas!: PbFlowCanvas | null;

  #watch: RunWatch | undefined;
  #catalog: CatalogStore | undefined;
  #scene: { readonly document: FlowDocument; readonly scene: CanvasScene } | undefined;
  #wanted = '';
  #hasOpenedFailure = false;
  #saidState = '';
  readonly #attempts = new AttemptLogs(this);
  readonly #faces = new FaceCache();
  readonly #clock = setInterval(() => {
    const run = this.run;
    if (run !== undefined && !isOver(run)) this.now = Date.now();
  }, 500);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
    this.#watch?.stop();
  }

  private get run(): Run | undefined {
    return this.#watch?.run.get();
  }

  /** Path of the chosen step, from the address. */
  private get path(): string {
    return this.query('step');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('runId')) return;
    this.#watch?.stop();
    this.#watch = watchRun(this.app.api, this.runId);
    this.#catalog ??= createCatalogStore(this.app.api);
    this.#hasOpenedFailure = false;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { run } = this;
    if (run === undefined) return;
    this.app.setTitle(`Run of ${run.flowName}`);
    void this.loadManifests(run);
    this.announce(run);
    this.openFailure(run);
    const record = run.steps.find((step) => step.path === this.path);
    const path = this.path === 'trigger' ? 'trigger' : record?.path;
    const wanted = path === undefined ? '' : `${path} ${record?.state ?? ''} ${record?.attempts ?? ''}`;
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      void this.loadData(run, path);
    }
  }

  private announce(run: Run): void {
    if (this.#saidState === run.state) return;
    if (this.#saidState !== '' || isOver(run)) this.app.announcer.announce(`Run ${run.state}`);
    this.#saidState = run.state;
  }

  /** A failed run opens at what failed, once. */
  private openFailure(run: Run): void {
    if (this.#hasOpenedFailure || run.error === undefined || this.path !== '') return;
    this.#hasOpenedFailure = true;
    const { stepPath } = run.error;
    if (run.steps.some((step) => step.path === stepPath)) this.select(stepPath);
  }

  private async loadManifests(run: Run): Promise<void> {
    const steps = Object.values(run.document.steps);
    const wanted = steps.flatMap((step) =>
      step.kind === 'operation' ? [{ slug: step.connector, version: step.version }] : [],
    );
    await this.#catalog?.loadVersions(wanted);
  }

  private async loadData(run: Run, path: string | undefined): Promise<void> {
    if (path === undefined) {
      this.data = undefined;
      return;
    }
    if (this.data?.path !== path) this.data = undefined;
    this.dataProblem = '';
    try {
      const answer = await this.app.api.call('getRunStep', { params: { id: run.id }, query: { path } });
      if (this.path === path) this.data = answer._source;
    } catch (error) {
      if (this.path === path) this.dataProblem = problemSentence(error);
    }
  }

  private select(path: string): void {
    this.app.router.setQuery({ step: path });
    const key = path === 'trigger' ? path : this.run?.steps.find((step) => step.path === path)?.key;
    if (key === undefined) return;
    this.cursor = key;
    void this.updateComplete.then(() => this.canvas?.reveal(key));
  }

  /** The same step in the iteration that is looked at, else where it needs a look, else anywhere. */
  private selectKey(key: string): void {
    const { run } = this;
    if (key === 'trigger' || run === undefined) {
      this.select(key);
      return;
    }
    const records = run.steps.filter((step) => step.key === key);
    const focus = this.iterationPath;
    const record =
      records.find((step) => focus !== undefined && step.path.startsWith(`${focus}.`)) ??
      records.find((step) => step.state === 'failed') ??
      records.at(-1);
    this.cursor = key;
    if (record !== undefined) this.select(record.path);
  }

  /** Path of the iteration that is looked at: `lines[2]`. */
  private get iterationPath(): string | undefined {
    return /^(.*\[\d+\])/.exec(this.path)?.[1];
  }

  private sceneOf(document: FlowDocument): CanvasScene {
    if (this.#scene?.document === document) return this.#scene.scene;
    const previous = this.#scene;
    const isSame = previous !== undefined && JSON.stringify(previous.document) === JSON.stringify(document);
    const placed = hasMissingPositions(document)
      ? {
          ...document,
          layout: { ...document.layout, positions: { ...layoutDocument(document), ...document.layout.positions } },
        }
      : document;
    this.#scene = { document, scene: isSame ? previous.scene : layoutScene(placed) };
    return this.#scene.scene;
  }

  private handleKey(event: KeyboardEvent): void {
    const { run } = this;
    const isCanvas = event.composedPath().includes(this.canvas as EventTarget);
    const command = isCanvas && run !== undefined ? canvasCommand(event) : undefined;
    if (command === undefined || run === undefined) return;
    if (command.kind === 'cursor') this.moveCursor(run, command.move);
    else if (command.kind === 'open') this.selectKey(this.cursor);
    else if (command.kind === 'fit') this.canvas?.fit();
    else if (command.kind === 'zoom-100') this.canvas?.zoomTo(1);
    else return;
    event.preventDefault();
  }

  private moveCursor(run: Run, move: CursorMove): void {
    this.cursor = moveCursor(run.document, this.sceneOf(run.document), { cursor: this.cursor, move });
    void this.updateComplete.then(() => this.canvas?.focusCursor());
  }

  private async cancel(): Promise<void> {
    try {
      await this.app.api.call('cancelRun', { params: { id: this.runId } });
      this.app.announcer.announce('The run is being cancelled.');
    } catch (error) {
      const isClosed = isAppError(error) && error.code === 'run_already_closed';
      if (!isClosed) this.app.toasts.showProblem(error);
    }
  }

  private copyLink(): void {
    void navigator.clipboard.writeText(location.href);
    this.app.toasts.show('Link copied.');
  }

  private renderTopbar(run: Run): TemplateResult {
    const isLive = !isOver(run);
    const length = run.durationMs ?? this.now - Date.parse(run.started);
    return html`<header class="topbar">
      <div class="crumb">
        <a href="/app/runs">Runs</a><span class="sep">/</span>
        <h1 class="strong" style="font-size:inherit">${run.flowName}</h1>
        <span class="t3 wide">${run.isTest ? 'test' : `v${run.flowVersion ?? ''}`}</span>
      </div>
      ${badge('run', run.state)}
      <span class="small t3 nowrap num wide">${formatDuration(length)}${isLive ? ' so far' : ''}</span>
      <span class="grow"></span>
      <pb-button variant="ghost" icon="link" @click=${() => this.copyLink()}>Copy link</pb-button>
      ${
        isLive && this.app.session.canEdit()
          ? html`<pb-button icon="circle-stop" @click=${() => void this.cancel()}>Cancel run</pb-button>`
          : nothing
      }
      <pb-button icon="workflow" href=${`/app/flows/${run.flowId}`}>Open in editor</pb-button>
    </header>`;
  }

  private renderMeta(run: Run): TemplateResult {
    return html`<dl class="facts meta">
      <dt>Run</dt>
      <dd class="row">
        <code class="cut">${run.id}</code>
        <button
          class="btn btn-ghost btn-tiny"
          aria-label="Copy run id"
          title="Copy run id"
          @click=${() => void navigator.clipboard.writeText(run.id)}
        >
          ${icon('copy', 12)}
        </button>
      </dd>
      <dt>Version</dt>
      <dd>${run.flowVersion === undefined ? 'draft (test run)' : `v${run.flowVersion}`}</dd>
      <dt>Trigger</dt>
      <dd>${run.document.trigger.title} <span class="t3">· ${run.triggerKind}</span></dd>
      <dt>Started</dt>
      <dd class="num">${formatInstant(run.started)}</dd>
      ${
        run.lastGoodRunId === undefined
          ? nothing
          : html`<dt>Last good run</dt>
              <dd><a href="/app/runs/${run.lastGoodRunId}">Open</a></dd>`
      }
    </dl>`;
  }

  private renderLeft(run: Run): TemplateResult {
    return html`<aside class="left" aria-label="Timeline">
      <div class="row left-head">
        <h2 class="h3">Timeline</h2>
        <pb-segmented
          class="end"
          label="View"
          .value=${this.view}
          .items=${[
            { value: 'bars', label: 'Bars' },
            { value: 'steps', label: 'Steps' },
          ]}
          @pb-change=${(event: CustomEvent<'bars' | 'steps'>) => (this.view = event.detail)}
        ></pb-segmented>
      </div>
      <pb-run-timeline
        .run=${run}
        .selected=${this.path}
        .now=${this.now}
        .view=${this.view}
        .attempts=${this.#attempts.of(this.app.api, run)}
        @pb-run-select=${(event: CustomEvent<string>) => {
          this.select(event.detail);
        }}
      ></pb-run-timeline>
      ${this.renderMeta(run)}
    </aside>`;
  }

  private renderCanvas(run: Run): TemplateResult {
    const paint = paintOf(run, this.iterationPath);
    this.#catalog?.manifests.get();
    const scene = this.sceneOf(run.document);
    const key = this.path === 'trigger' ? 'trigger' : run.steps.find((step) => step.path === this.path)?.key;
    const faces = this.#faces.update(scene.nodes.keys(), {
      document: run.document,
      manifestOf: (slug, version) => this.#catalog?.manifestOf(slug, version),
      issues: [],
      paint,
    });
    return html`<div class="stage">
      <pb-flow-canvas
        readonly
        .scene=${scene}
        .faces=${faces}
        .selection=${new Set(key === undefined ? [] : [key])}
        .cursor=${this.cursor}
        .edgeLook=${wireLook(run, paint)}
        .label=${`Run of ${run.flowName}, ${run.state}`}
        .describe=${(step: string) => describeStep(run.document, step)}
        @pb-selection-change=${(event: CustomEvent<CanvasEvents['pb-selection-change']>) => {
          const { cursor, keys } = event.detail;
          if (cursor !== undefined) this.selectKey(cursor);
          else if (keys.length === 0) this.app.router.setQuery({ step: undefined });
        }}
      ></pb-flow-canvas>
      <button
        class="btn btn-secondary btn-small timeline-switch"
        @click=${() => (this.isTimelineShown = !this.isTimelineShown)}
      >
        ${icon('chart-gantt', 14)}Timeline
      </button>
    </div>`;
  }

  private renderRight(run: Run): TemplateResult | typeof nothing {
    const { path } = this;
    if (path === '' || path.endsWith(']')) return nothing;
    const key =
      path === 'trigger' ? path : (run.steps.find((step) => step.path === path)?.key ?? path.replace(/^.*\]\./, ''));
    if (key !== 'trigger' && run.document.steps[key] === undefined) return nothing;
    const face = faceOf(key, {
      document: run.document,
      manifestOf: (slug, version) => this.#catalog?.manifestOf(slug, version),
      issues: [],
    });
    const hasRecord = run.steps.some((step) => step.path === path);
    return html`<pb-run-step-detail
      class="right"
      role="complementary"
      aria-label=${`Step ${face.title}`}
      .run=${run}
      .face=${face}
      .path=${path}
      .data=${this.data}
      .problem=${hasRecord ? this.dataProblem : path === 'trigger' ? '' : 'This step was not reached in this run.'}
      @pb-run-step-close=${() => {
        this.app.router.setQuery({ step: undefined });
        this.canvas?.focus();
      }}
      @pb-run-iteration=${(event: CustomEvent<string>) => {
        this.select(event.detail);
      }}
    ></pb-run-step-detail>`;
  }

  protected override render(): TemplateResult {
    const problem = this.#watch?.problem.get();
    const { run } = this;
    if (run === undefined) {
      return problem === undefined
        ? html`<div class="loading"><pb-skeleton shape="text" count="5"></pb-skeleton></div>`
        : html`<div class="loading"><pb-error .error=${problem} subject="This run"></pb-error></div>`;
    }
    const right = this.renderRight(run);
    return html`${this.renderTopbar(run)} ${failureBanner(run)}
      <div
        class="runv ${right === nothing ? '' : 'has-right'} ${this.isTimelineShown ? 'is-timeline' : ''}"
        @keydown=${this.handleKey}
      >
        ${this.renderLeft(run)} ${this.renderCanvas(run)} ${right}
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-run-screen': PbRunScreen;
  }
}
