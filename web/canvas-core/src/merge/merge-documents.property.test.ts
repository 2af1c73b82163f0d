import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '@patchbay/flow-model';
import { checkGraph } from '@patchbay/flow-model/graph';
import { arbitraryFlowDocument } from '@patchbay/flow-model/testing';
import { createEditor } from '../editor/editor.ts';
import { layoutDocument } from '../layout/layout-document.ts';
import { arbitraryEdit, commandOf, type Edit } from '../testing/random-edit.ts';
import { mergeDocuments } from './merge-documents.ts';

const edits = fc.array(arbitraryEdit, { maxLength: 8 });
const start = arbitraryFlowDocument({ maxSteps: 4, maxNesting: 2 }).map((bare): FlowDocument => ({
  ...bare,
  layout: { positions: layoutDocument(bare) },
}));

function edited(document: FlowDocument, list: readonly Edit[]): FlowDocument {
  const editor = createEditor({ document, now: () => 0 });
  for (const edit of list) {
    const command = commandOf(editor.state.document, edit);
    if (command) editor.run(command);
  }
  return editor.state.document;
}

const sides = (ids: readonly { id: string }[], side: 'mine' | 'theirs') =>
  Object.fromEntries(ids.map(({ id }) => [id, side]));
/** What people decide about: places and samples are never asked for. */
const essence = ({ layout: _layout, samples: _samples, ...rest }: FlowDocument) => rest;

describe('merging any two series of edits', () => {
  it('is what one side did when the other did nothing', () => {
    fc.assert(
      fc.property(start, edits, (base, list) => {
        const mine = edited(base, list);
        expect(mergeDocuments({ base, mine, theirs: base }).document).toEqual(mine);
        expect(mergeDocuments({ base, mine: base, theirs: mine }).document).toEqual(mine);
        // The long way: the other side changed something that no edit touches.
        const theirs = { ...base, description: 'Changed' };
        const merged = mergeDocuments({ base, mine, theirs });
        expect(merged).toEqual({ document: { ...mine, description: 'Changed' }, conflicts: [] });
      }),
      { numRuns: 150 },
    );
  });

  it('gives a sound graph, the same whoever is called mine', () => {
    fc.assert(
      fc.property(start, edits, edits, (base, left, right) => {
        const [mine, theirs] = [edited(base, left), edited(base, right)];
        const one = mergeDocuments({ base, mine, theirs });
        expect(checkGraph(one.document).map(({ message }) => message)).toEqual([]);
        const taken = mergeDocuments({ base, mine, theirs }, sides(one.conflicts, 'theirs'));
        expect(checkGraph(taken.document).map(({ message }) => message)).toEqual([]);
        const other = mergeDocuments({ base, mine: theirs, theirs: mine });
        expect(essence(other.document)).toEqual(essence(taken.document));
      }),
      { numRuns: 300 },
    );
  });
});
