import { html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Binding, FlowIssue, JsonSchema, JsonValue } from '@patchbay/flow-model';
import { escapePointer } from '@patchbay/flow-model/expression';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { bindingToJson, jsonToBinding, nestedOf, typeOf } from './binding-edits.ts';
import { asSchema, emptyScope, labelOf, propertiesOf, requiredOf, type FieldScope } from './field-scope.ts';
import { fieldStyles } from './field-styles.ts';

type ObjectBinding = Extract<Binding, { object: unknown }>;
type ListBinding = Extract<Binding, { list: unknown }>;

/**
 * @summary The sub-fields of an object, the rows of a list, or names and values of a free object; all of it also as JSON.
 * @event pb-value-change - detail is `{ binding }`.
 */
@customElement('pb-nested-fields')
export class PbNestedFields extends PbElement {
  static override styles = [baseStyles, fieldStyles];

  @property() label = '';
  @property({ attribute: false }) schema: JsonSchema = {};
  @property({ attribute: false }) binding: Binding | undefined;
  @property({ attribute: false }) scope: FieldScope = emptyScope;

  /** JSON pointer of the object or list inside the step. */
  @property() pointer = '';
  @property({ attribute: false }) issues: readonly FlowIssue[] = [];

  @state() private isJson = false;
  @state() private jsonText = '';
  @state() private jsonProblem = '';

  private change(binding: Binding | undefined): void {
    this.binding = binding;
    this.emitLocal('pb-value-change', { binding });
  }

  private pointerOf(name: string): string {
    return `${this.pointer}/${escapePointer(name)}`;
  }

  private issuesOf(name: string): readonly FlowIssue[] {
    const pointer = this.pointerOf(name);
    return this.issues.filter((issue) => issue.field === pointer || issue.field?.startsWith(`${pointer}/`) === true);
  }

  private get objectBinding(): ObjectBinding {
    const nested =
      this.binding === undefined ? undefined : 'value' in this.binding ? nestedOf(this.binding.value) : this.binding;
    return nested !== undefined && 'object' in nested ? nested : { object: {} };
  }

  private get listBinding(): ListBinding {
    const nested =
      this.binding === undefined ? undefined : 'value' in this.binding ? nestedOf(this.binding.value) : this.binding;
    return nested !== undefined && 'list' in nested ? nested : { list: [] };
  }

  private setKey(name: string, binding: Binding | undefined): void {
    const { [name]: _, ...rest } = this.objectBinding.object;
    const object = binding === undefined ? rest : { ...this.objectBinding.object, [name]: binding };
    this.change(Object.keys(object).length === 0 ? undefined : { object });
  }

  /** A name that is taken would swallow the other field. */
  private renameKey(from: string, input: HTMLInputElement): void {
    const to = input.value.trim();
    if (to === '' || (to !== from && Object.hasOwn(this.objectBinding.object, to))) {
      input.value = from;
      return;
    }
    const entries = Object.entries(this.objectBinding.object).map(([name, value]): [string, Binding] => [
      name === from ? to : name,
      value,
    ]);
    this.change({ object: Object.fromEntries(entries) });
  }

  /** A new field asks for its name first. */
  private addKey(): void {
    this.setKey(freeName(this.objectBinding.object), { value: '' });
    void this.updateComplete.then(() => {
      [...this.renderRoot.querySelectorAll<HTMLInputElement>('.pair > .name')].at(-1)?.select();
    });
  }

  private setItem(index: number, binding: Binding | undefined): void {
    const list = this.listBinding.list.map((item, at) => (at === index ? (binding ?? { value: null }) : item));
    this.change({ list });
  }

  private removeItem(index: number): void {
    const list = this.listBinding.list.filter((_, at) => at !== index);
    this.change(list.length === 0 ? undefined : { list });
  }

  private openJson(): void {
    this.jsonText = JSON.stringify(
      this.binding === undefined ? (typeOf(this.schema) === 'array' ? [] : {}) : bindingToJson(this.binding),
      null,
      2,
    );
    this.jsonProblem = '';
    this.isJson = true;
  }

  private handleJson(event: Event): void {
    this.jsonText = (event.target as HTMLTextAreaElement).value;
    try {
      const value = JSON.parse(this.jsonText) as JsonValue;
      const binding = jsonToBinding(value);
      this.jsonProblem = '';
      this.change(binding);
    } catch (error) {
      this.jsonProblem = error instanceof Error ? `Not JSON yet: ${error.message}` : 'Not JSON yet.';
    }
  }

  private renderField(name: string, schema: JsonSchema, isRequired: boolean): TemplateResult {
    return html`<pb-field-value
      .label=${labelOf(name, schema)}
      .schema=${schema}
      .required=${isRequired}
      .help=${typeof schema['description'] === 'string' ? schema['description'] : ''}
      .binding=${this.objectBinding.object[name]}
      .scope=${this.scope}
      .pointer=${this.pointerOf(name)}
      .issues=${this.issuesOf(name)}
      @pb-value-change=${(event: CustomEvent<{ binding: Binding | undefined }>) => {
        event.stopPropagation();
        this.setKey(name, event.detail.binding);
      }}
    ></pb-field-value>`;
  }

