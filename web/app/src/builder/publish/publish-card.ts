import type { Connector, Visibility } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { allowedActions, lifecycleWord, publishableStages } from '../../connector-lifecycle/lifecycle-actions.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { glyph } from '../../ui/glyph/glyph.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../ui/button/button.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import { builderPath } from '../shell/builder-path.ts';
import { checklistRows, type ChecklistRow } from '../shell/checklist-rows.ts';

/** What would be published, and for whom; no audience: the person may publish for nobody. */
export interface Publication {
  readonly version: string;
  readonly visibility: Exclude<Visibility, 'none'> | undefined;
}

/** Why a button is off: words, and the tab that mends it. */
interface Blocker {
  readonly message: string;
  readonly section?: string;
}

/**
 * @summary What blocks publishing, what is advised, and the buttons that move the version on.
 * @event pb-publish - Publish was chosen. @event pb-lifecycle - detail is another action.
 */
@customElement('pb-publish-card')
export class PbPublishCard extends SignalWatcher(PbElement) {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: block;
      }
      .card {
        padding: 16px;
      }
      li {
        display: flex;
        gap: 8px;
        padding: 8px 0;
        line-height: 18px;
        border-top: 1px solid var(--hairline);
      }
      li:first-child {
        border-top: 0;
      }
      li .g,
      li > .i {
        margin-top: 1px;
      }
      .over {
        margin-top: 12px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 12px;
      }
      .buttons > * {
        flex: 1 1 124px;
      }
      .buttons > .first {
        flex-basis: 100%;
      }
      .why {
        margin-top: 8px;
      }
      .why li {
        padding: 4px 0;
        border: 0;
      }
    `,
  ];

  @property({ attribute: false }) session!: BuilderSession;
  @property({ attribute: false }) publication: Publication = { version: '', visibility: undefined };
  @property({ type: Boolean }) busy = false;

  private blockersOfReady(connector: Connector, rows: readonly ChecklistRow[]): Blocker[] {
    const auth = rows.find((row) => row.section === 'auth' && row.blocking && !row.done);
    return [...this.refusal(connector, 'ready'), ...(auth === undefined ? [] : [auth])];
  }

  private blockersOfPublish(connector: Connector, rows: readonly ChecklistRow[]): Blocker[] {
    return [
      ...this.refusal(connector, 'publish'),
      ...(this.publication.visibility === undefined ? [{ message: 'You may publish to none of the audiences.' }] : []),
      ...rows.filter((row) => row.blocking && !row.done),
    ];
  }

  private refusal(connector: Connector, action: string): Blocker[] {
    if (this.session.id === '') return [{ message: 'Save the draft first.' }];
    const { allowed = false, reason = 'This is not possible now.' } = connector.actions[action] ?? {};
    return allowed ? [] : [{ message: reason }];
  }

  private renderRow(row: ChecklistRow): TemplateResult {
    const mark = row.done ? glyph('succeeded') : row.blocking ? glyph('failed') : icon('info', 16);
    const state = row.done ? 'Done: ' : row.blocking ? 'Blocks: ' : 'Advice: ';
    return html`<li>
      ${mark}<span class="grow"><span class="vh">${state}</span>${row.message}</span>
      ${
        row.done
          ? nothing
          : html`<a href="/app${builderPath(this.session, row.section)}"
              >Open<span class="vh"> ${row.section} to mend: ${row.message}</span></a
            >`
      }
    </li>`;
  }

  private renderChecklist(rows: readonly ChecklistRow[]): TemplateResult | typeof nothing {
    const blocking = rows.filter((row) => row.blocking);
    const advice = rows.filter((row) => !row.blocking && !row.done);
    const count = blocking.filter((row) => !row.done).length;
    if (blocking.length === 0) return nothing;
    return html`<h2 class="h2">
        ${count === 0 ? 'Ready to publish' : count === 1 ? '1 thing blocks publishing' : `${count} things block publishing`}
      </h2>
      <ul>
        ${[...blocking].sort((a, b) => Number(a.done) - Number(b.done)).map((row) => this.renderRow(row))}
      </ul>
      ${
        advice.length === 0
          ? nothing
          : html`<p class="over">Advice</p>
              <ul>
                ${advice.map((row) => this.renderRow(row))}
              </ul>`
      }`;
  }

  private renderPublish(blockers: readonly Blocker[]): TemplateResult {
    return html`<pb-button
      class="first"
      variant="primary"
      block
      ?disabled=${blockers.length > 0}
      ?busy=${this.busy}
      @click=${() => this.emitLocal('pb-publish')}
      >Publish ${this.publication.version}</pb-button
    >`;
  }

  private renderReady(blockers: readonly Blocker[]): TemplateResult {
    return html`<pb-button
      block
      ?disabled=${blockers.length > 0}
      @click=${() => this.emitLocal('pb-lifecycle', 'ready')}
      >Mark as Ready</pb-button
    >`;
  }

  /** Said beside the buttons: never only a greyed button (web.md, J3). */
  private renderWhy(words: string, blockers: readonly Blocker[]): TemplateResult | typeof nothing {
    if (blockers.length === 0) return nothing;
    return html`<div class="why small">
      <p class="t2">${words}</p>
      <ul>
        ${blockers.map(
          ({ message, section }) =>
            html`<li>
              ${section === undefined ? message : html`<a href="/app${builderPath(this.session, section)}">${message}</a>`}
            </li>`,
        )}
      </ul>
    </div>`;
  }

  private renderOthers(connector: Connector): TemplateResult[] {
    const actions = allowedActions(connector).filter((action) => action !== 'ready');
    const primary = actions.includes('republish') ? 'republish' : 'new_version';
    const hasPublish = publishableStages.includes(connector.stage);
    return actions.map(
      (action) =>
        html`<pb-button
          class=${action === primary && !hasPublish ? 'first' : ''}
          block
          variant=${action === primary && !hasPublish ? 'primary' : 'secondary'}
          @click=${() => this.emitLocal('pb-lifecycle', action)}
          >${lifecycleWord(action)}</pb-button
        >`,
    );
  }

  protected override render(): TemplateResult {
    const connector = this.session.connector.get();
    const rows = checklistRows(this.session.checklist.get());
    const isDraft = connector.stage === 'draft';
    const isPublishable = publishableStages.includes(connector.stage);
    const forPublish = this.blockersOfPublish(connector, rows);
    const forReady = this.blockersOfReady(connector, rows);
    return html`<div class="card">
      ${isPublishable ? this.renderChecklist(rows) : html`<h2 class="h2">Lifecycle</h2>`}
      <div class="buttons">
        ${isPublishable ? this.renderPublish(forPublish) : nothing}
        ${isDraft ? this.renderReady(forReady) : nothing}${this.renderOthers(connector)}
      </div>
      ${isDraft ? this.renderWhy('Mark as Ready waits for:', forReady) : nothing}
      ${
        isPublishable
          ? this.renderWhy(
              'Publish waits for:',
              forPublish.filter(({ section }) => section === undefined),
            )
          : nothing
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-publish-card': PbPublishCard;
  }
}
