import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ApiClient } from '@patchbay/api-contract/client';
import { changeStep, coreStepTitles, removeSteps, renameStep, renameStepKey, setDisabled } from '@patchbay/canvas-core';
import type { Step, StepOf } from '@patchbay/flow-model';
import type { Operation } from '@patchbay/manifest';
import type { FlowSession } from '../canvas/editor/flow-session.ts';
import { faceOf } from '../canvas/element/node-face.ts';
import { SignalWatcher } from '../store/signals.ts';
import { baseStyles } from '../styles/base-styles.ts';
import { icon } from '../ui/icon/icon.ts';
import { PbElement } from '../ui/pb-element.ts';
import type { TabItem } from '../ui/tabs/tabs.ts';
import { tile } from '../ui/tile/tile.ts';
import type { PbFieldValue } from './field/field-value.ts';
import { innermostField } from './field/innermost-field.ts';
import { branchForm } from './forms/branch-form.ts';
import { forEachForm, respondForm, stopForm, transformForm, tryForm, waitForm } from './forms/core-forms.ts';
import type { StepFormContext } from './forms/form-context.ts';
import { operationAbout, type KnownOperation } from './forms/operation-about.ts';
import { operationForm } from './forms/operation-form.ts';
import { textField } from './forms/plain-fields.ts';
import { suggestedStyles } from './forms/suggested-styles.ts';
import { panelStyles } from './panel-styles.ts';
import { resilienceForm } from './resilience-form.ts';
import { stepScope, type SeenData, type StepScope } from './step-scope.ts';
import './connection-picker.ts';
import './data/data-panel.ts';
import './step-test.ts';
import './update/step-update.ts';
import '../ui/input/input.ts';
import '../ui/menu/menu.ts';
import '../ui/select/select.ts';
import '../ui/tabs/tabs.ts';

/** Tabs of the panel. */
export type StepTab = 'setup' | 'mapping' | 'test' | 'errors';

/**
 * @summary Everything about one step: setup, mapping with the data panel, test, errors and retry.
 * @event pb-step-tab - detail is the chosen tab.
 * @event pb-step-close - The panel was closed.
 * @event pb-step-action - detail is `{ action: 'duplicate' | 'wrap-try', key }`.
 */
@customElement('pb-step-panel')
export class PbStepPanel extends SignalWatcher(PbElement) {
  static override styles = [baseStyles, panelStyles, suggestedStyles];

  @property({ attribute: false }) api!: ApiClient;
  @property({ attribute: false }) session!: FlowSession;
  @property() key = '';
  @property() tab: StepTab = 'mapping';
  /** Outputs of the last test run. */
  @property({ attribute: false }) seen: SeenData = {};
  @property({ type: Boolean }) readonly = false;

  @state() private isDataShown = false;
  @state() private targetName = '';
  @query('.form') private readonly form!: HTMLElement | null;
  @query('.title') private readonly titleInput!: HTMLInputElement | null;
  #target: PbFieldValue | undefined;

  /** Brings a field into view and puts the keyboard into it. */
  async showField(pointer: string): Promise<void> {
    await this.updateComplete;
    const fields = [...this.renderRoot.querySelectorAll<PbFieldValue>('pb-field-value')];
    const field = fields.find(
      (candidate) =>
        pointer === candidate.dataset['pointer'] || pointer.startsWith(`${candidate.dataset['pointer'] ?? '?'}/`),
    );
    if (field === undefined) return;
    const fold = field.closest('details');
    if (fold !== null) fold.open = true;
    const innermost = await innermostField(field, pointer);
    innermost.scrollIntoView({ block: 'center' });
    innermost.focus();
  }

  /** Puts the keyboard on the name of the step. */
  override focus(): void {
    this.titleInput?.focus();
  }

  /** Runs the step; used by the keyboard shortcut. */
  async runTest(): Promise<void> {
    await this.updateComplete;
    await this.renderRoot.querySelector('pb-step-test')?.run();
  }

