import { describe, expect, it } from 'vitest';
import type { FlowDocument, Step } from '@patchbay/flow-model';
import { addStep } from '../commands/add-step.ts';
import {
  changeFlow,
  changeStep,
  changeTrigger,
  renameStep,
  renameStepKey,
  setDisabled,
  setSample,
} from '../commands/change-step.ts';
import { copySteps, parseCopiedSteps, pasteSteps } from '../commands/clipboard.ts';
import type { Command } from '../commands/command.ts';
import { connect, disconnect } from '../commands/connect.ts';
import { arrange, moveSteps } from '../commands/move-steps.ts';
import { newStep } from '../commands/new-step.ts';
import { removeSteps } from '../commands/remove-steps.ts';
import { layoutDocument } from '../layout/layout-document.ts';
import { followRename } from '../selection/follow-rename.ts';
import { aFlow, transform } from '../testing/flow-fixture.ts';
import { createEditor } from './editor.ts';
import { mergeWindowMs } from './history.ts';

const formula = (key: string, text: string): Step => ({
  key,
  kind: 'transform',
  title: key,
  output: { formula: text },
});

const line = aFlow({
  steps: [transform('a'), formula('b', 'a + 1'), formula('c', 'a + b')],
  edges: [
    { from: 'a', port: 'out', to: 'b' },
    { from: 'b', port: 'out', to: 'c' },
  ],
});
const laidOut: FlowDocument = { ...line, layout: { positions: layoutDocument(line) } };
const edges = (document: FlowDocument, scope = 'root'): string[] =>
  (document.scopes[scope]?.edges ?? []).map((edge) => `${edge.from}:${edge.port}:${edge.to}`).sort();

const anEditor = (document = laidOut, clock = { now: 0 }) => createEditor({ document, now: () => clock.now });

const copied = copySteps(laidOut, ['a', 'b']);

const everyCommand: [string, Command][] = [
  ['addStep', addStep(transform('d'), { after: 'b' })],
  ['addStep before', addStep(transform('d'), { before: 'a' })],
  ['addStep at', addStep(transform('d'), { at: { x: 400, y: 0 }, scope: 'root' })],
  ['connect', connect({ from: 'a', port: 'out', to: 'c' })],
  ['disconnect', disconnect({ from: 'a', port: 'out', to: 'b' })],
  ['removeSteps', removeSteps(['b'])],
  ['moveSteps', moveSteps(['a', 'b'], { x: 16, y: 8 })],
  ['arrange', arrange({ a: { x: 8, y: 8 } })],
  ['changeStep', changeStep(formula('b', 'a + 2'), '/output')],
  ['setDisabled', setDisabled(['b'], true)],
  ['renameStepKey', renameStepKey('a', 'first')],
  ['changeTrigger', changeTrigger({ kind: 'manual', title: 'Go', inputSchema: {} })],
  ['changeFlow', changeFlow({ name: 'Other' })],
  ['setSample', setSample('a', { x: 1 })],
  ['pasteSteps', pasteSteps(copied ?? fail(), { scope: 'root', offset: { x: 24, y: 24 } })],
];

function fail(): never {
  throw new Error('cannot happen: a and b are there');
}

describe('every command', () => {
  it.each(everyCommand)('%s applies, undoes and redoes', (_name, command) => {
    const editor = anEditor();
    expect(editor.run(command)).toEqual({ isDone: true });
    const after = editor.state.document;
    expect(after).not.toEqual(laidOut);
    expect(editor.undo()).toBe(true);
    expect(editor.state.document).toBe(laidOut);
    expect(editor.redo()).toBe(true);
    expect(editor.state.document).toBe(after);
  });
});

describe('addStep', () => {
  it('goes between a step and what followed it, and pushes that down', () => {
    const editor = anEditor();
    editor.run(addStep(transform('d'), { after: 'b' }));
    const { document, selection } = editor.state;
    expect(edges(document)).toEqual(['a:out:b', 'b:out:d', 'd:out:c']);
    expect(selection).toEqual({ keys: ['d'], cursor: 'd' });
    const y = (key: string): number => document.layout.positions[key]?.y ?? Number.NaN;
    expect(y('c') - y('d')).toBeGreaterThanOrEqual(96);
  });

  it('goes before the first step when it follows the trigger', () => {
    const editor = anEditor();
    editor.run(addStep(transform('d'), { after: 'trigger' }));
    expect(edges(editor.state.document)).toContain('d:out:a');
  });

  it('brings the scopes of a container with it', () => {
    const editor = anEditor();
    editor.run(addStep(newStep(laidOut, { kind: 'try' }), { after: 'c' }));
    expect(Object.keys(editor.state.document.scopes).sort()).toEqual(['root', 'try.body', 'try.catch']);
  });

  it('refuses a step after a stop and says why', () => {
    const editor = anEditor();
    editor.run(addStep({ key: 'end', kind: 'stop', title: 'End', outcome: 'failed' }, { after: 'c' }));
    expect(editor.run(addStep(transform('d'), { after: 'end' }))).toMatchObject({ isDone: false });
  });
});

