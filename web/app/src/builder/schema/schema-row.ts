import { html, nothing, type TemplateResult } from 'lit';
import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { icon } from '../../ui/icon/icon.ts';
import { typeIcon } from '../../ui/schema-tree/schema-tree.ts';
import { withDescription, withItemType, withName, withRequired, withType, withoutField } from './schema-edits.ts';
import { schemaTypes, type SchemaRow, type SchemaType } from './schema-rows.ts';

/** What a line needs from the editor around it. */
export interface SchemaRowContext {
  readonly schema: FormSchema;
  readonly isReadonly: boolean;
  readonly change: (schema: FormSchema) => void;
  readonly toggle: (row: SchemaRow) => void;
  readonly add: (pointer: string, below: SchemaRow) => void;
}

const typeWord = (type: SchemaType): string => schemaTypes.find(({ value }) => value === type)?.label ?? type;

/** One field: name, type, whether it is always there, description, and what can be done with it. */
export function renderSchemaRow(row: SchemaRow, context: SchemaRowContext): TemplateResult {
  return html`<tr data-path=${row.path}>
    <td class="fcell" .style=${`--d: ${row.depth}`}>
      <div>${renderFold(row, context)}${icon(typeIcon(row.schema), 12)}${renderName(row, context)}</div>
    </td>
    ${context.isReadonly ? readCells(row) : editCells(row, context)}
  </tr>`;
}

function renderFold(row: SchemaRow, context: SchemaRowContext): TemplateResult {
  if (row.fieldCount === 0) return html`<span class="fold"></span>`;
  return html`<button
    type="button"
    class="fold"
    aria-expanded=${row.isOpen ? 'true' : 'false'}
    aria-label="Fields of ${row.path}"
    @click=${() => {
      context.toggle(row);
    }}
  >
    ${icon(row.isOpen ? 'chevron-down' : 'chevron-right', 12)}
  </button>`;
}

function renderName(row: SchemaRow, context: SchemaRowContext): TemplateResult {
  if (context.isReadonly) return html`<span class="medium">${row.name}</span><span class="t3">${remarkOf(row)}</span>`;
  return html`<input
    class="cell medium"
    data-name=${row.id}
    aria-label="Name of ${row.path}"
    spellcheck="false"
    .value=${row.name}
    @change=${(event: Event) => {
      const input = event.target as HTMLInputElement;
      const next = withName(context.schema, row.parent, { from: row.name, to: input.value.trim() });
      if (next === context.schema) input.value = row.name;
      else context.change(next);
    }}
  />`;
}

function readCells(row: SchemaRow): TemplateResult {
  return html`<td class="t2 about">${row.schema.description ?? nothing}</td>`;
}

/** Type and need in a few words, for who only reads. */
function remarkOf(row: SchemaRow): string {
  const items =
    row.itemType === undefined || row.itemType === 'any' ? '' : ` of ${typeWord(row.itemType).toLowerCase()}`;
  return `${typeWord(row.type).toLowerCase()}${items}${row.isRequired ? ', always there' : ''}`;
}

function editCells(row: SchemaRow, context: SchemaRowContext): TemplateResult {
  const { schema, change } = context;
  return html`<td>
      <div class="types">
        ${typeChoice(`Type of ${row.path}`, row.type, (type) => {
          change(withType(schema, row.pointer, type));
        })}
        ${
          row.itemType === undefined
            ? nothing
            : html`<span class="t3">of</span>${typeChoice(
                  `Type of the entries of ${row.path}`,
                  row.itemType,
                  (type) => {
                    change(withItemType(schema, row.pointer, type));
                  },
                )}`
        }
      </div>
    </td>
    <td class="needed">
      <input
        type="checkbox"
        aria-label="${row.path} is always there"
        .checked=${row.isRequired}
        @change=${(event: Event) => {
          const isRequired = (event.target as HTMLInputElement).checked;
          change(withRequired(schema, row.parent, { name: row.name, isRequired }));
        }}
      />
    </td>
    <td>
      <input
        class="cell"
        aria-label="Description of ${row.path}"
        placeholder="What it holds"
        .value=${row.schema.description ?? ''}
        @change=${(event: Event) => {
          change(withDescription(schema, row.pointer, (event.target as HTMLInputElement).value));
        }}
      />
    </td>
    <td class="acts">${renderActions(row, context)}</td>`;
}

function renderActions(row: SchemaRow, context: SchemaRowContext): TemplateResult {
  const canAdd = row.fieldsAt !== undefined;
  return html`${
      canAdd
        ? html`<button
            type="button"
            class="act"
            aria-label="Add a field to ${row.path}"
            title="Add a field"
            @click=${() => {
              context.add(row.fieldsAt ?? row.pointer, row);
            }}
          >
            ${icon('plus', 14)}
          </button>`
        : nothing
    }<button
      type="button"
      class="act"
      aria-label="Remove ${row.path}"
      title="Remove"
      @click=${() => {
        context.change(withoutField(context.schema, row.parent, row.name));
      }}
    >
      ${icon('x', 14)}
    </button>`;
}

function typeChoice(label: string, type: SchemaType, choose: (type: SchemaType) => void): TemplateResult {
  return html`<select
    class="cell"
    aria-label=${label}
    @change=${(event: Event) => {
      choose((event.target as HTMLSelectElement).value as SchemaType); // the options are those of schemaTypes
    }}
  >
    ${schemaTypes.map(({ value, label: words }) => html`<option value=${value} .selected=${value === type}>${words}</option>`)}
  </select>`;
}
