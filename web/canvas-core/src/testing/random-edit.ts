import fc from 'fast-check';
import type { FlowDocument } from '@patchbay/flow-model';
import { portsOf } from '@patchbay/flow-model/graph';
import { addStep, type StepPlace } from '../commands/add-step.ts';
import { renameStepKey, setDisabled } from '../commands/change-step.ts';
import { copySteps, pasteSteps } from '../commands/clipboard.ts';
import type { Command } from '../commands/command.ts';
import { connect, disconnect } from '../commands/connect.ts';
import { moveSteps } from '../commands/move-steps.ts';
import { coreStepTitles, newStep } from '../commands/new-step.ts';
import { removeSteps } from '../commands/remove-steps.ts';
import { wrapSteps } from '../commands/wrap-steps.ts';

/** One random edit: numbers that choose among what the document offers at that moment. */
export type Edit = readonly [kind: number, first: number, second: number];

/** Any edit. */
export const arbitraryEdit: fc.Arbitrary<Edit> = fc.tuple(fc.nat(9), fc.nat(999), fc.nat(999));

const pick = <Item>(items: readonly Item[], index: number): Item | undefined =>
  items[index % Math.max(1, items.length)];

/** What a random edit does to a document; nothing where there is nothing to do it to. */
export function commandOf(document: FlowDocument, edit: Edit): Command | undefined {
  const [kind, first, second] = edit;
  const keys = Object.keys(document.steps);
  const scope = pick(Object.keys(document.scopes), first) ?? 'root';
  const one = pick(keys, first);
  if (kind === 0) return addStep(randomStep(document, first), placeOf({ scope, one, second }));
  return one === undefined ? undefined : editOfSteps(document, { edit, scope, one, other: pick(keys, second) ?? one });
}

interface Choice {
  readonly edit: Edit;
  readonly scope: string;
  readonly one: string;
  readonly other: string;
}

function editOfSteps(
  document: FlowDocument,
  { edit: [kind, first, second], scope, one, other }: Choice,
): Command | undefined {
  const step = document.steps[one];
  const port = step && pick(portsOf(step), second)?.id;
  const edge = pick(document.scopes[scope]?.edges ?? [], second);
  const copied = copySteps(document, [one, other]);
  const container = newStep(document, { kind: second % 2 === 0 ? 'try' : 'for_each' });
  const edits: readonly (Command | undefined)[] = [
    connect({ from: one, port: port ?? 'out', to: other }),
    edge && disconnect(edge),
    removeSteps(second % 3 === 0 ? [one, other] : [one]),
    moveSteps([one], { x: second, y: first }),
    renameStepKey(one, `renamed ${String(second)}`),
    setDisabled([one], second % 2 === 0),
    copied && pasteSteps(copied, { scope, offset: { x: 8, y: 8 } }),
    wrapSteps([one, other], container),
    wrapSteps([one], container),
  ];
  return edits[kind - 1];
}

function randomStep(document: FlowDocument, choice: number): ReturnType<typeof newStep> {
  const kinds = Object.keys(coreStepTitles) as (keyof typeof coreStepTitles)[];
  return newStep(document, { kind: pick(kinds, choice) ?? 'transform' });
}

function placeOf(at: { scope: string; one: string | undefined; second: number }): StepPlace {
  if (at.one !== undefined && at.second % 3 === 0) return { before: at.one };
  if (at.one !== undefined && at.second % 3 === 1) return { after: at.one };
  return at.second % 2 === 0 ? { at: { x: at.second, y: 0 }, scope: at.scope } : { after: 'trigger' };
}
