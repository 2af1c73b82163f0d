import { freeKey, scopeOfStep, type Command, type CommandResult } from '@patchbay/canvas-core';
import type { FlowDocument } from '@patchbay/flow-model';

/** Puts a step into the left lane of a new Try, so that the flow goes on when it fails. */
export function wrapInTry(key: string): Command {
  return { name: 'wrap-in-try', label: 'Continue on error', apply: (document) => wrapped(document, key) };
}

function wrapped(document: FlowDocument, key: string): CommandResult {
  const scopeId = scopeOfStep(document, key);
  const step = document.steps[key];
  const scope = scopeId === undefined ? undefined : document.scopes[scopeId];
  if (step === undefined || scopeId === undefined || scope === undefined) {
    return { denied: { code: 'step_not_found', reason: 'That step is not there any more.' } };
  }
  const outer = freeKey((candidate) => Object.hasOwn(document.steps, candidate), `try_${key}`);
  const rename = (name: string): string => (name === key ? outer : name);
  const at = document.layout.positions[key] ?? { x: 0, y: 0 };
  return {
    document: {
      ...document,
      steps: { ...document.steps, [outer]: { key: outer, kind: 'try', title: `Try ${step.title}`.slice(0, 120) } },
      scopes: {
        ...document.scopes,
        [scopeId]: {
          steps: scope.steps.map(rename),
          edges: scope.edges.map((edge) => ({ from: rename(edge.from), port: edge.from === key ? 'out' : edge.port, to: rename(edge.to) })),
        },
        [`${outer}.body`]: { steps: [key], edges: [] },
        [`${outer}.catch`]: { steps: [], edges: [] },
      },
      layout: { ...document.layout, positions: { ...document.layout.positions, [outer]: at, [key]: { x: 0, y: 0 } } },
    },
    select: [outer],
  };
}
