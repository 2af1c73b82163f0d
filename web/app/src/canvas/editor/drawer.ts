import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Run } from '@patchbay/api-contract/client';
import type { FlowDocument, FlowIssue } from '@patchbay/flow-model';
import { stateWords } from '../element/state-words.ts';
import { formatDuration } from '../../run-view/durations.ts';
import { isOver } from '../../run-view/timeline-rows.ts';
import { withCode } from '../../step-panel/field/with-code.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph, hasGlyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import type { TabItem } from '../../ui/tabs/tabs.ts';
import '../../ui/json-view/json-view.ts';
import '../../ui/tabs/tabs.ts';

/**
 * @summary Under the canvas: problems that lead to their field, and what the last test run gave.
 * @event pb-issue-open - detail is the issue.
 * @event pb-issue-fix - detail is the issue.
 * @event pb-drawer-toggle - The person opened or closed it.
 */
@customElement('pb-editor-drawer')
export class PbEditorDrawer extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
        background: var(--surface);
        border-top: 1px solid var(--hairline);
      }
      .head {
        padding: 0 8px 0 16px;
      }
      .tabs {
        border: 0;
      }
      .body {
        max-height: 260px;
        border-top: 1px solid var(--hairline);
        padding: 4px 0;
        overflow: auto;
        scrollbar-width: thin;
      }
      li {
        display: flex;
        align-items: center;
        gap: 8px;
        min-height: 38px;
        padding: 0 12px 0 16px;
      }
      li:hover {
        background: var(--hover);
      }
      .open {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
        flex: 1;
        min-height: 32px;
      }
      .out {
        padding: 10px 16px 14px;
        display: grid;
        gap: 10px;
      }
      .warn {
        color: var(--text-3);
      }
    `,
  ];

  @property({ attribute: false }) issues: readonly FlowIssue[] = [];
  @property({ attribute: false }) document: FlowDocument | undefined;
  @property({ attribute: false }) run: Run | undefined;
  @property({ type: Boolean }) open = false;

  @state() private tab = 'problems';

  /** Shows the outcome of the run. */
  showOutput(): void {
    this.tab = 'output';
  }

  private titleOf(issue: FlowIssue): string {
    if (issue.step === undefined) return 'Flow';
    if (issue.step === 'trigger') return this.document?.trigger.title ?? 'Trigger';
    return this.document?.steps[issue.step]?.title ?? issue.step;
  }

  private renderIssue(issue: FlowIssue): TemplateResult {
    const { fix } = issue;
    return html`<li>
      <button
        class="open"
        data-issue=${`${issue.step ?? ''}${issue.field ?? ''}`}
        @click=${() => this.emit('pb-issue-open', issue)}
      >
        ${issue.severity === 'error' ? glyph('problem') : html`<span class="warn">${icon('info')}</span>`}
        <b class="medium nowrap">${this.titleOf(issue)}</b><span class="t2 cut">${withCode(issue.message)}</span>
      </button>
      ${
        fix === undefined
          ? nothing
          : html`<button class="btn btn-secondary btn-small" @click=${() => this.emit('pb-issue-fix', issue)}>
              ${fix.label}
            </button>`
      }
    </li>`;
  }

  private renderProblems(): TemplateResult {
    if (this.issues.length === 0) return html`<p class="out t2">No problems. The flow can be published.</p>`;
    return html`<ul>
      ${this.issues.map((issue) => this.renderIssue(issue))}
    </ul>`;
  }

  private renderOutput(): TemplateResult {
    const { run } = this;
    if (run === undefined) return html`<p class="out t2">Run a test to see what the flow gives.</p>`;
    const shown = run.state;
    return html`<div class="out">
      <div class="row">
        ${hasGlyph(shown) ? glyph(shown) : nothing}<b class="medium">${stateWords[shown]}</b>
        ${run.durationMs === undefined ? nothing : html`<span class="t2 num">${formatDuration(run.durationMs)}</span>`}
        <a class="end" href="/app/runs/${run.id}">Open the run</a>
      </div>
      ${run.error === undefined ? nothing : html`<p class="t2">${run.failedStep === undefined ? '' : `${run.failedStep}: `}${run.error.message}</p>`}
      ${
        run.reply === undefined
          ? nothing
          : html`<div>
              <p class="over">Answer ${run.reply.status}</p>
              <pb-json-view .value=${run.reply.body} label="Answer"></pb-json-view>
            </div>`
      }
      ${
        run.output === undefined || run.output === null
          ? nothing
          : html`<div>
              <p class="over">Output</p>
              <pb-json-view .value=${run.output} label="Output"></pb-json-view>
            </div>`
      }
    </div>`;
  }

  protected override render(): TemplateResult {
    const errors = this.issues.filter((issue) => issue.severity === 'error').length;
    const isLive = this.run !== undefined && !isOver(this.run);
    const items: TabItem[] = [
      {
        id: 'problems',
        label: 'Problems',
        ...(this.issues.length === 0
          ? {}
          : { count: this.issues.length, ...(errors > 0 ? { tone: 'warn' as const } : {}) }),
      },
      { id: 'output', label: isLive ? 'Output (running)' : 'Output' },
    ];
    return html`<div class="row head">
        <pb-tabs
          class="grow"
          label="Drawer"
          .items=${items}
          .value=${this.tab}
          @click=${() => {
            if (!this.open) this.emit('pb-drawer-toggle');
          }}
          @pb-tab-change=${(event: CustomEvent<string>) => (this.tab = event.detail)}
        ></pb-tabs>
        <button
          class="btn btn-icon btn-ghost btn-small"
          aria-label=${this.open ? 'Close drawer' : 'Open drawer'}
          aria-expanded=${this.open ? 'true' : 'false'}
          title=${this.open ? 'Close drawer' : 'Open drawer'}
          @click=${() => this.emit('pb-drawer-toggle')}
        >
          ${icon(this.open ? 'chevron-down' : 'chevron-up')}
        </button>
      </div>
      ${this.open ? html`<div class="body" tabindex="0" role="region" aria-label="Drawer">${this.tab === 'problems' ? this.renderProblems() : this.renderOutput()}</div>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-editor-drawer': PbEditorDrawer;
  }
}
