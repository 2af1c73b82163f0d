import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { JsonSchema } from '@patchbay/flow-model';
import { baseStyles } from '../styles/base-styles.ts';
import { icon } from '../ui/icon/icon.ts';
import { PbElement } from '../ui/pb-element.ts';
import { labelOf, propertiesOf, requiredOf } from './field/field-scope.ts';
import { typeOf } from './field/binding-edits.ts';

const types = [
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'integer', label: 'Whole number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'object', label: 'Object' },
  { value: 'array', label: 'List' },
] as const;

/**
 * @summary Edits the fields of an object schema as rows: name, type, needed or not.
 * @event pb-schema-change - detail is the schema.
 */
@customElement('pb-schema-fields')
export class PbSchemaFields extends PbElement {
  static override styles = [
    baseStyles,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 8px;
      }
      .row1 {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 130px 86px 28px;
        gap: 6px;
        align-items: center;
      }
      .needed {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 24px;
        font-size: 12px;
        color: var(--text-2);
      }
    `,
  ];

  @property({ attribute: false }) schema: JsonSchema = {};

  private send(fields: readonly (readonly [string, JsonSchema])[], required: ReadonlySet<string>): void {
    const names = new Set(fields.map(([name]) => name));
    this.emitLocal('pb-schema-change', {
      ...this.schema,
      type: 'object',
      properties: Object.fromEntries(fields),
      required: [...required].filter((name) => names.has(name)),
    });
  }

  private rename(from: string, wish: string): void {
    const to = wish.trim().replaceAll(/[^\w]+/g, '_');
    const fields = propertiesOf(this.schema);
    if (to === '' || to === from || fields.some(([name]) => name === to)) {
      this.requestUpdate();
      return;
    }
    const required = new Set([...requiredOf(this.schema)].map((name) => (name === from ? to : name)));
    this.send(
      fields.map(([name, schema]) => [name === from ? to : name, schema] as const),
      required,
    );
  }

  private change(target: string, schema: JsonSchema): void {
    this.send(
      propertiesOf(this.schema).map(([name, known]) => [name, name === target ? schema : known] as const),
      requiredOf(this.schema),
    );
  }

  private setRequired(name: string, isRequired: boolean): void {
    const required = new Set(requiredOf(this.schema));
    if (isRequired) required.add(name);
    else required.delete(name);
    this.send(propertiesOf(this.schema), required);
  }

  private add(): void {
    const fields = propertiesOf(this.schema);
    let number = fields.length + 1;
    while (fields.some(([name]) => name === `field_${number}`)) number += 1;
    this.send([...fields, [`field_${number}`, { type: 'string' }]], requiredOf(this.schema));
  }

  protected override render(): TemplateResult {
    const required = requiredOf(this.schema);
    return html`${propertiesOf(this.schema).map(
        ([name, schema]) =>
          html`<div class="row1">
            <div class="input">
              <input
                type="text"
                aria-label="Name of the field ${labelOf(name, schema)}"
                .value=${name}
                @change=${(event: Event) => {
                  this.rename(name, (event.target as HTMLInputElement).value);
                }}
              />
            </div>
            <div class="input">
              <select
                aria-label="Type of ${name}"
                @change=${(event: Event) => {
                  this.change(name, { ...schema, type: (event.target as HTMLSelectElement).value });
                }}
              >
                ${types.map((type) => html`<option value=${type.value} .selected=${type.value === typeOf(schema)}>${type.label}</option>`)}
              </select>
            </div>
            <label class="needed">
              <input
                type="checkbox"
                .checked=${required.has(name)}
                @change=${(event: Event) => {
                  this.setRequired(name, (event.target as HTMLInputElement).checked);
                }}
              />Needed
            </label>
            <button
              class="btn btn-icon btn-ghost btn-small"
              aria-label="Remove ${name}"
              @click=${() => {
                this.send(
                  propertiesOf(this.schema).filter(([known]) => known !== name),
                  required,
                );
              }}
            >
              ${icon('x', 14)}
            </button>
          </div>`,
      )}
      <div class="row">
        <button
          class="btn btn-secondary btn-small"
          @click=${() => {
            this.add();
          }}
        >
          ${icon('plus', 14)}Add a field
        </button>
      </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-schema-fields': PbSchemaFields;
  }
}
