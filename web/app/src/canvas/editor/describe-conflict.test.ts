import { expect, it } from 'vitest';
import { mergeDocuments } from '@patchbay/canvas-core';
import type { FlowDocument, Step } from '@patchbay/flow-model';
import { describeConflict } from './describe-conflict.ts';

const call: Step = {
  key: 'call',
  kind: 'operation',
  title: 'Reserve item',
  connector: 'http',
  version: '1.0.0',
  operation: 'get',
  input: { body: { object: { sku: { value: 'x' } } } },
};
const base: FlowDocument = {
  schemaVersion: 1,
  name: 'Orders',
  description: '',
  mode: 'auto',
  trigger: { kind: 'manual', title: 'Start', inputSchema: {} },
  steps: { call, gone: { key: 'gone', kind: 'try', title: 'Guard' } },
  scopes: { root: { steps: ['call', 'gone'], edges: [] }, 'gone.body': { steps: [], edges: [] } },
  layout: { positions: {} },
  samples: {},
};
const withBody = (sku: { value: string } | { formula: string }): FlowDocument['steps'] => ({
  ...base.steps,
  call: { ...call, input: { body: { object: { sku } } } },
});

it('says what both changed, and what each made of it', () => {
  const { gone: _gone, ...mySteps } = withBody({ value: 'KB' });
  const mine = {
    ...base,
    name: 'Mine',
    steps: mySteps,
    scopes: { root: { steps: ['call'], edges: [] } },
    trigger: { ...base.trigger, title: 'By hand' },
  };
  const theirSteps = withBody({ formula: 'loop.item.sku' });
  const theirs = {
    ...base,
    name: 'Theirs',
    steps: { ...theirSteps, gone: { ...base.steps['gone'], title: 'Shield' } as Step },
    trigger: { ...base.trigger, title: 'Form' },
  };
  const { conflicts } = mergeDocuments({ base, mine, theirs });
  expect(conflicts.map((conflict) => describeConflict(conflict, { mine, theirs }))).toEqual([
    { subject: 'Name of the flow', mine: 'Mine', theirs: 'Theirs' },
    { subject: 'Trigger › name', mine: 'By hand', theirs: 'Form' },
    { subject: 'Reserve item › body › sku', mine: 'KB', theirs: 'loop.item.sku' },
    { subject: 'Step Shield', mine: 'removed', theirs: 'kept, with changes' },
  ]);
});

it('names the wires that only one of them has', () => {
  const wires = (from: string, to: string): FlowDocument => ({
    ...base,
    scopes: { ...base.scopes, root: { steps: ['call', 'gone'], edges: [{ from, port: 'out', to }] } },
  });
  const [mine, theirs] = [wires('call', 'gone'), wires('gone', 'call')];
  const { conflicts } = mergeDocuments({ base, mine, theirs });
  expect(conflicts.map((conflict) => describeConflict(conflict, { mine, theirs }))).toEqual([
    { subject: 'Wires', mine: 'Reserve item → Guard', theirs: 'Guard → Reserve item' },
  ]);
});
