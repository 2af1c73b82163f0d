import type { FlowDocument } from '@patchbay/flow-model';

/**
 * The key that a step has after an edit. One key gone and one new is a renamed step, done or undone; anything else that
 * takes the step away gives `undefined`.
 */
export function followRename(before: FlowDocument, after: FlowDocument, key: string): string | undefined {
  if (after.steps[key] !== undefined || before.steps[key] === undefined) return key;
  const added = Object.keys(after.steps).filter((candidate) => before.steps[candidate] === undefined);
  const gone = Object.keys(before.steps).filter((candidate) => after.steps[candidate] === undefined);
  return added.length === 1 && gone.length === 1 ? added[0] : undefined;
}
