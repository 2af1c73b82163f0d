import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { exactTime, timeAgo } from '../../format/time.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import type { BuilderSession } from './builder-session.ts';
import { builderPath } from './builder-path.ts';
import { checklistRows, readinessOf, type ChecklistRow } from './checklist-rows.ts';

/**
 * @summary The pane at the right of a tab: what is missing before the connector can be published, and who changed it last and when (ZO-16).
 */
@customElement('pb-builder-side')
export class PbBuilderSide extends SignalWatcher(PbElement) {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 24px;
      }
      header {
        display: flex;
        align-items: center;
        margin-bottom: 4px;
      }
      li {
        display: flex;
        gap: 8px;
        padding: 7px 0;
        line-height: 18px;
        align-items: flex-start;
      }
      li .g,
      li > .i {
        margin-top: 1px;
      }
      .over {
        margin-top: 8px;
      }
      .facts {
        margin-top: 8px;
        gap: 6px 12px;
      }
      dd {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) session!: BuilderSession;
  /** Without the checklist, where the tab shows its own. */
  @property({ type: Boolean, attribute: 'no-checklist' }) isWithoutChecklist = false;

  private renderEntry(entry: ChecklistRow): TemplateResult {
    const mark = entry.done ? glyph('succeeded') : entry.blocking ? glyph('failed') : icon('info', 16);
    const state = entry.done ? 'Done: ' : entry.blocking ? 'Missing: ' : 'Advice: ';
    const words = entry.done
      ? html`<span>${entry.message}</span>`
      : html`<a href="/app${builderPath(this.session, entry.section)}">${entry.message}</a>`;
    return html`<li>
      ${mark}<span><span class="vh">${state}</span>${words}</span>
    </li>`;
  }

  private renderChecklist(): TemplateResult | typeof nothing {
    const entries = checklistRows(this.session.checklist.get());
    if (this.isWithoutChecklist || entries.length === 0 || this.session.connector.get().stage !== 'draft')
      return nothing;
    const blocking = entries.filter((entry) => entry.blocking);
    const advice = entries.filter((entry) => !entry.blocking && !entry.done);
    const { done, all } = readinessOf(entries);
    return html`<section aria-labelledby="ready">
      <header>
        <h2 class="h2" id="ready">Ready to publish</h2>
        <span class="end small t3 num">${done} of ${all}</span>
      </header>
      <ul>
        ${blocking.map((entry) => this.renderEntry(entry))}
      </ul>
      ${
        advice.length === 0
          ? nothing
          : html`<p class="over">Advice</p>
              <ul>
                ${advice.map((entry) => this.renderEntry(entry))}
              </ul>`
      }
    </section>`;
  }

  private renderModified(): TemplateResult | typeof nothing {
    const { id, updated, updated_by: by, created } = this.session.stored.get();
    if (id === '') return nothing;
    return html`<section aria-labelledby="modified">
      <h2 class="h2" id="modified">Last modification</h2>
      <dl class="facts">
        <dt>By</dt>
        <dd data-fact="by">${by ?? 'unknown'}</dd>
        <dt>When</dt>
        <dd><time data-fact="when" datetime=${updated} title=${exactTime(updated)}>${timeAgo(updated)}</time></dd>
        <dt>Created</dt>
        <dd><time datetime=${created} title=${exactTime(created)}>${timeAgo(created)}</time></dd>
      </dl>
    </section>`;
  }

  protected override render(): TemplateResult {
    return html`${this.renderChecklist()}${this.renderModified()}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-side': PbBuilderSide;
  }
}
