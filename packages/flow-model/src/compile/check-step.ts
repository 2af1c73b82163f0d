import type { FlowIssue } from '../document/issue.ts';
import type { JsonSchema } from '../document/json.ts';
import type { Binding, Step } from '../document/step.ts';
import { checkBinding, checkFormula } from '../expression/check/check.ts';
import type { SchemaReader } from '../graph/scope-schema.ts';
import { checkOperationStep } from './check-operation-step.ts';
import { atField, stepIssue, type StepCheck } from './step-check.ts';

/** All problems of one step. */
export function checkStep(check: StepCheck): FlowIssue[] {
  const { step } = check;
  switch (step.kind) {
    case 'operation':
      return checkOperationStep({ ...check, step });
    case 'branch':
      return checkBranch({ ...check, step });
    case 'transform':
      return checkField(check, { field: '/output', binding: step.output });
    case 'for_each':
      return checkForEach({ ...check, step });
    case 'try':
      return [];
    case 'wait':
      return checkWait({ ...check, step });
    case 'respond':
      return checkRespond({ ...check, step });
    case 'stop':
      return checkStop({ ...check, step });
  }
}

interface StepPlace {
  readonly step: Step;
  readonly schemas: SchemaReader;
}

interface Field {
  readonly field: string;
  readonly binding: Binding | undefined;
  readonly expected?: JsonSchema;
  readonly label?: string;
}

function checkField({ step, schemas }: StepPlace, { field, binding, ...options }: Field): FlowIssue[] {
  if (!binding) return [];
  return atField(step, field, checkBinding(binding, { scopeSchema: schemas.lookupFor(step.key), ...options }));
}

function checkBranch(check: StepCheck<'branch'>): FlowIssue[] {
  const { step, schemas } = check;
  const scopeSchema = schemas.lookupFor(step.key);
  const isIf = step.mode === 'if';
  const cases = step.cases.flatMap((branchCase, index) => {
    const label = `The condition of "${branchCase.label}"`;
    const options = isIf ? { scopeSchema, label, expected: { type: 'boolean' } } : { scopeSchema, label };
    return atField(step, `/cases/${String(index)}/when`, checkFormula(branchCase.when, options));
  });
  if (isIf) return cases;
  if (step.on === undefined)
    return [
      { ...stepIssue(step, 'operation_input_invalid', 'A switch needs the value it looks at.'), field: '/on' },
      ...cases,
    ];
  return [...atField(step, '/on', checkFormula(step.on, { scopeSchema })), ...cases];
}

function checkForEach(check: StepCheck<'for_each'>): FlowIssue[] {
  const { document, step, schemas } = check;
  const scopeSchema = schemas.lookupFor(step.key);
  const items = checkFormula(step.items, { scopeSchema, expected: { type: 'array' }, label: 'The loop' });
  const result = step.result ? checkBinding(step.result, { scopeSchema: schemas.resultScopeOf(step) }) : [];
  const isEmpty = document.scopes[`${step.key}.body`]?.steps.length === 0;
  const empty: FlowIssue = {
    ...stepIssue(step, 'flow_invalid', `"${step.title}" has no steps inside.`),
    severity: 'warning',
  };
  return [...atField(step, '/items', items), ...atField(step, '/result', result), ...(isEmpty ? [empty] : [])];
}

function checkWait(check: StepCheck<'wait'>): FlowIssue[] {
  const { wait } = check.step;
  if ('until' in wait)
    return checkField(check, {
      field: '/wait/until',
      binding: wait.until,
      expected: { type: 'string' },
      label: 'Until',
    });
  // Seconds, or an ISO 8601 duration as text.
  const expected = { anyOf: [{ type: 'number', minimum: 0 }, { type: 'string' }] };
  return checkField(check, {
    field: '/wait/durationSeconds',
    binding: wait.durationSeconds,
    expected,
    label: 'Duration',
  });
}

function checkRespond(check: StepCheck<'respond'>): FlowIssue[] {
  const { status, headers, body } = check.step;
  const expected = { type: 'integer', minimum: 100, maximum: 599 };
  return [
    ...checkField(check, { field: '/status', binding: status, expected, label: 'Status' }),
    ...Object.entries(headers ?? {}).flatMap(([name, binding]) =>
      checkField(check, { field: `/headers/${name}`, binding }),
    ),
    ...checkField(check, { field: '/body', binding: body }),
  ];
}

function checkStop(check: StepCheck<'stop'>): FlowIssue[] {
  const { message, output } = check.step;
  return [
    ...checkField(check, { field: '/message', binding: message, expected: { type: 'string' }, label: 'Message' }),
    ...checkField(check, { field: '/output', binding: output }),
  ];
}
