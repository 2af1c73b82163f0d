import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { baseStyles } from '../../styles/base-styles.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import {
  fieldOf,
  fieldsOf,
  initialValue,
  variantsOf,
  type FieldsContext,
  type FormField,
} from '../schema/form-fields.ts';
import type { FieldHint, FormSchema } from '../schema/form-schema.ts';
import { childPointer, isRecord, textOf, withValueAt } from '../schema/pointer.ts';
import { validateValue, type ValueProblems } from '../schema/validate-value.ts';
import { renderSimpleField } from './simple-field.ts';
import { schemaFormStyles } from './schema-form.styles.ts';
import '../../ui/button/button.ts';
import '../../ui/select/select.ts';
import '../json-field/json-field.ts';

/** What a change of one field says. */
export interface FormChange {
  /** JSON pointer of the field. */
  readonly path: string;
  /** New value of the field; undefined: removed. */
  readonly value: unknown;
  /** New value of the whole form. */
  readonly whole: unknown;
}

/** Draws a field in place of the form's own widget; undefined leaves it to the form. */
export type FieldRenderer = (field: FormField, error: string | undefined) => TemplateResult | undefined;

/**
 * @summary A form made from a JSON Schema: required fields first, optional and advanced ones folded.
 * With `renderer`, another element edits the fields (the mapping of a step); the form keeps order, folding and help.
 * @event pb-form-change - detail is a {@link FormChange}.
 */
@customElement('pb-schema-form')
export class PbSchemaForm extends PbElement {
  static override styles = [baseStyles, schemaFormStyles];

  @property({ attribute: false }) schema: FormSchema = {};
  @property({ attribute: false }) value: unknown = {};
  /** Hints by JSON pointer (`ui` of an operation). */
  @property({ attribute: false }) ui: Readonly<Record<string, FieldHint>> = {};
  /** Messages by JSON pointer, for example of the server. */
  @property({ attribute: false }) errors: ValueProblems = {};
  @property({ type: Boolean }) readonly = false;
  /** Shows optional fields without folding. */
  @property({ type: Boolean }) unfolded = false;
  @property({ attribute: false }) renderer?: FieldRenderer;

  /** Checks the value against the schema; shows what is wrong and answers whether all is well. */
  validate(): boolean {
    this.errors = validateValue(this.schema, this.value);
    return Object.keys(this.errors).length === 0;
  }

  private get context(): FieldsContext {
    return { root: this.schema, ui: this.ui };
  }

  private readonly change = (path: string, value: unknown): void => {
    this.value = withValueAt(this.value, path, value);
    if (this.errors[path] !== undefined) {
      const { [path]: _solved, ...rest } = this.errors;
      this.errors = rest;
    }
    this.emit<FormChange>('pb-form-change', { path, value, whole: this.value });
  };

  private renderField(field: FormField): TemplateResult {
    const error = this.errors[field.pointer];
    const own = this.renderer?.(field, error);
    if (own !== undefined) return own;
    switch (field.kind) {
      case 'object':
        return this.renderNested(field, this.renderFields(fieldsOf(field.schema, field, this.context)));
      case 'list':
        return this.renderNested(field, this.renderList(field));
      case 'variants':
        return this.renderNested(field, this.renderVariants(field));
      case 'key_value':
        return this.renderNested(field, this.renderPairs(field));
      default:
        return renderSimpleField(field, { error, isReadonly: this.readonly, change: this.change });
    }
  }

  private renderNested(field: FormField, content: TemplateResult): TemplateResult {
    return html`<fieldset class="nested">
      <legend>${field.label}${field.isRequired ? nothing : html` <span class="t3 small">optional</span>`}</legend>
      <div class="fields">
        ${field.help ? html`<p class="help">${field.help}</p>` : nothing}${content}
        ${this.errors[field.pointer] ? html`<p class="help help-bad">${this.errors[field.pointer]}</p>` : nothing}
      </div>
    </fieldset>`;
  }

  private renderRemove(pointer: string, name: string): TemplateResult {
    return html`<pb-button
      variant="ghost"
      icon="x"
      label="Remove ${name}"
      ?disabled=${this.readonly}
      @click=${() => {
        this.change(pointer, undefined);
      }}
    ></pb-button>`;
  }

  private renderAdd(label: string, add: () => void): TemplateResult {
    return html`<div>
      <pb-button size="small" icon="plus" ?disabled=${this.readonly} @click=${add}>${label}</pb-button>
    </div>`;
  }

  private renderList(field: FormField): TemplateResult {
    const items = Array.isArray(field.value) ? (field.value as unknown[]) : [];
    const itemSchema = field.schema.items ?? {};
    return html`${items.map((value, index) => {
      const pointer = childPointer(field.pointer, index);
      const row = fieldOf(`${field.label} ${index + 1}`, { schema: itemSchema, value, pointer }, this.context);
      return html`<div class="list-row">
        ${this.renderField(row)}${this.renderRemove(pointer, row.label.toLowerCase())}
      </div>`;
    })}
    ${this.renderAdd(items.length === 0 ? 'Add the first' : 'Add another', () => {
      this.change(childPointer(field.pointer, items.length), initialValue(itemSchema) ?? '');
    })}`;
  }

