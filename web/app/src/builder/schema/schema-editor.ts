import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { isRecord } from '../../forms/schema/pointer.ts';
import { baseStyles } from '../../styles/base-styles.ts';
import { PbElement } from '../../ui/pb-element.ts';
import { checkSchema, type SchemaProblem } from './check-schema.ts';
import { renderSchemaRow } from './schema-row.ts';
import { blankSchema, withNewField } from './schema-edits.ts';
import {
  fieldsPlace,
  placeOf,
  rowsOf,
  schemaTypes,
  typeOfSchema,
  type SchemaRow,
  type SchemaType,
} from './schema-rows.ts';
import { schemaEditorStyles } from './schema-styles.ts';
import '../../ui/button/button.ts';
import '../../ui/segmented/segmented.ts';
import '../../ui/select/select.ts';
import './json-editor.ts';

const rowsAtOnce = 150;

/**
 * @summary A JSON Schema as a tree of fields with types and descriptions, and as text; both edit the same schema.
 * @slot actions - Buttons at the right of the heading.
 * @event pb-schema-change - detail is the schema; undefined: there is none any more.
 */
@customElement('pb-schema-editor')
export class PbSchemaEditor extends PbElement {
  static override styles = [baseStyles, schemaEditorStyles];

  @property() label = 'Schema';
  /** Said before the type of the whole, for example "The answer is". */
  @property() subject = 'The answer is';
  @property({ attribute: false }) schema: FormSchema | undefined;
  @property({ type: Boolean }) readonly = false;
  /** Message of the server. */
  @property() error?: string;

  @state() private view: 'fields' | 'json' = 'fields';
  @state() private toggled: ReadonlySet<string> = new Set();
  @state() private limit = rowsAtOnce;

  private readonly change = (schema: FormSchema | undefined): void => {
    this.schema = schema;
    this.emitLocal('pb-schema-change', schema);
  };

  private readonly toggle = (row: SchemaRow): void => {
    const toggled = new Set(this.toggled);
    if (!toggled.delete(row.id)) toggled.add(row.id);
    this.toggled = toggled;
  };

  /** Adds a field below a place and puts the keyboard into its name. */
  private readonly add = (pointer: string, below?: SchemaRow): void => {
    const { schema, name } = withNewField(this.schema ?? {}, pointer);
    if (below !== undefined && !below.isOpen) this.toggle(below);
    this.limit = Number.MAX_SAFE_INTEGER;
    this.change(schema);
    void this.updateComplete.then(() => {
      const inputs = [...(this.shadowRoot?.querySelectorAll<HTMLInputElement>('input[data-name]') ?? [])];
      const added = inputs.find((input) => input.dataset['name'] === `${below?.id ?? ''}/${name}`);
      added?.focus();
      added?.select();
    });
  };

  private get problems(): readonly SchemaProblem[] {
    const own = this.schema === undefined ? [] : checkSchema(this.schema);
    return this.error === undefined ? own : [{ pointer: '', message: this.error }, ...own];
  }

  private renderTop(schema: FormSchema): TemplateResult {
    return html`<div class="top">
      <pb-select
        label=${this.subject}
        chip=${this.subject}
        ?disabled=${this.readonly}
        .value=${typeOfSchema(schema)}
        .options=${schemaTypes}
        @pb-change=${(event: CustomEvent<SchemaType>) => {
          this.change({ ...blankSchema(event.detail), ...keptOf(schema) });
        }}
      ></pb-select>
    </div>`;
  }

  private renderFields(schema: FormSchema): TemplateResult {
    const rows = rowsOf(schema, { toggled: this.toggled, openLevels: 2 });
    const canHaveFields = fieldsPlace(schema, placeOf(schema, '')) !== undefined;
    const isOther = rows.length === 0 && !canHaveFields;
    const top = placeOf(schema, '').pointer;
    return html`${this.readonly && typeOfSchema(schema) === 'object' ? nothing : this.renderTop(schema)}
    ${rows.length === 0 ? nothing : this.renderTable(rows)}
    ${rows.length > this.limit ? this.renderMore(rows.length) : nothing}
    ${isOther ? html`<p class="help">${otherWords(schema)}</p>` : nothing}
    ${canHaveFields && rows.length === 0 && this.readonly ? html`<p class="help">No fields are fixed.</p>` : nothing}
    ${
      canHaveFields && !this.readonly
        ? html`<pb-button
            class="add"
            size="small"
            icon="plus"
            @click=${() => {
              this.add(top);
            }}
            >Add a field</pb-button
          >`
        : nothing
    }`;
  }

