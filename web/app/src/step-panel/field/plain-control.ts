import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { JsonSchema, JsonValue } from '@patchbay/flow-model';
import { typeOf } from './binding-edits.ts';

/** What the plain control of a field needs. */
export interface PlainControlOptions {
  readonly label: string;
  readonly schema: JsonSchema;
  readonly value: JsonValue | undefined;
  readonly isMultiline: boolean;
  readonly placeholder: string;
  readonly describedBy: string;
  readonly isInvalid: boolean;
  /** `undefined` means that the field is left out. */
  readonly onChange: (value: JsonValue | undefined) => void;
}

/** The plain control of a type: text, number, choice, yes or no. */
export function plainControl(options: PlainControlOptions): TemplateResult {
  const { schema } = options;
  if (Array.isArray(schema['enum'])) return choice(options, schema['enum']);
  const type = typeOf(schema);
  if (type === 'boolean') return choice(options, [true, false]);
  return options.isMultiline ? lines(options) : line(options, type);
}

function choice(options: PlainControlOptions, values: readonly JsonValue[]): TemplateResult {
  const words = (value: JsonValue): string =>
    value === true ? 'Yes' : value === false ? 'No' : typeof value === 'string' ? value : JSON.stringify(value);
  return html`<div class="input">
    <select
      id="control"
      aria-label=${options.label}
      aria-describedby=${options.describedBy || nothing}
      aria-invalid=${options.isInvalid ? 'true' : nothing}
      @change=${(event: Event) => {
        const index = (event.target as HTMLSelectElement).selectedIndex - 1;
        options.onChange(index < 0 ? undefined : values[index]);
      }}
    >
      <option .selected=${options.value === undefined}>${defaultWords(options.schema, words)}</option>
      ${values.map((value) => html`<option .selected=${value === options.value}>${words(value)}</option>`)}
    </select>
  </div>`;
}

function defaultWords(schema: JsonSchema, words: (value: JsonValue) => string): string {
  const fallback = schema['default'];
  return fallback === undefined ? 'Not set' : `Not set (${words(fallback)})`;
}

function line(options: PlainControlOptions, type: string): TemplateResult {
  const isNumber = type === 'number' || type === 'integer';
  return html`<div class="input">
    <input
      id="control"
      type="text"
      inputmode=${isNumber ? 'decimal' : nothing}
      autocomplete="off"
      spellcheck="false"
      .value=${live(textOf(options.value))}
      placeholder=${options.placeholder}
      aria-label=${options.label}
      aria-describedby=${options.describedBy || nothing}
      aria-invalid=${options.isInvalid ? 'true' : nothing}
      @input=${(event: Event) => {
        options.onChange(parsePlain((event.target as HTMLInputElement).value, type));
      }}
    />
  </div>`;
}

function lines(options: PlainControlOptions): TemplateResult {
  return html`<div class="input area">
    <textarea
      id="control"
      rows="4"
      spellcheck="false"
      .value=${live(textOf(options.value))}
      placeholder=${options.placeholder}
      aria-label=${options.label}
      aria-describedby=${options.describedBy || nothing}
      aria-invalid=${options.isInvalid ? 'true' : nothing}
      @input=${(event: Event) => {
        const text = (event.target as HTMLTextAreaElement).value;
        options.onChange(text === '' ? undefined : text);
      }}
    ></textarea>
  </div>`;
}

function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a person typed as a value of the type; a field of any type reads numbers, true, false and JSON. */
export function parsePlain(text: string, type: string): JsonValue | undefined {
  if (text === '') return undefined;
  if (type === 'string') return text;
  if (type === 'number' || type === 'integer') {
    const number = Number(text.trim());
    return text.trim() === '' || Number.isNaN(number) ? text : number;
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
