import { html, nothing, type TemplateResult } from 'lit';

/** A plain text field of a form. */
export interface TextField {
  readonly label: string;
  readonly value: string;
  readonly help?: string;
  readonly placeholder?: string;
  readonly error?: string;
  readonly isMono?: boolean;
  readonly rows?: number;
  readonly onChange: (value: string) => void;
  /** Called on each keystroke when true, else when the value is committed. */
  readonly isLive?: boolean;
}

/** A plain text field. */
export function textField(field: TextField): TemplateResult {
  const handle = (event: CustomEvent<string>): void => {
    field.onChange(event.detail);
  };
  return html`<pb-input
    .label=${field.label}
    .value=${field.value}
    .help=${field.help ?? ''}
    .error=${field.error ?? ''}
    .placeholder=${field.placeholder ?? ''}
    .mono=${field.isMono ?? false}
    .rows=${field.rows ?? 1}
    @pb-input=${field.isLive === false ? nothing : handle}
    @pb-change=${field.isLive === false ? handle : nothing}
  ></pb-input>`;
}

/** A choice between a few values. */
export interface ChoiceField {
  readonly label: string;
  readonly value: string;
  readonly help?: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

/** A select. */
export function choiceField(field: ChoiceField): TemplateResult {
  return html`<pb-select
    .label=${field.label}
    .value=${field.value}
    .options=${field.options}
    .help=${field.help ?? ''}
    @pb-change=${(event: CustomEvent<string>) => {
      field.onChange(event.detail);
    }}
  ></pb-select>`;
}

/** A whole number, or undefined when the field is empty. */
export interface NumberField {
  readonly label: string;
  readonly value: number | undefined;
  readonly help?: string;
  readonly placeholder?: string;
  readonly suffix?: string;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number | undefined) => void;
}

/** A field for a whole number within limits; what does not fit says so and changes nothing. */
export function numberField(field: NumberField): TemplateResult {
  return html`<pb-input
    .label=${field.label}
    .value=${field.value === undefined ? '' : String(field.value)}
    .help=${field.help ?? ''}
    .placeholder=${field.placeholder ?? ''}
    .suffix=${field.suffix ?? ''}
    @pb-input=${(event: CustomEvent<string>) => {
      const input = event.currentTarget as HTMLElement & { error?: string };
      const problem = problemOf(event.detail, field);
      input.error = problem ?? '';
      if (problem === undefined) field.onChange(event.detail.trim() === '' ? undefined : Number(event.detail));
    }}
  ></pb-input>`;
}

function problemOf(text: string, { least, most }: NumberField): string | undefined {
  if (text.trim() === '') return undefined;
  const number = Number(text);
  const fits = Number.isInteger(number) && number >= least && number <= most;
  return fits ? undefined : `A whole number from ${least} to ${most}.`;
}