  private get step(): Step | undefined {
    return this.session.state.get().document.steps[this.key];
  }

  private readonly change = (step: Step, field: string): void => void this.session.run(changeStep(step, field));

  private handleFocus(event: CustomEvent<PbFieldValue>): void {
    this.#target = event.detail;
    this.targetName = event.detail.label;
  }

  private handleInsert(event: CustomEvent<string>): void {
    if (this.#target?.isConnected !== true) {
      this.emit('pb-announce', 'Choose a field first, then the data for it.');
      return;
    }
    this.#target.insert(event.detail);
    this.isDataShown = false;
  }

  private fieldAt(at: { clientX: number; clientY: number }): PbFieldValue | undefined {
    let element = this.shadowRoot?.elementFromPoint(at.clientX, at.clientY) ?? null;
    let found: PbFieldValue | undefined;
    while (element !== null) {
      const field = element.closest<PbFieldValue>('pb-field-value') ?? undefined;
      if (field !== undefined) found = field;
      const root: ShadowRoot | null = element.shadowRoot;
      const inner = root?.elementFromPoint(at.clientX, at.clientY) ?? null;
      element = inner === element ? null : inner;
    }
    return found;
  }

  private handleDrop(event: CustomEvent<{ reference: string; clientX: number; clientY: number }>): void {
    this.fieldAt(event.detail)?.insert(event.detail.reference);
  }

  private handleMenu(event: CustomEvent<string>): void {
    const { step } = this;
    if (step === undefined) return;
    if (event.detail === 'disable') this.session.run(setDisabled([step.key], step.disabled !== true));
    else if (event.detail === 'delete') this.session.run(removeSteps([step.key]));
    else this.emit('pb-step-action', { action: event.detail, key: step.key });
  }

  private handleTitle(event: Event, step: Step): void {
    const input = event.target as HTMLInputElement;
    const title = input.value.trim();
    if (title === '') input.value = step.title;
    else if (title !== step.title) this.session.run(renameStep(step.key, title.slice(0, 120), this.givenTitle(step)));
  }

  private renderHead(step: Step): TemplateResult {
    const { document } = this.session.state.get();
    const face = faceOf(step.key, {
      document,
      manifestOf: (slug, version) => this.session.catalog.manifestOf(slug, version),
      issues: [],
    });
    return html`<header class="ph-head">
      ${tile(face)}
      <div class="grow row">
        <input
          class="title grow"
          aria-label="Name of the step"
          .value=${step.title}
          ?readonly=${this.readonly}
          @change=${(event: Event) => {
            this.handleTitle(event, step);
          }}
        />
        <span class="key" title="Later steps refer to this one as ${step.key}">${step.key}</span>
      </div>
      ${step.kind === 'operation' ? html`<span class="small t2 num" style="padding:0 6px">${step.version}</span>` : nothing}
      <pb-menu
        label="More"
        icon="ellipsis"
        size="small"
        .items=${[
          { id: 'duplicate', label: 'Duplicate', icon: 'copy', shortcut: 'Ctrl D' },
          {
            id: 'disable',
            label: step.disabled === true ? 'Enable' : 'Disable',
            icon: step.disabled === true ? 'power' : 'power-off',
            shortcut: 'D',
          },
          { id: 'delete', label: 'Delete', icon: 'trash-2', isDanger: true, hasLineAbove: true, shortcut: 'Del' },
        ]}
        ?disabled=${this.readonly}
        @pb-menu-select=${this.handleMenu}
      ></pb-menu>
      <button
        class="btn btn-icon btn-ghost btn-small"
        aria-label="Close"
        title="Close"
        @click=${() => this.emit('pb-step-close')}
      >
        ${icon('x')}
      </button>
    </header>`;
  }

