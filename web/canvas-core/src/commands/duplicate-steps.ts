import type { Point } from '../geometry/scene.ts';
import { copySteps, pasteSteps } from './clipboard.ts';
import { deny, type Command } from './command.ts';
import { scopeOfStep } from './scope-edits.ts';

/** Copies steps beside themselves, with new keys; the clipboard stays as it is. */
export function duplicateSteps(keys: readonly string[], offset: Point): Command {
  return {
    name: 'duplicate-steps',
    label: keys.length === 1 ? 'Duplicate step' : `Duplicate ${String(keys.length)} steps`,
    apply: (document) => {
      const copied = copySteps(document, keys);
      const scope = keys[0] === undefined ? undefined : scopeOfStep(document, keys[0]);
      if (!copied || scope === undefined) return deny('That step is not there any more.', 'step_not_found');
      return pasteSteps(copied, { scope, offset }).apply(document);
    },
  };
}
