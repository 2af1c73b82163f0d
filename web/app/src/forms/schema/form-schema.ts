/** Widgets that a schema or a connector may ask for. */
export type WidgetName = 'text' | 'multiline' | 'code' | 'secret' | 'key_value' | 'json' | 'duration';

/** Hints of one field: `x-ui` in the schema, or the table of the operation by JSON pointer. */
export interface FieldHint {
  readonly widget?: WidgetName;
  readonly isAdvanced?: boolean;
  readonly placeholder?: string;
  readonly help?: string;
  readonly order?: number;
  /** Shown only while another field of the same object has this value. */
  readonly showIf?: { readonly field: string; readonly equals: unknown };
}

/** The part of JSON Schema 2020-12 that the form understands; everything else is shown as JSON. */
export interface FormSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly required?: readonly string[];
  readonly items?: FormSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly oneOf?: readonly FormSchema[];
  readonly anyOf?: readonly FormSchema[];
  readonly allOf?: readonly FormSchema[];
  readonly if?: FormSchema;
  readonly then?: FormSchema;
  readonly else?: FormSchema;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly additionalProperties?: boolean | FormSchema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, FormSchema>>;
  readonly 'x-ui'?: FieldHint;
}

/** The types a schema allows, without `null`. */
export function typesOf(schema: FormSchema): readonly string[] {
  const { type } = schema;
  const types = type === undefined ? [] : typeof type === 'string' ? [type] : type;
  return types.filter((name) => name !== 'null');
}