  private renderPairs(known: ReadonlySet<string>): TemplateResult {
    const names = Object.keys(this.objectBinding.object).filter((name) => !known.has(name));
    const valueSchema = asSchema(this.schema['additionalProperties']) ?? {};
    return html`${names.map(
        (name) =>
          html`<pb-field-value
            class="pair"
            label-slotted
            .label=${`${this.label}, ${name === '' ? 'new field' : name}`}
            .schema=${valueSchema}
            .binding=${this.objectBinding.object[name]}
            .scope=${this.scope}
            .pointer=${this.pointerOf(name)}
            .issues=${this.issuesOf(name)}
            @pb-value-change=${(event: CustomEvent<{ binding: Binding | undefined }>) => {
              event.stopPropagation();
              this.setKey(name, event.detail.binding ?? { value: '' });
            }}
          >
            <input
              slot="label"
              class="name"
              aria-label=${`Name of a field of ${this.label}`}
              .value=${name}
              @change=${(event: Event) => {
                this.renameKey(name, event.target as HTMLInputElement);
              }}
            />
            <button
              slot="end"
              class="clear end"
              aria-label="Remove ${name}"
              title="Remove"
              @click=${() => this.setKey(name, undefined)}
            >
              ${icon('x', 12)}
            </button>
          </pb-field-value>`,
      )}
      <div class="row">
        <button class="btn btn-ghost btn-small" @click=${() => this.addKey()}>${icon('plus', 14)}Add a field</button>
        ${this.renderJsonSwitch()}
      </div>`;
  }

  private renderJsonSwitch(): TemplateResult {
    return html`<button class="btn btn-ghost btn-small end" @click=${() => this.openJson()}>
      ${icon('code', 14)}Edit as JSON
    </button>`;
  }

  private renderObject(): TemplateResult {
    const properties = propertiesOf(this.schema);
    const required = requiredOf(this.schema);
    const known = new Set(properties.map(([name]) => name));
    const isFree =
      properties.length === 0 ||
      this.schema['additionalProperties'] === true ||
      asSchema(this.schema['additionalProperties']) !== undefined;
    return html`<div class="nest" role="group" aria-label=${this.label}>
      ${properties.map(([name, schema]) => this.renderField(name, schema, required.has(name)))}
      ${isFree ? this.renderPairs(known) : html`<div class="row">${this.renderJsonSwitch()}</div>`}
    </div>`;
  }

  private renderList(): TemplateResult {
    const items = asSchema(this.schema['items']) ?? {};
    return html`<div class="nest" role="group" aria-label=${this.label}>
      ${this.listBinding.list.map(
        (binding, index) =>
          html`<div class="item">
            <pb-field-value
              label-hidden
              .label=${`${this.label}, item ${index + 1}`}
              .schema=${items}
              .binding=${binding}
              .scope=${this.scope}
              .pointer=${this.pointerOf(String(index))}
              .issues=${this.issuesOf(String(index))}
              @pb-value-change=${(event: CustomEvent<{ binding: Binding | undefined }>) => {
                event.stopPropagation();
                this.setItem(index, event.detail.binding);
              }}
            ></pb-field-value>
            <button
              class="btn btn-icon btn-ghost btn-small"
              aria-label="Remove item ${index + 1}"
              @click=${() => this.removeItem(index)}
            >
              ${icon('x', 14)}
            </button>
          </div>`,
      )}
      <div class="row">
        <button
          class="btn btn-ghost btn-small"
          @click=${() => this.change({ list: [...this.listBinding.list, { value: typeOf(items) === 'string' ? '' : null }] })}
        >
          ${icon('plus', 14)}Add an item
        </button>
        ${this.renderJsonSwitch()}
      </div>
    </div>`;
  }

  private renderJson(): TemplateResult {
    return html`<div class="field">
      <div class="input area ${this.jsonProblem === '' ? '' : 'is-bad'}">
        <textarea
          class="json-text"
          spellcheck="false"
          aria-label="${this.label} as JSON"
          .value=${this.jsonText}
          @input=${this.handleJson}
        ></textarea>
      </div>
      ${
        this.jsonProblem === ''
          ? html`<p class="help">Strings may hold {{ }} with data.</p>`
          : html`<p class="help help-bad" role="status">${icon('circle-alert', 12)}<span>${this.jsonProblem}</span></p>`
      }
      <div class="row">
        <button
          class="btn btn-ghost btn-small end"
          ?disabled=${this.jsonProblem !== ''}
          @click=${() => (this.isJson = false)}
        >
          ${icon('list', 14)}Back to fields
        </button>
      </div>
    </div>`;
  }

  protected override render(): TemplateResult {
    if (this.isJson) return this.renderJson();
    const isList = typeOf(this.schema) === 'array' || (this.binding !== undefined && 'list' in this.binding);
    return isList ? this.renderList() : this.renderObject();
  }
}

function freeName(object: Readonly<Record<string, Binding>>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? 'name' : `name_${number}`;
    if (!Object.hasOwn(object, name)) return name;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-nested-fields': PbNestedFields;
  }
}
