import { describe, expect, it } from 'vitest';
import type { FlowDocument, Step } from '@patchbay/flow-model';
import { removeSteps } from '../commands/remove-steps.ts';
import type { Command } from '../commands/command.ts';
import { addStep } from '../commands/add-step.ts';
import { connect } from '../commands/connect.ts';
import { aFlow, transform } from '../testing/flow-fixture.ts';
import { mergeDocuments } from './merge-documents.ts';

const request: Step = {
  key: 'request',
  kind: 'operation',
  title: 'Request',
  connector: 'http',
  version: '1.0.0',
  operation: 'get',
  input: { url: { value: '/a' }, body: { object: { sku: { value: 'x' }, qty: { value: 1 } } } },
};
const base = aFlow({
  steps: [transform('a'), transform('b'), request],
  edges: [
    { from: 'a', port: 'out', to: 'b' },
    { from: 'b', port: 'out', to: 'request' },
  ],
});

function after(command: Command, document = base): FlowDocument {
  const result = command.apply(document);
  if ('denied' in result) throw new Error(result.denied.reason);
  return result.document;
}
const withStep = (step: Step): FlowDocument => ({ ...base, steps: { ...base.steps, [step.key]: step } });
const wires = (document: FlowDocument): string[] =>
  (document.scopes['root']?.edges ?? []).map(({ from, port, to }) => `${from}:${port}:${to}`).sort();

describe('what fits together', () => {
  it('takes changes of other steps from each side, and other fields of one step', () => {
    const mine = withStep({ ...request, title: 'Ask', input: { ...request.input, url: { value: '/b' } } });
    const body = { object: { sku: { formula: 'a.sku' }, qty: { value: 1 } } };
    const theirs = { ...withStep({ ...request, input: { ...request.input, body } }), name: 'Theirs' };
    const { document, conflicts } = mergeDocuments({ base, mine, theirs });
    expect(conflicts).toEqual([]);
    expect(document.name).toBe('Theirs');
    expect(document.steps['request']).toEqual({ ...request, title: 'Ask', input: { url: { value: '/b' }, body } });
  });

  it('takes other names of one object of data', () => {
    const object = (sku: string, qty: number): Step => ({
      ...request,
      input: { ...request.input, body: { object: { sku: { value: sku }, qty: { value: qty } } } },
    });
    const merged = mergeDocuments({ base, mine: withStep(object('y', 1)), theirs: withStep(object('x', 2)) });
    expect(merged).toMatchObject({ conflicts: [], document: { steps: { request: object('y', 2) } } });
  });

  it('keeps steps and wires that both added', () => {
    const mine = after(addStep(transform('m'), { after: 'a' }));
    const theirs = after(addStep(transform('t'), { after: 'b' }));
    const { document, conflicts } = mergeDocuments({ base, mine, theirs });
    expect(conflicts).toEqual([]);
    expect(wires(document)).toEqual(['a:out:m', 'b:out:t', 'm:out:b', 't:out:request']);
  });

  it('lets one remove a step that the other left alone', () => {
    const { document, conflicts } = mergeDocuments({
      base,
      mine: after(removeSteps(['b'])),
      theirs: withStep({ ...request, title: 'Ask' }),
    });
    expect(conflicts).toEqual([]);
    expect(Object.keys(document.steps)).toEqual(['a', 'request']);
    expect(document.scopes['root']?.steps).toEqual(['a', 'request']);
  });
});

describe('what needs a decision', () => {
  it('asks about one field that both changed, and takes what was decided', () => {
    const mine = withStep({ ...request, input: { ...request.input, url: { value: '/mine' } } });
    const theirs = withStep({ ...request, input: { ...request.input, url: { formula: 'a.url' } } });
    const { conflicts } = mergeDocuments({ base, mine, theirs });
    const id = '/steps/request/input/url';
    expect(conflicts).toEqual([
      {
        id,
        path: ['steps', 'request', 'input', 'url'],
        mine: { value: '/mine' },
        theirs: { formula: 'a.url' },
      },
    ]);
    const urlOf = (choice: 'mine' | 'theirs'): unknown => {
      const step = mergeDocuments({ base, mine, theirs }, { [id]: choice }).document.steps['request'];
      return step?.kind === 'operation' ? step.input['url'] : undefined;
    };
    expect([urlOf('mine'), urlOf('theirs')]).toEqual([{ value: '/mine' }, { formula: 'a.url' }]);
  });

  it('asks about a step that one removed and the other changed', () => {
    const mine = after(removeSteps(['b']));
    const theirs = withStep({ ...transform('b'), title: 'Changed' });
    const versions = { base, mine, theirs };
    const { document, conflicts } = mergeDocuments(versions);
    expect(conflicts.map(({ id, mine: left }) => [id, left])).toEqual([['/steps/b', undefined]]);
    expect(document.steps['b']).toBeUndefined();
    const kept = mergeDocuments(versions, { '/steps/b': 'theirs' }).document;
    expect(kept.steps['b']).toMatchObject({ title: 'Changed' });
    expect(kept.scopes['root']?.steps).toContain('b');
  });

  it('asks about a wire that both led another way, and about a circle', () => {
    const one = mergeDocuments({
      base,
      mine: after(addStep(transform('m'), { after: 'a', port: 'out' })),
      theirs: after(addStep(transform('t'), { after: 'a', port: 'out' })),
    });
    expect(one.conflicts.map(({ id }) => id)).toEqual(['/scopes/root/edges']);
    expect(wires(one.document)).toEqual(['a:out:m', 'b:out:request', 'm:out:b']);
    expect(Object.keys(one.document.steps)).toContain('t');

    const apart = aFlow({ steps: [transform('a'), transform('b')] });
    const circle = mergeDocuments({
      base: apart,
      mine: after(connect({ from: 'a', port: 'out', to: 'b' }), apart),
      theirs: after(connect({ from: 'b', port: 'out', to: 'a' }), apart),
    });
    expect(circle.conflicts.map(({ id }) => id)).toEqual(['/scopes/root/edges']);
    expect(wires(circle.document)).toEqual(['a:out:b']);
  });

  it('keeps a step outside when its container is gone', () => {
    const loop: Step = { key: 'loop_1', kind: 'for_each', title: 'Loop', items: '[1]', concurrency: 1 };
    const nested = aFlow({ steps: [loop], inner: { 'loop_1.body': { steps: [transform('inside')] } } });
    const theirs = {
      ...nested,
      steps: { ...nested.steps, inside: { ...transform('inside'), title: 'Changed' } },
    };
    const mine = after(removeSteps(['loop_1']), nested);
    const merged = mergeDocuments({ base: nested, mine, theirs }, { '/steps/inside': 'theirs' });
    expect(merged.document.scopes).toEqual({ root: { steps: ['inside'], edges: [] } });
  });
});
