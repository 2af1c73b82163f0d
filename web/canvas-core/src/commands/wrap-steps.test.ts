import { describe, expect, it } from 'vitest';
import { checkGraph } from '@patchbay/flow-model/graph';
import type { FlowDocument, Step } from '@patchbay/flow-model';
import { createEditor } from '../editor/editor.ts';
import { layoutDocument } from '../layout/layout-document.ts';
import { aFlow, transform } from '../testing/flow-fixture.ts';
import type { Command } from './command.ts';
import { newStep } from './new-step.ts';
import { wrapSteps } from './wrap-steps.ts';

const wire = (from: string, to: string, port = 'out') => ({ from, port, to });
const bare = aFlow({
  steps: ['a', 'b', 'c', 'd'].map(transform),
  edges: [wire('a', 'b'), wire('b', 'c'), wire('c', 'd')],
});
const line: FlowDocument = { ...bare, layout: { positions: layoutDocument(bare) } };
const run = (document: FlowDocument, command: Command) => {
  const editor = createEditor({ document, now: () => 0 });
  const outcome = editor.run(command);
  return { editor, outcome, document: editor.state.document };
};
const aTry = newStep(line, { kind: 'try' });

describe('wrapSteps', () => {
  it('moves steps into a container, wires included, and makes room; undo and redo', () => {
    const { editor, document } = run(line, wrapSteps(['b', 'c'], aTry));
    expect(checkGraph(document)).toEqual([]);
    expect(document.scopes['root']).toEqual({ steps: ['a', 'try', 'd'], edges: [wire('a', 'try'), wire('try', 'd')] });
    expect(document.scopes['try.body']).toEqual({ steps: ['b', 'c'], edges: [wire('b', 'c')] });
    expect(document.scopes['try.catch']).toEqual({ steps: [], edges: [] });
    expect(document.layout.positions['b']).toEqual({ x: 0, y: 0 });
    expect(document.layout.positions['d']?.y).toBeGreaterThan(line.layout.positions['d']?.y ?? 0);
    expect(editor.state.selection.keys).toEqual(['try']);
    editor.undo();
    expect(editor.state.document).toBe(line);
    editor.redo();
    expect(editor.state.document).toEqual(document);
  });

  it('refuses steps with another between them, and half a branch', () => {
    expect(run(line, wrapSteps(['a', 'c'], aTry)).outcome).toMatchObject({
      denied: { reason: '"b" stands between the selected steps.' },
    });
    const branch: Step = {
      key: 'x',
      kind: 'branch',
      title: 'X',
      mode: 'if',
      cases: [{ id: 'yes', label: 'Yes', when: 'true' }],
    };
    const forked = aFlow({ steps: [branch, transform('y')], edges: [wire('x', 'y', 'yes')] });
    expect(run(forked, wrapSteps(['x'], aTry)).outcome).toMatchObject({ isDone: false });
  });
});
