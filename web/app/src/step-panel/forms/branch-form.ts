import { html, nothing, type TemplateResult } from 'lit';
import type { StepOf } from '@patchbay/flow-model';
import { icon } from '../../ui/icon/icon.ts';
import { formulaField, type StepFormContext } from './form-context.ts';
import { choiceField, textField } from './plain-fields.ts';

type BranchStep = StepOf<'branch'>;
type BranchCase = BranchStep['cases'][number];

/** Cases of a branch in order; the first that fits is taken. */
export function branchForm(step: BranchStep, context: StepFormContext): TemplateResult {
  return html`
    ${choiceField({
      label: 'Kind of branch',
      value: step.mode,
      options: [
        { value: 'if', label: 'First condition that is true' },
        { value: 'switch', label: 'Case that equals a value' },
      ],
      onChange: (mode) => {
        context.change({ ...step, mode: mode as BranchStep['mode'] }, '/mode');
      },
    })}
    ${
      step.mode === 'switch'
        ? formulaField(context, {
            pointer: '/on',
            label: 'Value to compare',
            formula: step.on ?? '',
            onChange: (on) => {
              context.change({ ...step, on }, '/on');
            },
          })
        : nothing
    }
    <div class="sec"><span>Paths</span><span class="end small">${step.cases.length + 1}</span></div>
    ${step.cases.map((branchCase, index) => caseCard(step, { context, branchCase, index }))}
    <div class="row">
      <button
        class="btn btn-secondary btn-small"
        ?disabled=${context.isReadonly}
        @click=${() => context.change({ ...step, cases: [...step.cases, newCase(step)] }, '/cases')}
      >
        ${icon('plus', 14)}Add a path
      </button>
    </div>
    ${textField({
      label: 'Name of the last path',
      value: step.otherwiseLabel ?? 'Otherwise',
      help: 'Taken when nothing above fits.',
      onChange: (otherwiseLabel) => {
        if (otherwiseLabel.trim() !== '') context.change({ ...step, otherwiseLabel }, '/otherwiseLabel');
      },
    })}
  `;
}

interface CasePlace {
  readonly context: StepFormContext;
  readonly branchCase: BranchCase;
  readonly index: number;
}

function caseCard(step: BranchStep, { context, branchCase, index }: CasePlace): TemplateResult {
  const change = (next: BranchCase, field: string): void => {
    context.change(
      { ...step, cases: step.cases.map((known, at) => (at === index ? next : known)) },
      `/cases/${index}/${field}`,
    );
  };
  return html`<section class="case" aria-label=${`Path ${branchCase.label}`}>
    <div class="row">
      <div class="grow">
        ${textField({
          label: `Path ${index + 1}`,
          value: branchCase.label,
          onChange: (label) => {
            if (label.trim() !== '') change({ ...branchCase, label }, 'label');
          },
        })}
      </div>
      <button
        class="btn btn-icon btn-ghost btn-small"
        aria-label="Move up"
        title="Move up"
        ?disabled=${index === 0}
        @click=${() => context.change({ ...step, cases: swapped(step.cases, index) }, '/cases')}
      >
        ${icon('arrow-up', 14)}
      </button>
      <button
        class="btn btn-icon btn-ghost btn-small"
        aria-label="Remove path ${branchCase.label}"
        title="Remove"
        ?disabled=${step.cases.length === 1}
        @click=${() => context.change({ ...step, cases: step.cases.filter((known) => known !== branchCase) }, '/cases')}
      >
        ${icon('x', 14)}
      </button>
    </div>
    ${formulaField(context, {
      pointer: `/cases/${index}/when`,
      label: step.mode === 'if' ? 'Condition' : 'Equals',
      help: step.mode === 'if' && branchCase.when === '' ? 'For example trigger.total > 100' : '',
      formula: branchCase.when,
      onChange: (when) => {
        change({ ...branchCase, when }, 'when');
      },
    })}
  </section>`;
}

function newCase(step: BranchStep): BranchCase {
  const taken = new Set(step.cases.map((branchCase) => branchCase.id));
  let number = step.cases.length + 1;
  while (taken.has(`case_${number}`)) number += 1;
  return { id: `case_${number}`, label: `Path ${step.cases.length + 1}`, when: '' };
}

function swapped(cases: readonly BranchCase[], index: number): BranchCase[] {
  const next = [...cases];
  const [moved] = next.splice(index, 1);
  if (moved !== undefined) next.splice(index - 1, 0, moved);
  return next;
}
