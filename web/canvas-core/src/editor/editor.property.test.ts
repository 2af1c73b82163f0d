import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '@patchbay/flow-model';
import { checkGraph } from '@patchbay/flow-model/graph';
import { arbitraryFlowDocument } from '@patchbay/flow-model/testing';
import { layoutScene } from '../geometry/layout-scene.ts';
import { layoutDocument } from '../layout/layout-document.ts';
import { arbitraryEdit, commandOf } from '../testing/random-edit.ts';
import { createEditor } from './editor.ts';

describe('any series of edits', () => {
  it('keeps the graph sound and can be undone and redone to the last byte', () => {
    fc.assert(
      fc.property(
        arbitraryFlowDocument({ maxSteps: 4, maxNesting: 2 }),
        fc.array(arbitraryEdit, { maxLength: 25 }),
        (bare, edits) => {
          const start: FlowDocument = { ...bare, layout: { positions: layoutDocument(bare) } };
          let now = 0;
          const editor = createEditor({ document: start, now: () => (now += 10_000) });
          for (const edit of edits) {
            const command = commandOf(editor.state.document, edit);
            if (command) editor.run(command);
            expect(
              checkGraph(editor.state.document).map(({ message }) => `${command?.name ?? ''}: ${message}`),
            ).toEqual([]);
          }
          const end = editor.state.document;
          const scene = layoutScene(end);
          expect(scene.nodes.size).toBe(Object.keys(end.steps).length + 1);
          while (editor.undo());
          expect(editor.state.document).toEqual(start);
          while (editor.redo());
          expect(editor.state.document).toEqual(end);
        },
      ),
      { numRuns: 300 },
    );
  });
});
