import type { ParameterDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import type { FormSchema } from '../../forms/schema/form-schema.ts';
import { textOf } from '../../forms/schema/pointer.ts';
import { icon } from '../../ui/icon/icon.ts';
import type { MenuItem } from '../../ui/menu/menu.ts';
import { typeOfSchema } from '../schema/schema-rows.ts';
import type { Change } from './operation-context.ts';
import { defaultProblem, readDefault } from './operation-edits.ts';

/** One parameter and what may be done with it. */
export interface ParameterRow {
  readonly parameter: ParameterDefinition;
  readonly at: number;
  readonly isLast: boolean;
  readonly isReadonly: boolean;
  readonly problem: string | undefined;
  readonly change: (change: Change<ParameterDefinition>) => void;
  readonly act: (action: string) => void;
}

const locations = [
  { value: 'path', label: 'Path' },
  { value: 'query', label: 'Query' },
  { value: 'header', label: 'Header' },
  { value: 'body', label: 'Body' },
] as const satisfies readonly { value: ParameterDefinition['location']; label: string }[];

const types = [
  { value: 'string', label: 'string' },
  { value: 'number', label: 'number' },
  { value: 'integer', label: 'integer' },
  { value: 'boolean', label: 'boolean' },
] as const satisfies readonly { value: ParameterDefinition['type']; label: string }[];

/** One line of the table, and below it what is wrong with it. */
export function renderParameterRow(row: ParameterRow): TemplateResult {
  const problem = row.problem ?? defaultProblem(row.parameter);
  const id = `problem-${row.at}`;
  return html`<tr data-row=${row.at} data-parameter=${row.parameter.name}>
      ${row.isReadonly ? readCells(row) : editCells(row, problem === undefined ? undefined : id)}
      <td class="last r">${renderMenu(row)}</td>
    </tr>
    ${
      problem === undefined
        ? nothing
        : html`<tr>
            <td colspan="7" class="wrong">
              <p class="help help-bad" id=${id} role="alert">${icon('circle-alert', 12)}<span>${problem}</span></p>
            </td>
          </tr>`
    }`;
}

function readCells({ parameter }: ParameterRow): TemplateResult {
  const place = locations.find(({ value }) => value === parameter.location)?.label;
  return html`<td class="first"><span class="key">${parameter.name}</span></td>
    <td>${place}</td>
    <td class="t2">${typeWord(parameter)}</td>
    <td>${parameter.required ? html`<span>required</span>` : html`<span class="t3">optional</span>`}</td>
    <td class="t2"><code>${textOf(parameter.default)}</code></td>
    <td class="t2 about">${parameter.description ?? nothing}</td>`;
}

function editCells(row: ParameterRow, describedBy: string | undefined): TemplateResult {
  const { parameter, change } = row;
  const { name } = parameter;
  return html`<td class="first">
      <input
        class="cell mono"
        aria-label="Key of ${name}"
        aria-describedby=${describedBy ?? nothing}
        aria-invalid=${describedBy === undefined ? nothing : 'true'}
        spellcheck="false"
        .value=${name}
        @input=${(event: Event) => {
          change({ name: (event.target as HTMLInputElement).value });
        }}
      />
    </td>
    <td>
      ${choice(`Place of ${name}`, { value: parameter.location, options: locations }, (location) => {
        const isPath = location === 'path';
        change({ location, ...(isPath && { required: true, default: undefined }) });
      })}
    </td>
    <td>${renderType(row)}</td>
    <td class="needed">
      <input
        type="checkbox"
        aria-label="${name} is required"
        .checked=${parameter.required}
        @change=${(event: Event) => {
          const required = (event.target as HTMLInputElement).checked;
          change({ required, ...(required && { default: undefined }) });
        }}
      />
    </td>
    <td>${renderDefault(row)}</td>
    <td>
      <input
        class="cell"
        aria-label="Description of ${name}"
        placeholder="What it is for"
        .value=${parameter.description ?? ''}
        @input=${(event: Event) => {
          change({ description: (event.target as HTMLInputElement).value || undefined });
        }}
      />
    </td>`;
}

function renderType({ parameter, change, act }: ParameterRow): TemplateResult {
  if (parameter.schema !== undefined) {
    return html`<button
      type="button"
      class="cell link"
      aria-label="Schema of ${parameter.name}: ${typeWord(parameter)}"
      @click=${() => {
        act('schema');
      }}
    >
      ${typeWord(parameter)}
    </button>`;
  }
  return choice(`Type of ${parameter.name}`, { value: parameter.type, options: types }, (type) => {
    change({ type, default: readDefault(textOf(parameter.default), type) });
  });
}

function renderDefault({ parameter, change }: ParameterRow): TemplateResult {
  const { name, required, default: value, type } = parameter;
  if (required) return html`<span class="t3 none">none</span>`;
  return html`<input
    class="cell mono"
    aria-label="Default of ${name}"
    placeholder="none"
    spellcheck="false"
    .value=${textOf(value)}
    @change=${(event: Event) => {
      change({ default: readDefault((event.target as HTMLInputElement).value, type) });
    }}
  />`;
}

function renderMenu(row: ParameterRow): TemplateResult {
  const { name, schema } = row.parameter;
  const items: readonly MenuItem[] = [
    { id: 'schema', label: schema === undefined ? 'More about its values' : 'Show its schema', icon: 'braces' },
    ...(row.isReadonly ? [] : editItems(row)),
  ];
  return html`<pb-menu
    icon="ellipsis"
    size="tiny"
    label="Actions of ${name}"
    .items=${items}
    @pb-menu-select=${(event: CustomEvent<string>) => {
      row.act(event.detail);
    }}
  ></pb-menu>`;
}

const editItems = (row: ParameterRow): readonly MenuItem[] => [
  { id: 'up', label: 'Move up', icon: 'arrow-up', disabled: row.at === 0 },
  { id: 'down', label: 'Move down', icon: 'arrow-down', disabled: row.isLast },
  { id: 'remove', label: 'Remove', icon: 'trash-2', isDanger: true, hasLineAbove: true },
];

function typeWord({ schema, type }: ParameterDefinition): string {
  if (schema === undefined) return type;
  const form = schema as FormSchema; // a JSON Schema by the contract
  const word = typeOfSchema(form);
  return form.enum === undefined ? word : `${word}, one of ${form.enum.length}`;
}

function choice<Value extends string>(
  label: string,
  list: { readonly value: Value; readonly options: readonly { readonly value: Value; readonly label: string }[] },
  choose: (value: Value) => void,
): TemplateResult {
  return html`<select
    class="cell"
    aria-label=${label}
    @change=${(event: Event) => {
      choose((event.target as HTMLSelectElement).value as Value); // the options are values of this type
    }}
  >
    ${list.options.map(({ value, label: words }) => html`<option value=${value} .selected=${value === list.value}>${words}</option>`)}
  </select>`;
}