  private renderMore(count: number): TemplateResult {
    return html`<pb-button
      class="add"
      variant="link"
      @click=${() => {
        this.limit = count;
      }}
      >Show all ${count} fields</pb-button
    >`;
  }

  private renderTable(rows: readonly SchemaRow[]): TemplateResult {
    const { schema = {}, change, toggle, add } = this;
    const context = { schema, isReadonly: this.readonly, change, toggle, add };
    const lines = rows.slice(0, this.limit).map((row) => renderSchemaRow(row, context));
    const label = `Fields of ${this.label.toLowerCase()}`;
    if (this.readonly)
      return html`<table class="is-read" aria-label=${label}>
        <tbody>
          ${lines}
        </tbody>
      </table>`;
    return html`<table aria-label=${label}>
      <thead>
        <tr>
          <th>Field</th>
          <th>Type</th>
          <th>Always there</th>
          <th>Description</th>
          <th><span class="vh">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${lines}
      </tbody>
    </table>`;
  }

  private renderJson(): TemplateResult {
    return html`<pb-json-editor
      label="${this.label} as JSON"
      ?readonly=${this.readonly}
      .value=${this.schema}
      .problems=${this.problems}
      @pb-change=${(event: CustomEvent<unknown>) => {
        const value = event.detail;
        if (value === undefined) this.change(undefined);
        else if (isRecord(value) && !Array.isArray(value)) this.change(value); // checked above as a schema
      }}
    ></pb-json-editor>`;
  }

  protected override render(): TemplateResult {
    const { schema } = this;
    return html`<div class="head">
        <h3 class="h3">${this.label}</h3>
        <pb-segmented
          label="Show ${this.label.toLowerCase()} as"
          .value=${this.view}
          .items=${[
            { value: 'fields', label: 'Fields' },
            { value: 'json', label: 'JSON Schema' },
          ]}
          @pb-change=${(event: CustomEvent<'fields' | 'json'>) => {
            this.view = event.detail;
          }}
        ></pb-segmented>
        <slot name="actions"></slot>
      </div>
      ${this.view === 'json' ? this.renderJson() : schema === undefined ? this.renderNone() : this.renderFields(schema)}
      ${this.view === 'fields' ? this.problems.slice(0, 3).map((one) => renderProblem(one)) : nothing}`;
  }

  private renderNone(): TemplateResult {
    return html`<div class="none">
      <p class="t2">Nothing is said about it yet. With a schema, its fields become data in every flow.</p>
      ${
        this.readonly
          ? nothing
          : html`<pb-button
              size="small"
              icon="plus"
              @click=${() => {
                this.add('');
              }}
              >Add a field</pb-button
            >`
      }
    </div>`;
  }
}

function renderProblem({ pointer, message }: SchemaProblem): TemplateResult {
  return html`<p class="help help-bad problem" role="alert">
    <span>${pointer === '' ? nothing : html`<code>${pointer}</code> `}${message}</span>
  </p>`;
}

const keptOf = ({ title, description, $defs }: FormSchema): FormSchema => ({
  ...(title !== undefined && { title }),
  ...(description !== undefined && { description }),
  ...($defs !== undefined && { $defs }),
});

function otherWords(schema: FormSchema): string {
  if (schema.oneOf ?? schema.anyOf ?? schema.allOf) return 'It has several forms. Edit them as JSON Schema.';
  return typeOfSchema(schema) === 'any' ? 'Nothing is fixed: it may be anything.' : 'A single value.';
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-schema-editor': PbSchemaEditor;
  }
}
