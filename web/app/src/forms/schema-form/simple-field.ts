import { html, type TemplateResult } from 'lit';
import type { FormField } from '../schema/form-fields.ts';
import { textOf } from '../schema/pointer.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';
import '../../ui/switch/switch.ts';
import '../json-field/json-field.ts';

/** What a simple field needs from the form around it. */
export interface SimpleFieldContext {
  readonly error: string | undefined;
  readonly isReadonly: boolean;
  readonly change: (pointer: string, value: unknown) => void;
}

/** Text types by `format`. A date-time keeps its offset, so it is edited as text with an example. */
const inputTypes: Readonly<Record<string, 'email' | 'url' | 'date' | 'time'>> = {
  email: 'email',
  uri: 'url',
  date: 'date',
  time: 'time',
};

/** A field with one control: text, number, choice, switch or JSON. An emptied control removes the value. */
export function renderSimpleField(field: FormField, context: SimpleFieldContext): TemplateResult {
  const set = (value: unknown): void => {
    context.change(field.pointer, value);
  };
  switch (field.kind) {
    case 'boolean':
      return html`<pb-switch
        .label=${field.label}
        .help=${field.help}
        ?disabled=${context.isReadonly}
        ?checked=${Boolean(field.value ?? field.schema.default ?? false)}
        @pb-change=${(event: CustomEvent<boolean>) => {
          set(event.detail);
        }}
      ></pb-switch>`;
    case 'choice':
      return renderChoice(field, context);
    case 'json':
      return html`<pb-json-field
        .label=${field.label}
        .help=${field.help}
        .error=${context.error}
        ?optional=${!field.isRequired}
        ?readonly=${context.isReadonly}
        .value=${field.value}
        @pb-change=${(event: CustomEvent<unknown>) => {
          set(event.detail);
        }}
      ></pb-json-field>`;
    default:
      return renderInput(field, context);
  }
}

function renderChoice(field: FormField, context: SimpleFieldContext): TemplateResult {
  const values = field.schema.enum ?? [];
  const none = field.isRequired ? [] : [{ value: 'none', label: 'Not set' }];
  const at = values.indexOf(field.value);
  return html`<pb-select
    .label=${field.label}
    .help=${field.help}
    .error=${context.error}
    ?required=${field.isRequired}
    ?optional=${!field.isRequired}
    ?disabled=${context.isReadonly}
    .placeholder=${field.isRequired ? 'Choose' : ''}
    .value=${at >= 0 ? String(at) : field.isRequired ? '' : 'none'}
    .options=${[...none, ...values.map((value, index) => ({ value: String(index), label: String(value) }))]}
    @pb-change=${(event: CustomEvent<string>) => {
      context.change(field.pointer, event.detail === 'none' ? undefined : values[Number(event.detail)]);
    }}
  ></pb-select>`;
}

function renderInput(field: FormField, context: SimpleFieldContext): TemplateResult {
  const { schema, kind } = field;
  const type =
    kind === 'secret'
      ? 'password'
      : kind === 'number' || kind === 'duration'
        ? 'number'
        : inputTypes[schema.format ?? ''];
  const isNumeric = type === 'number';
  return html`<pb-input
    .type=${type ?? 'text'}
    .label=${field.label}
    .help=${field.help}
    .error=${context.error}
    .placeholder=${field.placeholder}
    .rows=${kind === 'multiline' || kind === 'code' ? 4 : 1}
    ?mono=${kind === 'code'}
    .suffix=${kind === 'duration' ? 's' : ''}
    ?required=${field.isRequired}
    ?optional=${!field.isRequired}
    ?readonly=${context.isReadonly}
    .value=${textOf(field.value)}
    @pb-input=${(event: CustomEvent<string>) => {
      context.change(field.pointer, readText(event.detail, isNumeric, field.isRequired));
    }}
  ></pb-input>`;
}

function readText(text: string, isNumeric: boolean, isRequired: boolean): unknown {
  if (text === '') return isRequired && !isNumeric ? '' : undefined;
  return isNumeric && Number.isFinite(Number(text)) ? Number(text) : text;
}