  private tabsOf(step: Step): TabItem[] {
    const issues = this.session.issues.get().filter((issue) => issue.step === step.key && issue.severity === 'error');
    const isSetup = (field: string | undefined): boolean => field === undefined || field === '/connectionId';
    const setup = issues.filter((issue) => isSetup(issue.field)).length;
    const mapping = issues.length - setup;
    const count = (number: number): Partial<TabItem> => (number === 0 ? {} : { count: number, tone: 'warn' });
    const shared: TabItem[] = [{ id: 'setup', label: 'Setup', ...(step.kind === 'operation' ? count(setup) : {}) }];
    if (step.kind !== 'try')
      shared.push({
        id: 'mapping',
        label: mappingWords[step.kind] ?? 'Mapping',
        ...count(step.kind === 'operation' ? mapping : issues.length),
      });
    if (step.kind === 'operation')
      shared.push({ id: 'test', label: 'Test' }, { id: 'errors', label: 'Errors & retry' });
    if (step.kind === 'transform') shared.push({ id: 'test', label: 'Test' });
    return shared;
  }

  private operationOf(step: StepOf<'operation'>): KnownOperation {
    const manifest = this.session.catalog.manifestOf(step.connector, step.version);
    return { manifest, operation: manifest?.operations.find((candidate) => candidate.name === step.operation) };
  }

  private givenTitle(step: Step): string {
    return step.kind === 'operation' ? (this.operationOf(step).operation?.title ?? '') : coreStepTitles[step.kind];
  }

  private contextOf(step: Step, scope: StepScope): StepFormContext {
    return {
      scope: scope.scope,
      resultScope: (scope.result ?? scope).scope,
      issues: this.session.issues.get().filter((issue) => issue.step === step.key),
      isReadonly: this.readonly,
      change: this.change,
    };
  }

  private renderBinds(step: StepOf<'operation'>): TemplateResult {
    const { manifest } = this.operationOf(step);
    return html`<div class="binds">
      <pb-connection-picker
        .api=${this.api}
        .catalog=${this.session.catalog}
        .step=${step}
        ?readonly=${this.readonly}
        @pb-connection-pick=${(event: CustomEvent<string | undefined>) => {
          const { connectionId: _before, ...rest } = step;
          this.change(event.detail === undefined ? rest : { ...rest, connectionId: event.detail }, '/connectionId');
        }}
      ></pb-connection-picker>
      <pb-select
        label="Operation"
        .value=${step.operation}
        .options=${(manifest?.operations ?? []).map((operation) => ({ value: operation.name, label: operation.title }))}
        ?disabled=${this.readonly}
        @pb-change=${(event: CustomEvent<string>) => {
          this.changeOperation(step, event.detail);
        }}
      ></pb-select>
      <pb-step-update .session=${this.session} .step=${step} ?readonly=${this.readonly}></pb-step-update>
    </div>`;
  }

  /** Input fields that the new operation has too keep their values. */
  private changeOperation(step: StepOf<'operation'>, name: string): void {
    const { manifest } = this.operationOf(step);
    const next = manifest?.operations.find((operation) => operation.name === name);
    const known = Object.keys(next?.input['properties'] ?? {});
    const input = Object.fromEntries(Object.entries(step.input).filter(([field]) => known.includes(field)));
    this.change({ ...step, operation: name, input }, '/operation');
  }

  private renderSetup(step: Step): TemplateResult {
    return html`${step.kind === 'operation' ? this.renderBinds(step) : nothing}
      <div class="form scroll grow is-padded">
        ${step.kind === 'operation' ? operationAbout(step, this.operationOf(step)) : nothing}
        ${step.kind === 'try' ? tryForm(step) : nothing}
        ${textField({
          label: 'Key',
          value: step.key,
          isMono: true,
          isLive: false,
          help: 'Formulas of later steps use it. Changing it rewrites them.',
          onChange: (key) => {
            if (key.trim() !== '' && key !== step.key) this.session.run(renameStepKey(step.key, key));
          },
        })}
        ${textField({
          label: 'Note',
          value: step.note ?? '',
          rows: 3,
          onChange: (note) => {
            const { note: _before, ...rest } = step;
            this.change(note === '' ? rest : { ...rest, note: note.slice(0, 4_000) }, '/note');
          },
        })}
      </div>`;
  }

