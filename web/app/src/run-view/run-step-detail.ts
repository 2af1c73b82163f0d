import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Run, RunStepData } from '@patchbay/api-contract/client';
import { stateWords } from '../canvas/element/state-words.ts';
import { tile, type TileLook } from '../ui/tile/tile.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { glyph, hasGlyph } from '../ui/glyph/glyph.ts';
import { icon } from '../ui/icon/icon.ts';
import { PbElement } from '../ui/pb-element.ts';
import { callAsCurl } from './call-as-curl.ts';
import { detailStyles } from './detail-styles.ts';
import { formatClock, formatDuration } from './durations.ts';

type Attempt = RunStepData['attemptLog'][number];
type DetailTab = 'attempts' | 'input' | 'output';

const tabNames: Record<DetailTab, string> = { attempts: 'Attempts', input: 'Input', output: 'Output' };

/**
 * @summary One executed step: attempts, the call of the chosen attempt, what went in and what came out.
 * @event pb-run-step-close - the panel was closed.
 * @event pb-run-iteration - detail is the path of the same step in another iteration.
 */
@customElement('pb-run-step-detail')
export class PbRunStepDetail extends PbElement {
  static override styles = [baseStyles, detailStyles];

  @property({ attribute: false }) run: Run | undefined;
  @property({ attribute: false }) face: TileLook | undefined;
  @property() path = '';
  @property({ attribute: false }) data: RunStepData | undefined;
  /** Sentence when the data could not be read. */
  @property() problem = '';

