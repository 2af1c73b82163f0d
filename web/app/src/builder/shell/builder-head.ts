import { consume } from '@lit/context';
import type { Connector } from '@patchbay/api-contract/client';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { problemSentence } from '../../problems/describe-problem.ts';
import { appContext, type AppContext } from '../../shell/app-context.ts';
import { SignalWatcher } from '../../store/signals.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { badge } from '../../ui/badge/badge.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { tile } from '../../ui/tile/tile.ts';
import '../../ui/button/button.ts';
import '../../ui/menu/menu.ts';
import type { BuilderSession } from './builder-session.ts';
import { builderPath } from './builder-path.ts';
import { checklistRows, readinessOf } from './checklist-rows.ts';
import { lookOfConnector } from './connector-look.ts';
import { headStyles } from './head-styles.ts';
import { runHeadCommand } from './head-commands.ts';
import { savedLook } from './saved-words.ts';

/**
 * @summary Head of the builder: who it is, its stage and version, saving, what is missing, and what can be done with it.
 */
@customElement('pb-builder-head')
export class PbBuilderHead extends SignalWatcher(PbElement) {
  static override styles = [baseStyles, headStyles];

  @consume({ context: appContext })
  private readonly app!: AppContext;

  @property({ attribute: false }) session!: BuilderSession;
  @property() tab = '';

  private renderName(connector: Connector): TemplateResult {
    const { name, slug, slug_locked: isLocked, enabled } = connector;
    return html`<div class="grow">
      <h1 class="h1 cut">${name === '' ? 'New connector' : name}</h1>
      <div class="sub">
        ${
          slug === ''
            ? nothing
            : html`<span class="key" title=${isLocked ? 'The slug is fixed since the first publication.' : 'Slug'}
                ><span class="vh">Slug ${isLocked ? 'fixed ' : ''}</span
                >${slug}${isLocked ? icon('lock', 12) : nothing}</span
              >`
        }
        ${badge('stage', connector.stage)}${enabled ? nothing : html`<span class="tag">${icon('power-off', 12)}Disabled</span>`}
        <span class="t2 num">${versionWords(connector)}</span>
      </div>
    </div>`;
  }

  private renderSaved(): TemplateResult {
    const { session } = this;
    const state = session.saving.get();
    const look = savedLook(state, session.errorCount(''));
    const why = state.kind === 'failed' ? problemSentence(state.error) : '';
    return html`<span
      class="saved ${look.isBad ? 'is-bad' : ''}"
      data-save=${state.kind}
      role=${look.isBad ? 'alert' : nothing}
      title=${why}
      >${icon(look.icon, 14)}<span>${look.words}</span></span
    >`;
  }

  private renderReadiness(): TemplateResult | typeof nothing {
    const { session } = this;
    const entries = checklistRows(session.checklist.get()).filter((entry) => entry.blocking);
    if (entries.length === 0 || session.connector.get().stage !== 'draft') return nothing;
    const { done } = readinessOf(entries);
    // What is missing comes first: that is what the menu is opened for.
    entries.sort((one, other) => Number(one.done) - Number(other.done));
    const items: MenuItem[] = entries.map((entry, index) => ({
      id: String(index),
      label: entry.message,
      icon: entry.done ? 'circle-check' : 'circle-x',
    }));
    return html`<pb-menu
      label="${done} of ${entries.length} ready"
      class="ready"
      .items=${items}
      @pb-menu-select=${(event: CustomEvent<string>) => {
        const entry = entries[Number(event.detail)];
        if (entry !== undefined) this.app.router.navigate(builderPath(session, entry.section));
      }}
    >
      <span slot="trigger" class="row">${readyRing(done / entries.length)}${done} of ${entries.length} ready</span>
    </pb-menu>`;
  }

  private renderPrimary(connector: Connector): TemplateResult {
    const { session } = this;
    const isBusy = session.saving.get().kind === 'saving';
    const save = (words: string, variant: 'primary' | 'secondary'): TemplateResult =>
      html`<pb-button
        variant=${variant}
        ?busy=${isBusy}
        data-do="save"
        @click=${() => runHeadCommand('save', { app: this.app, session })}
        >${words}</pb-button
      >`;
    if (session.id === '') return save('Save draft', 'primary');
    if (connector.stage === 'draft') {
      return html`${save('Save', 'secondary')}
        <pb-button icon="play" href="/app${builderPath(session, 'test')}">Test</pb-button>`;
    }
    return this.renderUse(connector);
  }