  private renderForm(step: Step, context: StepFormContext): TemplateResult {
    switch (step.kind) {
      case 'operation': {
        const { operation } = this.operationOf(step);
        return operation === undefined
          ? operationAbout(step, this.operationOf(step))
          : operationForm(step, operation, context);
      }
      case 'branch':
        return branchForm(step, context);
      case 'transform':
        return transformForm(step, context);
      case 'for_each':
        return forEachForm(step, context);
      case 'wait':
        return waitForm(step, context);
      case 'respond':
        return respondForm(step, context);
      case 'stop':
        return stopForm(step, context);
      case 'try':
        return tryForm(step);
    }
  }

  private renderMapping(step: Step, scope: StepScope): TemplateResult {
    const seen = this.#target?.pointer.startsWith('/result') === true ? (scope.result ?? scope) : scope;
    return html`${step.kind === 'operation' ? this.renderBinds(step) : nothing}
      <button class="btn btn-ghost btn-small data-switch" @click=${() => (this.isDataShown = !this.isDataShown)}>
        ${icon('braces', 14)}${this.isDataShown ? 'Back to the fields' : 'Insert data'}
      </button>
      <div class="split ${this.isDataShown ? 'is-data' : ''}">
        <div class="form scroll ${step.kind === 'operation' ? '' : 'is-padded'}" @pb-field-focus=${this.handleFocus}>
          ${this.renderForm(step, this.contextOf(step, scope))}
        </div>
        <pb-data-panel
          class=${this.isDataShown ? 'is-shown' : ''}
          .groups=${seen.groups}
          .target=${this.targetName}
          @pb-data-insert=${this.handleInsert}
          @pb-data-drop=${this.handleDrop}
        ></pb-data-panel>
      </div>`;
  }

  private renderBody(step: Step, tab: StepTab): TemplateResult {
    const scope = stepScope(this.session, step.key, this.seen);
    if (tab === 'setup') return this.renderSetup(step);
    if (tab === 'test') {
      return html`<pb-step-test
        class="grow"
        .api=${this.api}
        .session=${this.session}
        .step=${step}
        .scope=${scope.scope}
      ></pb-step-test>`;
    }
    if (tab === 'errors' && step.kind === 'operation') {
      const { manifest, operation } = this.operationOf(step);
      return html`<div class="form scroll grow is-padded">
        ${resilienceForm(
          step,
          { ...manifest?.resilience, ...definedOf(operation?.resilience) },
          {
            ...this.contextOf(step, scope),
            onWrapInTry: () => {
              this.emit('pb-step-action', { action: 'wrap-try', key: step.key });
            },
          },
        )}
      </div>`;
    }
    return this.renderMapping(step, scope);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { step } = this;
    if (step === undefined) return nothing;
    const tabs = this.tabsOf(step);
    const tab = tabs.some((item) => item.id === this.tab) ? this.tab : step.kind === 'try' ? 'setup' : 'mapping';
    return html`${this.renderHead(step)}
      <pb-tabs
        label="Step"
        .items=${tabs}
        .value=${tab}
        @pb-tab-change=${(event: CustomEvent<StepTab>) => this.emit('pb-step-tab', event.detail)}
      ></pb-tabs>
      ${this.renderBody(step, tab)}`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('key') || this.#target?.isConnected === false) {
      this.#target = undefined;
      this.targetName = '';
    }
    if (this.form === null) this.isDataShown = false;
  }
}

const mappingWords: Partial<Record<Step['kind'], string>> = { branch: 'Paths', transform: 'Output' };

const definedOf = (value: Operation['resilience']): Operation['resilience'] =>
  Object.fromEntries(Object.entries(value ?? {}).filter(([, field]) => field !== undefined));

declare global {
  interface HTMLElementTagNameMap {
    'pb-step-panel': PbStepPanel;
  }
}
