import { html, nothing, type TemplateResult } from 'lit';
import type { Binding, JsonSchema, StepOf } from '@patchbay/flow-model';
import type { Operation } from '@patchbay/manifest';
import { icon } from '../../ui/icon/icon.ts';
import { labelOf, propertiesOf, requiredOf } from '../field/field-scope.ts';
import { boundField, issuesAt, type StepFormContext } from './form-context.ts';
import { suggestedFields } from './suggested-fields.ts';

type OperationStep = StepOf<'operation'>;

/** The input fields of an operation: required first, optional and advanced folded. */
export function operationForm(step: OperationStep, operation: Operation, context: StepFormContext): TemplateResult {
  const groups = groupFields(operation);
  const isSet = (name: string): boolean => step.input[name] !== undefined;
  const isOpen = (name: string): boolean => isSet(name) || issuesAt(context.issues, pointerOf(name)).length > 0;
  const shown = groups.optional.filter(([name]) => isOpen(name));
  const unset = groups.optional.filter(([name]) => !isOpen(name));
  const optional = (field: NamedField): TemplateResult =>
    inputField(step, operation, { context, field, isRequired: false });
  return html`
    ${
      groups.required.length === 0
        ? nothing
        : html`<div class="sec">
            <span>Required</span>
            <span class="end small"
              >${groups.required.filter(([name]) => isSet(name)).length} of ${groups.required.length} set</span
            >
          </div>`
    }
    ${groups.required.map((field) => inputField(step, operation, { context, field, isRequired: true }))}
    ${shown.map(optional)} ${suggestedFields(step, inputSchema(operation), context)}
    ${fold({ title: 'Optional', fields: unset, changed: 0, render: optional })}
    ${fold({
      title: 'Advanced',
      fields: groups.advanced,
      changed: groups.advanced.filter(([name]) => isSet(name)).length,
      render: optional,
    })}
    ${propertiesOf(inputSchema(operation)).length === 0 ? html`<p class="t2">This operation needs no input.</p>` : nothing}
  `;
}

/** The manifest's schemas are JSON by construction. */
const inputSchema = (operation: Operation): JsonSchema => operation.input as JsonSchema;

type NamedField = [string, JsonSchema];

function groupFields(operation: Operation): { required: NamedField[]; optional: NamedField[]; advanced: NamedField[] } {
  const required = requiredOf(inputSchema(operation));
  const fields = propertiesOf(inputSchema(operation));
  const isAdvanced = (name: string): boolean =>
    operation.ui[pointerIn(name)]?.isAdvanced === true || operation.ui[`/${name}`]?.isAdvanced === true;
  return {
    required: fields.filter(([name]) => required.has(name)),
    optional: fields.filter(([name]) => !required.has(name) && !isAdvanced(name)),
    advanced: fields.filter(([name]) => !required.has(name) && isAdvanced(name)),
  };
}

const escapePart = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const pointerIn = (name: string): string => `/properties/${escapePart(name)}`;
const pointerOf = (name: string): string => `/input/${escapePart(name)}`;

interface InputPlace {
  readonly context: StepFormContext;
  readonly field: NamedField;
  readonly isRequired: boolean;
}

function inputField(step: OperationStep, operation: Operation, place: InputPlace): TemplateResult {
  const [name, schema] = place.field;
  const hints = operation.ui[`/${escapePart(name)}`] ?? operation.ui[pointerIn(name)] ?? {};
  return boundField(place.context, {
    pointer: pointerOf(name),
    label: labelOf(name, schema),
    schema,
    isRequired: place.isRequired,
    help: typeof schema['description'] === 'string' ? schema['description'] : '',
    hints: {
      ...(hints.widget === undefined ? {} : { widget: hints.widget }),
      ...(hints.placeholder === undefined ? {} : { placeholder: hints.placeholder }),
    },
    binding: step.input[name],
    onChange: (binding) => {
      place.context.change({ ...step, input: withInput(step.input, name, binding) }, pointerOf(name));
    },
  });
}

function withInput(input: OperationStep['input'], name: string, binding: Binding | undefined): OperationStep['input'] {
  const { [name]: _before, ...rest } = input;
  return binding === undefined ? rest : { ...input, [name]: binding };
}

/** Fields that are folded away under a heading with their number. */
interface Fold {
  readonly title: string;
  readonly fields: readonly NamedField[];
  readonly changed: number;
  readonly render: (field: NamedField) => TemplateResult;
}

function fold({ title, fields, changed, render }: Fold): TemplateResult | typeof nothing {
  if (fields.length === 0) return nothing;
  return html`<details class="fold">
    <summary>
      ${icon('chevron-right', 14)}${title}<span class="count">${fields.length}</span>
      ${changed > 0 ? html`<span class="end small t3">${changed} changed</span>` : nothing}
    </summary>
    <div class="fold-body">${fields.map((field) => render(field))}</div>
  </details>`;
}