  @state() private tab: DetailTab = 'attempts';
  @state() private attempt: number | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('path')) this.attempt = undefined;
  }

  private get record(): Run['steps'][number] | undefined {
    return this.run?.steps.find((step) => step.path === this.path);
  }

  private handleTabKey(event: KeyboardEvent): void {
    const all = Object.keys(tabNames) as DetailTab[];
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    this.tab = all[(all.indexOf(this.tab) + by + all.length) % all.length] ?? 'attempts';
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[role=tab][tabindex="0"]')?.focus(),
    );
  }

  private renderHead(title: string, stepState: string): TemplateResult {
    const tone =
      stepState === 'failed'
        ? 'danger'
        : stepState === 'succeeded'
          ? 'success'
          : stepState === 'retrying'
            ? 'warning'
            : stepState === 'running'
              ? 'running'
              : '';
    return html`<header class="head row">
      ${this.face === undefined ? nothing : tile(this.face)}
      <h2 class="h2 grow cut">${title}</h2>
      <span class="badge ${tone === '' ? '' : `badge-${tone}`}"
        >${hasGlyph(stepState) ? glyph(stepState) : nothing}${stateWords[stepState] ?? stepState}</span
      >
      <button
        class="btn btn-icon btn-ghost btn-small"
        aria-label="Close"
        title="Close"
        @click=${() => this.emit('pb-run-step-close')}
      >
        ${icon('x')}
      </button>
    </header>`;
  }

  private renderTabs(attempts: number, isBad: boolean): TemplateResult {
    return html`<div class="strip">
      <div class="tabs" role="tablist" aria-label="Step detail" @keydown=${this.handleTabKey}>
        ${(Object.keys(tabNames) as DetailTab[]).map(
          (name) =>
            html`<button
              role="tab"
              id="tab-${name}"
              aria-controls="body"
              aria-selected=${this.tab === name}
              tabindex=${this.tab === name ? 0 : -1}
              class=${this.tab === name ? 'is-on' : ''}
              @click=${() => (this.tab = name)}
            >
              ${tabNames[name]}${name === 'attempts' && attempts > 0 ? html`<span class="count ${isBad ? 'count-bad' : ''}">${attempts}</span>` : nothing}
            </button>`,
        )}
      </div>
      ${this.renderIterations()}
    </div>`;
  }

  /** A step of a loop ran once per item; the select changes to the same step of another item. */
  private renderIterations(): TemplateResult | typeof nothing {
    const record = this.record;
    if (record === undefined || !this.path.includes('[')) return nothing;
    const siblings = this.run?.steps.filter((step) => step.key === record.key) ?? [];
    if (siblings.length < 2) return nothing;
    return html`<label class="end small iteration">
      <span class="vh">Item</span>
      <select @change=${(event: Event) => this.emit('pb-run-iteration', (event.target as HTMLSelectElement).value)}>
        ${siblings.map(
          (step, index) =>
            html`<option value=${step.path} .selected=${step.path === this.path}>
              Item ${index + 1} of ${siblings.length}${step.state === 'failed' ? ', failed' : ''}
            </option>`,
        )}
      </select>
    </label>`;
  }

  private renderAttempts(log: readonly Attempt[], chosen: Attempt | undefined): TemplateResult {
    if (log.length === 0) return html`<p class="quiet">This step calls no other system, so there are no attempts.</p>`;
    return html`<ol class="ats">
      ${log.map((attempt) => {
        const took = attempt.ended === undefined ? undefined : Date.parse(attempt.ended) - Date.parse(attempt.started);
        const words = attemptWords(attempt);
        return html`<li>
          <button
            class="at ${attempt === chosen ? 'is-on' : ''}"
            aria-pressed=${attempt === chosen}
            @click=${() => (this.attempt = attempt.number)}
          >
            <span class="an num">${attempt.number}</span>${glyph(attempt.state)}
            <span class="cut"><b class="medium">${words.lead}</b> <span class="t3">${words.rest}</span></span>
            <span class="end num t2">${took === undefined ? '' : formatDuration(took)}</span>
            <span class="num t3 atime">${formatClock(attempt.started)}</span>
          </button>
        </li>`;
      })}
    </ol>`;
  }

  private renderCall(attempt: Attempt | undefined): TemplateResult | typeof nothing {
    const call = attempt?.call;
    if (attempt === undefined || call === undefined) return nothing;
    const isBad = call.status === undefined || call.status >= 400;
    const url = new URL(call.url, location.origin);
    const headers = [['host', url.host], ...Object.entries(call.requestHeaders)];
    return html`<section class="blk">
      <div class="row">
        <h3 class="h3">Call</h3>
        <span class="t3 small">attempt ${attempt.number}</span>
        <button
          class="btn btn-ghost btn-small end"
          @click=${() => void navigator.clipboard.writeText(callAsCurl(call))}
        >
          ${icon('copy', 14)}Copy as cURL
        </button>
      </div>
      <div class="call">
        <span class="verb verb-post">${call.method}</span>
        <code class="cut" title=${call.url}>${url.pathname}${url.search}</code>
        ${call.status === undefined ? nothing : html`<span class="badge ${isBad ? 'badge-danger' : 'badge-success'}">${call.status}</span>`}
        <span class="num t2 nowrap">${formatDuration(call.durationMs)}</span>
      </div>
      <div class="hdrs">
        ${headers.map(
          ([name, value]) =>
            html`<div class="hdr">
              <span class="t2">${name}</span>
              <span class="cut ${value?.includes('******') === true ? 'red' : ''}">
                ${value?.includes('******') === true ? icon('lock', 12) : nothing}${value}</span
              >
            </div>`,
        )}
      </div>
    </section>`;
  }

  private renderData(title: string, note: string, value: unknown): TemplateResult {
    return html`<section class="blk">
      <div class="row">
        <h3 class="h3">${title}</h3>
        <span class="t3 small">${note}</span>
      </div>
      ${
        value === undefined || value === null
          ? html`<p class="quiet">Nothing.</p>`
          : html`<pb-json-view .value=${value} label=${title}></pb-json-view>`
      }
    </section>`;
  }

  private renderError(): TemplateResult | typeof nothing {
    const error = this.record?.error;
    if (error === undefined) return nothing;
    return html`<section class="blk bad-blk">
      <p class="strong">${error.message}</p>
      ${error.hint === undefined ? nothing : html`<p class="t2">${error.hint}</p>`}
      <p class="t3 small"><code>${error.code}</code></p>
    </section>`;
  }

  private renderBody(data: RunStepData): TemplateResult {
    const chosen = data.attemptLog.find((attempt) => attempt.number === this.attempt) ?? data.attemptLog.at(-1);
    if (this.tab === 'input') return this.renderData('Input', 'as resolved', data.input);
    if (this.tab === 'output') return this.renderData('Output', sizeNote(data.output), data.output);
    return html`${this.renderAttempts(data.attemptLog, chosen)} ${this.renderError()} ${this.renderCall(chosen)}
    ${this.renderData('Input', 'as resolved', data.input)}
    ${this.renderData('Output', sizeNote(data.output), data.output)}`;
  }

  private renderContent(): TemplateResult | typeof nothing {
    if (this.problem !== '') return html`<p class="quiet bad">${this.problem}</p>`;
    if (this.data !== undefined) return this.renderBody(this.data);
    return this.record === undefined ? nothing : html`<pb-skeleton shape="text" count="5"></pb-skeleton>`;
  }

  /** Title and state of the step; the trigger has no record of its own. */
  private get words(): { title: string; state: string } {
    if (this.path === 'trigger') return { title: this.run?.document.trigger.title ?? '', state: 'succeeded' };
    return { title: this.record?.title ?? this.path, state: this.record?.state ?? 'pending' };
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.run === undefined) return nothing;
    const { title, state: stepState } = this.words;
    const attempts = this.data?.attemptLog.length ?? this.record?.attempts ?? 0;
    return html`${this.renderHead(title, stepState)} ${this.renderTabs(attempts, stepState === 'failed')}
      <div class="scroll grow" id="body" role="tabpanel" aria-labelledby="tab-${this.tab}" tabindex="0">
        ${this.renderContent()}
      </div>`;
  }
}

/** What happened in an attempt: a short lead and the rest of the sentence. */
function attemptWords(attempt: Attempt): { lead: string; rest: string } {
  const status = attempt.call?.status;
  if (attempt.error !== undefined) {
    return {
      lead: status === undefined ? attempt.error.code.replaceAll('_', ' ') : String(status),
      rest: attempt.error.message,
    };
  }
  if (attempt.state === 'running') return { lead: 'Running', rest: '' };
  return { lead: status === undefined ? 'Succeeded' : String(status), rest: status === undefined ? '' : 'OK' };
}

function sizeNote(value: unknown): string {
  if (value === undefined) return '';
  const bytes = new TextEncoder().encode(JSON.stringify(value)).length;
  return bytes < 1_024 ? `${bytes} bytes` : `${(bytes / 1_024).toFixed(1)} KB`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-run-step-detail': PbRunStepDetail;
  }
}
