import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Binding, FlowIssue, JsonSchema } from '@patchbay/flow-model';
import { escapePointer } from '@patchbay/flow-model/expression';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { afterPress } from './after-press.ts';
import {
  emptyOf,
  hasSubFields,
  insertReference,
  isAnything,
  isBlank,
  isPill,
  modeOf,
  toMode,
  type FieldMode,
} from './binding-edits.ts';
import type { ExpressionEditor } from './expression-editor.ts';
import type { FieldPreview } from '../preview/field-preview.ts';
import { PreviewController } from '../preview/preview-controller.ts';
import { emptyScope, propertiesOf, type FieldScope } from './field-scope.ts';
import { withCode } from './with-code.ts';
import { fieldStyles } from './field-styles.ts';
import { renderFormula, renderTemplateText, spokenExpression } from './pill.ts';
import { plainControl } from './plain-control.ts';
import './nested-fields.ts';
import '../../ui/menu/menu.ts';

/** Hints of the connector's author for a field. */
export interface FieldHints {
  readonly widget?: string;
  readonly placeholder?: string;
}

const modeNames: Record<FieldMode, string> = {
  value: 'Value',
  text: 'Text with data',
  formula: 'Formula',
  nested: 'Fields',
};

/**
 * @summary One field of a step: a plain value, text with data, or a formula, with a live preview and its problems.
 * @event pb-value-change - detail is `{ binding }`; an absent binding leaves the field out.
 * @event pb-field-focus - The field took focus; data is inserted into it.
 */