  private renderPairs(field: FormField): TemplateResult {
    const entries = isRecord(field.value) ? Object.entries(field.value) : [];
    const rename = (index: number, name: string): void => {
      const renamed = entries.map(([key, value], position) => [position === index ? name : key, value] as const);
      this.change(field.pointer, Object.fromEntries(renamed));
    };
    return html`${entries.map(
      ([name, value], index) =>
        html`<div class="pair">
          <pb-input
            label="Name"
            label-hidden
            placeholder="Name"
            ?readonly=${this.readonly}
            .value=${name}
            @pb-change=${(event: CustomEvent<string>) => {
              rename(index, event.detail);
            }}
          ></pb-input>
          <pb-input
            label="Value of ${name || 'the new entry'}"
            label-hidden
            placeholder="Value"
            ?readonly=${this.readonly}
            .value=${textOf(value)}
            @pb-input=${(event: CustomEvent<string>) => {
              this.change(childPointer(field.pointer, name), event.detail);
            }}
          ></pb-input>
          ${this.renderRemove(childPointer(field.pointer, name), name || 'the entry')}
        </div>`,
    )}
    ${this.renderAdd('Add an entry', () => {
      this.change(field.pointer, { ...Object.fromEntries(entries), '': '' });
    })}`;
  }

  private renderVariants(field: FormField): TemplateResult {
    const variants = variantsOf(field.schema) ?? [];
    const chosen = variants.findIndex(({ schema }) => fitsConstants(schema, field.value));
    const variant = variants[chosen];
    return html`<pb-select
        label="Kind of ${field.label.toLowerCase()}"
        placeholder="Choose"
        .value=${variant === undefined ? '' : String(chosen)}
        .options=${variants.map(({ label }, index) => ({ value: String(index), label }))}
        @pb-change=${(event: CustomEvent<string>) => {
          this.change(field.pointer, initialValue(variants[Number(event.detail)]?.schema ?? {}));
        }}
      ></pb-select>
      ${
        variant?.schema.properties === undefined
          ? nothing
          : this.renderFields(
              fieldsOf(variant.schema, field, this.context).filter((inner) => inner.schema.const === undefined),
            )
      }`;
  }

  private renderFolded(label: string, fields: readonly FormField[]): TemplateResult | typeof nothing {
    if (fields.length === 0) return nothing;
    const isSet = fields.some((field) => field.value !== undefined);
    const hasError = fields.some((field) => this.errors[field.pointer] !== undefined);
    const changed = fields.filter((field) => field.value !== undefined).length;
    return html`<details ?open=${hasError || (isSet && label === 'Optional')}>
      <summary>
        ${icon('chevron-right', 14)}${label}<span class="count">${fields.length}</span>
        ${changed > 0 ? html`<span class="end small t3">${changed} changed</span>` : nothing}
      </summary>
      <div class="fields">${fields.map((field) => this.renderField(field))}</div>
    </details>`;
  }

  private renderFields(fields: readonly FormField[]): TemplateResult {
    const advanced = fields.filter((field) => field.isAdvanced);
    const plain = fields.filter((field) => !field.isAdvanced);
    const required = this.unfolded ? plain : plain.filter((field) => field.isRequired);
    const optional = this.unfolded ? [] : plain.filter((field) => !field.isRequired);
    const isShort = required.length === 0 && optional.length <= 6;
    const open = isShort ? optional : required;
    return html`${open.map((field) => this.renderField(field))}
    ${isShort ? nothing : this.renderFolded('Optional', optional)}${this.renderFolded('Advanced', advanced)}`;
  }

  protected override render(): TemplateResult {
    const fields = fieldsOf(this.schema, { value: this.value, pointer: '' }, this.context);
    if (fields.length > 0) return html`<div class="fields">${this.renderFields(fields)}</div>`;
    if (this.schema.properties !== undefined || this.schema.type === 'object') {
      const isOpen = this.schema.additionalProperties !== false && this.schema.properties === undefined;
      if (!isOpen) return html`<p class="help">Nothing needs to be filled in.</p>`;
    }
    const whole = fieldOf('Value', { schema: this.schema, value: this.value, pointer: '' }, this.context);
    return html`<div class="fields">${this.renderField(whole)}</div>`;
  }
}

function fitsConstants(schema: FormSchema, value: unknown): boolean {
  if (schema.const !== undefined) return schema.const === value;
  const constants = Object.entries(schema.properties ?? {}).filter(([, property]) => property.const !== undefined);
  if (constants.length === 0 || !isRecord(value)) return false;
  return constants.every(([name, property]) => value[name] === property.const);
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-schema-form': PbSchemaForm;
  }
}