describe('connect', () => {
  it.each([
    ['a circle', { from: 'c', port: 'out', to: 'a' }],
    ['a step with itself', { from: 'a', port: 'out', to: 'a' }],
    ['a port that is not there', { from: 'a', port: 'yes', to: 'c' }],
    ['the trigger', { from: 'trigger', port: 'out', to: 'c' }],
  ])('refuses %s', (_name, edge) => {
    const editor = anEditor();
    expect(editor.run(connect(edge))).toMatchObject({ isDone: false });
    expect(editor.state.document).toBe(laidOut);
  });
});

describe('removeSteps', () => {
  it('joins the neighbours', () => {
    const editor = anEditor();
    editor.run(removeSteps(['b']));
    expect(edges(editor.state.document)).toEqual(['a:out:c']);
  });

  it('takes what stands in a container with it', () => {
    const nested = aFlow({
      steps: [{ key: 'loop_1', kind: 'for_each', title: 'Loop', items: '[1]', concurrency: 1 }],
      inner: { 'loop_1.body': { steps: [transform('inner')] } },
    });
    const editor = anEditor(nested);
    editor.run(removeSteps(['loop_1']));
    expect(editor.state.document.steps).toEqual({});
    expect(Object.keys(editor.state.document.scopes)).toEqual(['root']);
  });
});

describe('renameStepKey', () => {
  it('rewrites every formula that refers to it, and nothing else', () => {
    const editor = anEditor();
    editor.run(renameStepKey('a', 'First total'));
    const { document } = editor.state;
    expect(document.steps['b']).toMatchObject({ output: { formula: 'first_total + 1' } });
    expect(document.steps['c']).toMatchObject({ output: { formula: 'first_total + b' } });
    expect(edges(document)).toEqual(['b:out:c', 'first_total:out:b']);
  });

  it('refuses a key that is taken', () => {
    expect(anEditor().run(renameStepKey('a', 'b'))).toMatchObject({ isDone: false });
  });
});

describe('renameStep', () => {
  it('makes the key of the first name that a person gives, in one step of undo', () => {
    const editor = anEditor();
    const given = editor.state.document.steps['a']?.title ?? '';
    editor.run(renameStep('a', 'First total', given));
    expect(editor.state.document.steps['first_total']).toMatchObject({ title: 'First total' });
    expect(editor.state.document.steps['b']).toMatchObject({ output: { formula: 'first_total + 1' } });
    const renamed = editor.state.document;
    editor.undo();
    expect(followRename(renamed, editor.state.document, 'first_total')).toBe('a');
  });

  it('leaves a key alone once the step has a name of its own', () => {
    const editor = anEditor();
    editor.run(renameStep('a', 'First total', 'Transform'));
    expect(editor.state.document.steps['a']).toMatchObject({ key: 'a', title: 'First total' });
  });

  it('takes a free key when the wished one is taken', () => {
    const editor = anEditor();
    editor.run(renameStep('a', 'B', editor.state.document.steps['a']?.title ?? ''));
    expect(editor.state.document.steps['b_2']).toMatchObject({ title: 'B' });
  });
});

describe('followRename', () => {
  it('loses a step that was removed', () => {
    const editor = anEditor();
    const before = editor.state.document;
    editor.run(removeSteps(['a']));
    expect(followRename(before, editor.state.document, 'a')).toBeUndefined();
    expect(followRename(before, editor.state.document, 'b')).toBe('b');
  });
});

describe('clipboard', () => {
  it('pastes with new keys and references that follow them', () => {
    const editor = anEditor();
    const clip = parseCopiedSteps(JSON.stringify(copySteps(editor.state.document, ['a', 'b'])));
    editor.run(pasteSteps(clip ?? fail(), { scope: 'root', offset: { x: 24, y: 24 } }));
    const { document, selection } = editor.state;
    expect(selection.keys).toEqual(['a_2', 'b_2']);
    expect(document.steps['b_2']).toMatchObject({ output: { formula: 'a_2 + 1' } });
    expect(edges(document)).toContain('a_2:out:b_2');
  });

  it.each(['', 'hello', '{}', '[]', 'null', '{"patchbay":"steps"}'])('ignores %j', (text) => {
    expect(parseCopiedSteps(text)).toBeUndefined();
  });
});

describe('history', () => {
  it('merges typing in one field within the window into one undo', () => {
    const clock = { now: 0 };
    const editor = anEditor(laidOut, clock);
    for (const text of ['a + 2', 'a + 23', 'a + 234']) {
      clock.now += mergeWindowMs / 2;
      editor.run(changeStep(formula('b', text), '/output'));
    }
    clock.now += mergeWindowMs + 1;
    editor.run(changeStep(formula('b', 'a + 9'), '/output'));
    editor.undo();
    expect(editor.state.document.steps['b']).toMatchObject({ output: { formula: 'a + 234' } });
    editor.undo();
    expect(editor.state.document).toBe(laidOut);
  });

  it('forgets what was undone when something else is done', () => {
    const editor = anEditor();
    editor.run(removeSteps(['b']));
    editor.undo();
    editor.run(setDisabled(['a'], true));
    expect(editor.redo()).toBe(false);
  });

  it('tells listeners each change and counts only those of the document', () => {
    const editor = anEditor();
    const seen: number[] = [];
    const end = editor.subscribe((state) => seen.push(state.changes));
    editor.select({ keys: ['a'] });
    editor.run(removeSteps(['b']));
    editor.undo();
    end();
    editor.redo();
    expect(seen).toEqual([0, 1, 2]);
  });
});
