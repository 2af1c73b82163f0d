import type { FlowDocument, Step, StepKind } from '@patchbay/flow-model';
import type { ConnectorManifest } from '@patchbay/manifest';
import { freeKey } from './scope-edits.ts';

/** What the palette offers: a core step, or an operation of a connector. */
export type StepTemplate =
  | { readonly kind: Exclude<StepKind, 'operation'> }
  | {
      readonly kind: 'operation';
      readonly manifest: ConnectorManifest;
      readonly operation: string;
      readonly connectionId?: string;
    };

/** Titles of core steps as the palette and new steps show them. */
export const coreStepTitles: Readonly<Record<Exclude<StepKind, 'operation'>, string>> = {
  branch: 'Branch',
  transform: 'Transform',
  for_each: 'For each',
  try: 'Try',
  wait: 'Wait',
  respond: 'Respond',
  stop: 'Stop',
};

/** Makes a step with a free key and sensible defaults. */
export function newStep(document: FlowDocument, template: StepTemplate): Step {
  const title = titleOf(template);
  const key = freeKey((candidate) => Object.hasOwn(document.steps, candidate), title);
  return template.kind === 'operation'
    ? operationStep({ key, title }, template)
    : coreStep({ key, title }, template.kind);
}

function titleOf(template: StepTemplate): string {
  if (template.kind !== 'operation') return coreStepTitles[template.kind];
  return template.manifest.operations.find(({ name }) => name === template.operation)?.title ?? template.operation;
}

function operationStep(
  base: { key: string; title: string },
  template: Extract<StepTemplate, { kind: 'operation' }>,
): Step {
  return {
    ...base,
    kind: 'operation',
    connector: template.manifest.slug,
    version: template.manifest.version,
    operation: template.operation,
    ...(template.connectionId === undefined ? {} : { connectionId: template.connectionId }),
    input: {},
  };
}

function coreStep(base: { key: string; title: string }, kind: Exclude<StepKind, 'operation'>): Step {
  switch (kind) {
    case 'branch':
      return { ...base, kind, mode: 'if', cases: [{ id: 'yes', label: 'Yes', when: '' }], otherwiseLabel: 'Otherwise' };
    case 'transform':
      return { ...base, kind, output: { object: {} } };
    case 'for_each':
      return { ...base, kind, items: '', concurrency: 1 };
    case 'try':
      return { ...base, kind };
    case 'wait':
      return { ...base, kind, wait: { durationSeconds: { value: 60 } } };
    case 'respond':
      return { ...base, kind, status: { value: 200 }, body: { object: {} } };
    case 'stop':
      return { ...base, kind, outcome: 'succeeded' };
  }
}