  /** Ready and later: 'Add Connection' as long as there is none, else 'References'; never both (ZO-44, ZO-47, ZO-49). */
  private renderUse(connector: Connector): TemplateResult {
    const { session } = this;
    const isFixed = connector.visibility === 'catalogue' && connector.stage === 'published';
    const use =
      connector.connection_count === 0
        ? html`<pb-button icon="plus" href="/app/connections/new?connector=${connector.slug}"
            >Add Connection</pb-button
          >`
        : html`<pb-button icon="link" @click=${() => runHeadCommand('references', { app: this.app, session })}
            >References</pb-button
          >`;
    if (!isFixed || !isAllowed(connector, 'new_version')) return use;
    return html`${use}
      <pb-button variant="primary" @click=${() => runHeadCommand('new_version', { app: this.app, session })}
        >New version</pb-button
      >`;
  }

  private get menuItems(): MenuItem[] {
    const { session } = this;
    return [
      { id: 'undo', label: 'Undo', icon: 'undo-2', shortcut: 'Ctrl Z', disabled: !session.canUndo.get() },
      { id: 'redo', label: 'Redo', icon: 'redo-2', shortcut: 'Ctrl Y', disabled: !session.canRedo.get() },
      ...(session.id === '' ? [] : storedItems(session.connector.get())),
      { id: 'help', label: 'Help on the Connector Builder', icon: 'circle-help', hasLineAbove: true },
    ];
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const connector = session.connector.get();
    return html`<header class="bhead">
      ${tile(lookOfConnector(connector), 40)}${this.renderName(connector)}
      <div class="acts">
        ${this.renderSaved()}
        <pb-menu
          label="More"
          icon="ellipsis"
          .items=${this.menuItems}
          @pb-menu-select=${(event: CustomEvent<string>) => runHeadCommand(event.detail, { app: this.app, session })}
        ></pb-menu>
        ${this.renderReadiness()} ${this.renderPrimary(connector)}
      </div>
    </header>`;
  }
}

/** Entries for a connector that is stored; one that is not possible says why. */
function storedItems(connector: Connector): MenuItem[] {
  const { stage, enabled } = connector;
  return [
    { id: 'yaml', label: 'Export as YAML', icon: 'download', hasLineAbove: true },
    { id: 'json', label: 'Export as JSON', icon: 'download' },
    { id: 'lifecycle', label: 'Lifecycle', icon: 'history' },
    ...(stage === 'draft' ? [] : [{ id: 'listing', label: 'Show in the marketplace', icon: 'store' } as const]),
    enabled
      ? { ...gated(connector, 'disable', 'Disable…'), icon: 'power-off', hasLineAbove: true }
      : { ...gated(connector, 'enable', 'Enable'), icon: 'power', hasLineAbove: true },
    { ...gated(connector, 'delete', 'Delete…'), icon: 'trash-2', isDanger: true },
  ];
}

function gated({ actions }: Connector, action: string, label: string): MenuItem {
  const { allowed = false, reason } = actions[action] ?? {};
  return { id: action, label, disabled: !allowed, ...(allowed || reason === undefined ? {} : { hint: reason }) };
}

/** Is a lifecycle action allowed to the caller now? */
const isAllowed = (connector: Connector, action: string): boolean => connector.actions[action]?.allowed ?? false;

function versionWords({ id, version, versions, stage }: Connector): string {
  if (id === '') return '';
  const before = versions.find((other) => other.version !== version && other.stage !== 'draft');
  if (stage !== 'draft') return version;
  return before === undefined ? `${version}, not published yet` : `${version}, next after ${before.version}`;
}

function readyRing(part: number): TemplateResult {
  const around = 2 * Math.PI * 6;
  return html`<svg class="g ring" viewBox="0 0 16 16" aria-hidden="true">
    ${svg`<circle cx="8" cy="8" r="6" fill="none" stroke="var(--pressed)" stroke-width="2.5"/>
    <circle cx="8" cy="8" r="6" fill="none" stroke="var(--success-mark)" stroke-width="2.5" transform="rotate(-90 8 8)" stroke-dasharray="${part * around} ${around}"/>`}
  </svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-head': PbBuilderHead;
  }
}