@customElement('pb-field-value')
export class PbFieldValue extends PbElement {
  static override shadowRootOptions: ShadowRootInit = { ...PbElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [baseStyles, fieldStyles];

  @property() label = '';
  @property({ type: Boolean, attribute: 'label-hidden' }) isLabelHidden = false;
  /** The slots `label` and `end` hold what stands above the field, such as a name that can be changed. */
  @property({ type: Boolean, attribute: 'label-slotted' }) isLabelSlotted = false;
  @property() help = '';
  @property({ type: Boolean }) required = false;
  @property({ attribute: false }) schema: JsonSchema = {};
  @property({ attribute: false }) hints: FieldHints = {};
  @property({ attribute: false }) binding: Binding | undefined;
  @property({ attribute: false }) scope: FieldScope = emptyScope;
  /** JSON pointer of the field inside the step. */
  @property() pointer = '';
  /** Problems of the field and of everything in it. */
  @property({ attribute: false }) issues: readonly FlowIssue[] = [];
  @property({ type: Boolean }) readonly = false;
  /** Only a formula makes sense here, for example in a condition. */
  @property({ type: Boolean, attribute: 'formula-only' }) isFormulaOnly = false;

  @state() private isEditing = false;
  @state() private notice = '';
  @query('.editor') private readonly host!: HTMLElement | null;

  readonly #previews = new PreviewController(this);
  #editor: ExpressionEditor | undefined;
  #ownChange = false;

  get mode(): FieldMode {
    return this.isFormulaOnly ? 'formula' : modeOf(this.binding, this.schema);
  }

  /** Puts a reference into the field, at the cursor when it is being edited. */
  insert(reference: string): void {
    if (this.#editor !== undefined) this.#editor.insert(reference);
    else this.change(insertReference(this.binding, reference, this.isFormulaOnly ? { type: 'any' } : this.schema));
    this.emit('pb-announce', `${this.label}: inserted ${spokenExpression(reference, 'formula', this.scope)}`);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.closeEditor();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('binding') || this.#editor === undefined || this.#ownChange) return;
    if (this.sourceOf(this.binding) !== this.#editor.source) this.closeEditor();
  }

  protected override updated(): void {
    this.#ownChange = false;
  }

  private change(binding: Binding | undefined): void {
    this.notice = '';
    this.binding = binding;
    this.emitLocal('pb-value-change', { binding });
  }

  /** Another binding, from outside the editor of the field. */
  private replace(binding: Binding | undefined): void {
    this.closeEditor();
    this.change(binding);
  }

  private sourceOf(binding: Binding | undefined): string {
    if (binding === undefined) return '';
    if ('template' in binding) return binding.template;
    return 'formula' in binding ? binding.formula : '';
  }

  private async openEditor(): Promise<void> {
    if (this.readonly || this.#editor !== undefined) return;
    const { mode } = this;
    if (mode !== 'text' && mode !== 'formula') return;
    const { mountExpressionEditor } = await import('./expression-editor.ts');
    await this.updateComplete;
    if (this.isEditing || !this.isConnected) return; // a second focus while the code was loading
    this.isEditing = true;
    await this.updateComplete;
    const { host } = this;
    if (host === null) return;
    this.#editor = mountExpressionEditor({
      parent: host,
      root: this.renderRoot as ShadowRoot,
      kind: mode === 'text' ? 'template' : 'formula',
      source: this.sourceOf(this.binding),
      label: this.label,
      describedBy: 'under',
      isMultiline: mode === 'text' && this.isMultiline,
      scope: () => this.scope,
      onChange: (source) => {
        this.#ownChange = true;
        this.change(mode === 'text' ? { template: source } : { formula: source });
      },
      onBlur: () => {
        this.handleBlur();
      },
    });
    this.#editor.focus();
  }

  /** The list of completions takes no focus, so a blur means that the person left. */
  private handleBlur(): void {
    afterPress(() => {
      if (this.shadowRoot?.activeElement?.closest('.editor') === null || this.shadowRoot?.activeElement === null)
        this.closeEditor();
    });
  }

  private closeEditor(): void {
    this.#editor?.destroy();
    this.#editor = undefined;
    this.isEditing = false;
    const { binding } = this;
    if (binding !== undefined && 'template' in binding && !binding.template.includes('{{')) {
      this.change(binding.template === '' ? undefined : { value: binding.template });
    } else if (binding !== undefined && 'formula' in binding && isBlank(binding) && !this.isFormulaOnly) {
      this.change(undefined);
    }
  }

  private get isMultiline(): boolean {
    return this.hints.widget === 'multiline' || this.hints.widget === 'code';
  }

  private handlePlain(value: Parameters<Parameters<typeof plainControl>[0]['onChange']>[0]): void {
    if (typeof value === 'string' && value.includes('{{')) {
      this.change({ template: value });
      void this.updateComplete.then(() => this.openEditor());
      return;
    }
    this.change(value === undefined ? undefined : { value });
  }

  private handleMode(mode: FieldMode): void {
    if (mode === this.mode) return;
    const next = toMode(this.binding, mode);
    const isLost = next === undefined && !isBlank(this.binding);
    this.closeEditor();
    this.change(next ?? emptyOf(mode, this.schema));
    this.notice = isLost ? 'The content did not fit and was taken away. Undo brings it back.' : '';
    if (mode === 'text' || mode === 'formula') void this.updateComplete.then(() => this.openEditor());
  }

  private get modes(): MenuItem[] {
    const plain: FieldMode[] = ['value', 'text', 'formula'];
    const all: FieldMode[] = hasSubFields(this.schema)
      ? ['nested', 'formula']
      : isAnything(this.schema)
        ? [...plain, 'nested']
        : plain;
    return all.map((mode) => ({ id: mode, label: modeNames[mode], checked: mode === this.mode }));
  }

  private renderModeButton(): TemplateResult | typeof nothing {
    if (this.readonly || this.isFormulaOnly) return nothing;
    const { binding, mode } = this;
    const isFx = binding !== undefined && 'formula' in binding && !isPill(binding.formula);
    const name = isFx ? 'sigma' : mode === 'text' ? 'text-cursor-input' : mode === 'value' ? 'type' : 'braces';
    return html`<pb-menu
      class="mode"
      label="${this.label}: ${modeNames[mode]}"
      size="tiny"
      .icon=${name}
      .items=${this.modes}
      @pb-menu-select=${(event: CustomEvent<FieldMode>) => {
        this.handleMode(event.detail);
      }}
    ></pb-menu>`;
  }

  private renderExpression(): TemplateResult {
    const { binding } = this;
    const kind = this.mode === 'text' ? 'template' : 'formula';
    const source = this.sourceOf(binding);
    const content = kind === 'template' ? renderTemplateText(source, this.scope) : renderFormula(source, this.scope);
    const isBad = this.issues.some((issue) => issue.severity === 'error');
    return html`<div class="input is-expression ${isBad ? 'is-bad' : ''}">
      ${
        this.isEditing
          ? html`<div class="editor"></div>`
          : html`<div
              class="editor"
              id="control"
              role="textbox"
              tabindex="0"
              aria-label=${`${this.label}${source === '' ? '' : `, ${spokenExpression(source, kind, this.scope)}`}`}
              aria-readonly=${this.readonly ? 'true' : nothing}
              aria-describedby="under"
              @focus=${() => void this.openEditor()}
              @click=${() => void this.openEditor()}
            >
              ${source === '' ? html`<span class="ph">${kind === 'formula' ? 'Pick data or write a formula' : 'Text; type {{ for data'}</span>` : content}
            </div>`
      }
      ${
        this.readonly || source === ''
          ? nothing
          : html`<button
              class="clear"
              aria-label="Clear ${this.label}"
              title="Clear"
              @click=${() => {
                this.replace(undefined);
              }}
            >
              ${icon('x', 12)}
            </button>`
      }
    </div>`;
  }

  private renderControl(): TemplateResult {
    const { mode, binding } = this;
    if (mode === 'text' || mode === 'formula') return this.renderExpression();
    if (mode === 'nested') {
      return html`<pb-nested-fields
        .label=${this.label}
        .schema=${this.schema}
        .binding=${binding}
        .scope=${this.scope}
        .pointer=${this.pointer}
        .issues=${this.issues}
        @pb-value-change=${(event: CustomEvent<{ binding: Binding | undefined }>) => {
          event.stopPropagation();
          this.change(event.detail.binding);
        }}
      ></pb-nested-fields>`;
    }
    return plainControl({
      label: this.label,
      schema: this.schema,
      value: binding !== undefined && 'value' in binding ? binding.value : undefined,
      isMultiline: this.isMultiline,
      placeholder: this.hints.placeholder ?? placeholderOf(this.schema),
      describedBy: 'under',
      isInvalid: this.issues.some((issue) => issue.severity === 'error'),
      onChange: (value) => {
        this.handlePlain(value);
      },
    });
  }

  /** Data goes into the innermost field that has the keyboard. */
  private handleFocus(event: FocusEvent): void {
    const innermost = event.composedPath().find((target) => target instanceof PbFieldValue);
    if (innermost === this) this.emit('pb-field-focus', this);
  }

  /** Problems that are said here; sub-fields say their own. */
  private get ownIssues(): readonly FlowIssue[] {
    if (this.mode !== 'nested') return this.issues;
    const shown = subFieldsOf(this.binding, this.schema);
    return this.issues.filter((issue) => !shown.some((name) => isWithin(issue.field ?? '', `${this.pointer}/${name}`)));
  }

  private renderPreview(): TemplateResult | typeof nothing {
    const preview = this.#previews.words(this.binding, this.scope);
    if (preview === undefined || this.mode === 'nested') return nothing;
    if (preview.kind === 'problem' && this.issues.some((issue) => issue.severity === 'error')) return nothing;
    return previewLine(preview);
  }

  private renderIssue(issue: FlowIssue): TemplateResult {
    const { fix } = issue;
    return html`<p class="issue ${issue.severity === 'warning' ? 'warn' : ''}">
      ${icon(issue.severity === 'warning' ? 'triangle-alert' : 'circle-alert', 12)}<span
        >${withCode(issue.message)}</span
      >
      ${
        fix === undefined
          ? nothing
          : html`<button
              class="btn btn-link small fix"
              @click=${() => {
                this.replace({ formula: fix.replacement });
              }}
            >
              ${fix.label}
            </button>`
      }
    </p>`;
  }

  private renderLabel(): TemplateResult {
    if (this.isLabelSlotted)
      return html`<div class="label">
        <slot name="label"></slot>${this.renderModeButton()}<slot name="end"></slot>
      </div>`;
    return html`<div class="label">
      <span class="cut" title=${this.help === '' ? nothing : this.help}>${this.label}</span>
      ${this.required ? nothing : html`<span class="req">optional</span>`}
      <span class="end"></span>${this.renderModeButton()}
    </div>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="field" @focusin=${this.handleFocus}>
      ${this.isLabelHidden ? nothing : this.renderLabel()}
      ${
        this.isLabelHidden
          ? html`<div class="bare">${this.renderControl()}${this.renderModeButton()}</div>`
          : this.renderControl()
      }
      <div id="under" class="col" style="gap:4px">
        ${this.renderPreview()} ${this.ownIssues.map((issue) => this.renderIssue(issue))}
        ${this.notice === '' ? nothing : html`<p class="help">${this.notice}</p>`}
        ${this.help === '' ? nothing : html`<p class="help">${this.help}</p>`}
      </div>
    </div>`;
  }
}

/** Names of the sub-fields that the form shows for a binding. */
function subFieldsOf(binding: Binding | undefined, schema: JsonSchema): string[] {
  const known = propertiesOf(schema).map(([name]) => escapePointer(name));
  if (binding === undefined) return known;
  if ('object' in binding) return [...known, ...Object.keys(binding.object).map(escapePointer)];
  if ('list' in binding) return binding.list.map((_, index) => String(index));
  return known;
}

const isWithin = (pointer: string, outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`);

function previewLine(preview: FieldPreview): TemplateResult {
  if (preview.kind === 'no-sample') {
    return html`<div class="prev"><span class="t3" style="margin:0">No sample yet: test ${preview.source}</span></div>`;
  }
  if (preview.kind === 'problem')
    return html`<div class="prev bad">${icon('circle-alert', 12)}<span>${withCode(preview.text)}</span></div>`;
  return html`<div class="prev">
    ${icon('corner-down-right', 12)}<code class="cut">${preview.text}</code><span class="t3">${preview.type}</span>
  </div>`;
}

function placeholderOf(schema: JsonSchema): string {
  if (schema['default'] !== undefined) return JSON.stringify(schema['default']);
  const [example] = Array.isArray(schema['examples']) ? schema['examples'] : [];
  return example === undefined ? '' : `for example ${typeof example === 'string' ? example : JSON.stringify(example)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-field-value': PbFieldValue;
  }
}
