import { html, nothing, type TemplateResult } from 'lit';
import { suggestMappings, type MappingSuggestion, type SuggestionSource } from '@patchbay/canvas-core';
import type { Binding, JsonSchema, StepOf } from '@patchbay/flow-model';
import { icon } from '../../ui/icon/icon.ts';
import { labelOf, propertiesOf, requiredOf, type FieldScope } from '../field/field-scope.ts';
import { pillPreview } from '../preview/field-preview.ts';
import { pillWords } from '../field/pill.ts';
import { parsePill } from '@patchbay/flow-model/expression';
import type { StepFormContext } from './form-context.ts';

type OperationStep = StepOf<'operation'>;

/** Proposals for fields that hold nothing yet, as ghost pills. Nothing is filled in before a person accepts it. */
export function suggestedFields(
  step: OperationStep,
  schema: JsonSchema,
  context: StepFormContext,
): TemplateResult | typeof nothing {
  const empty = propertiesOf(schema).flatMap(([name]) => (step.input[name] === undefined ? [name] : []));
  const suggestions = context.isReadonly ? [] : suggestMappings(schema, empty, sourcesOf(context.scope));
  if (suggestions.length === 0) return nothing;
  const accept = (accepted: readonly MappingSuggestion[]): void => {
    const fields = accepted.map(({ field, formula }): [string, Binding] => [field, { formula }]);
    const [first] = accepted;
    const pointer = accepted.length === 1 && first ? `/input/${first.field}` : '/input';
    context.change({ ...step, input: { ...step.input, ...Object.fromEntries(fields) } }, pointer);
  };
  return html`
    <div class="sec">
      <span>Suggested</span>
      <button
        class="btn btn-link small end"
        @click=${() => {
          accept(suggestions);
        }}
      >
        Map suggestions
      </button>
    </div>
    ${suggestions.map((suggestion) =>
      suggestionRow(suggestion, {
        schema,
        context,
        accept: () => {
          accept([suggestion]);
        },
      }),
    )}
  `;
}

/** How sure a proposal is, in words. */
const confidenceWords = { same: 'same name', alike: 'similar', maybe: 'perhaps' } as const;

interface RowContext {
  readonly schema: JsonSchema;
  readonly context: StepFormContext;
  readonly accept: () => void;
}

function suggestionRow(suggestion: MappingSuggestion, row: RowContext): TemplateResult {
  const { scope } = row.context;
  const schema = propertiesOf(row.schema).find(([name]) => name === suggestion.field)?.[1] ?? {};
  const label = labelOf(suggestion.field, schema);
  const { from, name } = wordsOf(suggestion.formula, scope);
  return html`<div class="field">
    <div class="label">
      ${label}${requiredOf(row.schema).has(suggestion.field) ? nothing : html`<span class="req">optional</span>`}
    </div>
    <div class="input is-suggested">
      <span class="pill pill-ghost"><span class="from">${from}</span><span class="cut">${name}</span></span>
      <span class="small t3 nowrap">${confidenceWords[suggestion.confidence]}</span>
      <button class="btn btn-link small end" aria-label="Accept ${from} ${name} for ${label}" @click=${row.accept}>
        Accept
      </button>
    </div>
    ${previewLine(suggestion.formula, scope)}
  </div>`;
}

function wordsOf(formula: string, scope: FieldScope): { from: string; name: string } {
  const pill = parsePill(formula);
  return pill === undefined ? { from: '', name: formula } : pillWords(pill, scope);
}

function previewLine(formula: string, scope: FieldScope): TemplateResult | typeof nothing {
  const preview = pillPreview(formula, scope);
  if (preview?.kind !== 'value') return nothing;
  return html`<div class="prev">
    ${icon('corner-down-right', 12)}<code class="cut">${preview.text}</code><span class="t3">${preview.type}</span>
  </div>`;
}

/** What may be proposed: the current item first, then the steps from the nearest on, then the trigger. */
function sourcesOf(scope: FieldScope): SuggestionSource[] {
  const names = Object.keys(scope.schemas).filter((name) => name !== 'run' && name !== 'error');
  const rank = (name: string): number => (name === 'loop' ? 0 : name === 'trigger' ? 2 : 1);
  // The scope lists the nearest step last.
  const ordered = names.reverse().sort((left, right) => rank(left) - rank(right));
  return ordered.map((root) => {
    const schema = scope.schemas[root] ?? {};
    return { root, schema, sample: scope.values[root], mayNotHaveRun: mayBeNothing(schema) };
  });
}

/** A step on another branch has the schema "this or nothing". */
function mayBeNothing(schema: JsonSchema): boolean {
  const options = schema['anyOf'];
  return (
    Array.isArray(options) &&
    options.some(
      (option) => typeof option === 'object' && option !== null && 'type' in option && option.type === 'null',
    )
  );
}
