import { describe, expect, it } from 'vitest';
import { checkGraph } from '@patchbay/flow-model/graph';
import type { FlowDocument, FlowIssue, Step } from '@patchbay/flow-model';
import { createEditor } from '../editor/editor.ts';
import { layoutDocument } from '../layout/layout-document.ts';
import { aFlow, transform } from '../testing/flow-fixture.ts';
import { applyFix } from './apply-fix.ts';
import type { Command } from './command.ts';
import { duplicateSteps } from './duplicate-steps.ts';
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

describe('duplicateSteps', () => {
  it('copies steps beside themselves with new keys', () => {
    const { document } = run(line, duplicateSteps(['a', 'b'], { x: 240, y: 0 }));
    expect(Object.keys(document.steps)).toEqual(['a', 'b', 'c', 'd', 'a_2', 'b_2']);
    expect(checkGraph(document)).toEqual([]);
  });
});

describe('applyFix', () => {
  const issue = (field: string): FlowIssue => ({
    severity: 'error',
    code: 'expression_type',
    message: '',
    step: 'a',
    field,
    fix: { label: 'Convert: number(x)', replacement: 'number(x)' },
  });
  const step: Step = {
    ...{ key: 'a', kind: 'operation', title: 'A', connector: 'c', version: '1.0.0', operation: 'o' },
    input: {
      amount: { formula: 'x' },
      lines: { list: [{ object: { 'a/b': { formula: 'x' }, list: { formula: 'x' } } }] },
    },
  };
  const flow = aFlow({ steps: [step] });

  it.each([
    ['/input/amount', { amount: { formula: 'number(x)' } }],
    [
      '/input/lines/0/a~1b',
      { lines: { list: [{ object: { 'a/b': { formula: 'number(x)' }, list: { formula: 'x' } } }] } },
    ],
    [
      '/input/lines/0/list',
      { lines: { list: [{ object: { 'a/b': { formula: 'x' }, list: { formula: 'number(x)' } } }] } },
    ],
  ])('replaces the formula at %s', (field, input) => {
    expect(run(flow, applyFix(issue(field))).document.steps['a']).toMatchObject({ input });
  });

  it('refuses what is not there any more', () => {
    for (const field of ['/input/nope', '/input/amount/x', '/nope', '']) {
      expect(run(flow, applyFix(issue(field))).outcome).toMatchObject({ isDone: false });
    }
  });
});
