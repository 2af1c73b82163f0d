import { html, type TemplateResult } from 'lit';
import type { Binding, FlowIssue, JsonSchema, Step } from '@patchbay/flow-model';
import type { FieldHints } from '../field/field-value.ts';
import type { FieldScope } from '../field/field-scope.ts';
import '../field/field-value.ts';

/** What the form of a step works with. */
export interface StepFormContext {
  readonly scope: FieldScope;
  /** What the result of a loop may refer to; elsewhere the same as `scope`. */
  readonly resultScope: FieldScope;
  /** Problems of the step. */
  readonly issues: readonly FlowIssue[];
  readonly isReadonly: boolean;
  /** Replaces the step; `field` is a JSON pointer, typing in one field is one step of undo. */
  readonly change: (step: Step, field: string) => void;
}

/** One bound field of a form. */
export interface BoundField {
  readonly pointer: string;
  readonly label: string;
  readonly binding: Binding | undefined;
  readonly schema: JsonSchema;
  readonly isRequired?: boolean;
  readonly help?: string;
  readonly hints?: FieldHints;
  readonly onChange: (binding: Binding | undefined) => void;
}

/** A field with its value, pills and problems. */
export function boundField(context: StepFormContext, field: BoundField): TemplateResult {
  return html`<pb-field-value
    data-pointer=${field.pointer}
    .pointer=${field.pointer}
    .label=${field.label}
    .schema=${field.schema}
    .required=${field.isRequired ?? false}
    .help=${field.help ?? ''}
    .hints=${field.hints ?? {}}
    .binding=${field.binding}
    .scope=${context.scope}
    .readonly=${context.isReadonly}
    .issues=${issuesAt(context.issues, field.pointer)}
    @pb-value-change=${(event: CustomEvent<{ binding: Binding | undefined }>) => {
      field.onChange(event.detail.binding);
    }}
  ></pb-field-value>`;
}

/** A field that is always a formula, kept as text. */
export interface FormulaField extends Omit<BoundField, 'binding' | 'schema' | 'onChange'> {
  readonly formula: string;
  readonly onChange: (formula: string) => void;
}

/** A field whose whole content is a formula, such as a condition. */
export function formulaField(context: StepFormContext, field: FormulaField): TemplateResult {
  return html`<pb-field-value
    formula-only
    data-pointer=${field.pointer}
    .pointer=${field.pointer}
    .label=${field.label}
    .required=${field.isRequired ?? true}
    .help=${field.help ?? ''}
    .binding=${{ formula: field.formula }}
    .scope=${context.scope}
    .readonly=${context.isReadonly}
    .issues=${issuesAt(context.issues, field.pointer)}
    @pb-value-change=${(event: CustomEvent<{ binding: Binding | undefined }>) => {
      const { binding } = event.detail;
      field.onChange(binding !== undefined && 'formula' in binding ? binding.formula : '');
    }}
  ></pb-field-value>`;
}

/** Problems of a field and of everything in it. */
export function issuesAt(issues: readonly FlowIssue[], pointer: string): FlowIssue[] {
  return issues.filter((issue) => issue.field === pointer || issue.field?.startsWith(`${pointer}/`) === true);
}
