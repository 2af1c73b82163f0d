import { newStep, wrapSteps, type Command } from '@patchbay/canvas-core';

/** Puts a step into the left lane of a new Try, so that the flow goes on when it fails. */
export function wrapInTry(key: string): Command {
  return {
    name: 'wrap-in-try',
    label: 'Continue on error',
    apply: (document) => {
      const title = `Try ${document.steps[key]?.title ?? key}`.slice(0, 120);
      return wrapSteps([key], { ...newStep(document, { kind: 'try' }), title }).apply(document);
    },
  };
}
