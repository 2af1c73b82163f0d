import type { FlowDocument, FlowIssue } from '@patchbay/flow-model';
import { firstSteps, scopeOfStep } from '@patchbay/canvas-core';

/** What comes before and after a step, for a screen reader: "after Form; then If paid: true Create order, false Notify". */
export function describeStep(document: FlowDocument, key: string): string {
  const title = (name: string): string =>
    name === 'trigger' ? document.trigger.title : (document.steps[name]?.title ?? name);
  if (key === 'trigger') {
    const first = firstSteps(document, 'root').map(title);
    return first.length === 0 ? 'nothing follows yet' : `then ${first.join(', ')}`;
  }
  const scope = scopeOfStep(document, key);
  const edges = scope === undefined ? [] : (document.scopes[scope]?.edges ?? []);
  const before = edges.filter((edge) => edge.to === key).map((edge) => title(edge.from));
  const after = edges
    .filter((edge) => edge.from === key)
    .map((edge) => `${portLabel(document, key, edge.port)}${title(edge.to)}`);
  const started =
    before.length > 0
      ? `after ${before.join(' and ')}`
      : scope === 'root'
        ? `after ${document.trigger.title}`
        : 'first inside';
  return `${started}; ${after.length === 0 ? 'nothing follows' : `then ${after.join(', ')}`}`;
}

function portLabel(document: FlowDocument, key: string, port: string): string {
  const step = document.steps[key];
  if (step?.kind !== 'branch') return '';
  const label = step.cases.find((branchCase) => branchCase.id === port)?.label ?? step.otherwiseLabel ?? 'Otherwise';
  return `${label}: `;
}

/** Name of the canvas: "Flow Orders, 14 steps, 2 problems". */
export function describeFlow(document: FlowDocument, issues: readonly FlowIssue[]): string {
  const steps = Object.keys(document.steps).length;
  const errors = issues.filter((issue) => issue.severity === 'error').length;
  const problems = errors === 0 ? '' : `, ${errors} ${errors === 1 ? 'problem' : 'problems'}`;
  return `Flow ${document.name}, ${steps} ${steps === 1 ? 'step' : 'steps'}${problems}`;
}
