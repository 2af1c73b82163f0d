import { describe, expect, it } from 'vitest';
import type { Step } from '@patchbay/flow-model';
import { aFlow, transform } from '../testing/flow-fixture.ts';
import { outline, type OutlineItem } from './outline.ts';

const branch: Step = {
  key: 'b',
  kind: 'branch',
  title: 'In stock?',
  mode: 'if',
  cases: [{ id: 'yes', label: 'Yes', when: 'true' }],
};
const flow = aFlow({
  steps: [transform('z'), branch, { key: 't', kind: 'try', title: 'Try it' }],
  edges: [
    { from: 'b', port: 'yes', to: 't' },
    { from: 'b', port: 'otherwise', to: 'z' },
    { from: 't', port: 'out', to: 'z' },
  ],
  inner: { 't.body': { steps: [transform('x')] }, 't.catch': { steps: [transform('y')] } },
});

describe('outline', () => {
  it('shows every step once, in order, with its place and its neighbours', () => {
    const line = (item: OutlineItem): unknown => [
      item.key,
      item.level,
      item.position,
      item.count,
      item.lane ?? '',
      item.description,
    ];
    const items = outline(flow);
    expect(items.map(line)).toEqual([
      ['trigger', 1, 1, 4, '', 'then In stock?'],
      ['b', 1, 2, 4, '', 'then Yes: Try it, Otherwise: z'],
      ['t', 1, 3, 4, '', 'after In stock?; then z'],
      ['z', 1, 4, 4, '', 'after In stock?, Try it'],
    ]);
    expect(items[2]?.children.map(line)).toEqual([
      ['x', 2, 1, 1, 'Try', ''],
      ['y', 2, 1, 1, 'On error', ''],
    ]);
  });

  it('ends also for a container that stands in itself, and shows steps on a circle', () => {
    const broken = aFlow({
      steps: [transform('a'), transform('b')],
      edges: [
        { from: 'a', port: 'out', to: 'b' },
        { from: 'b', port: 'out', to: 'a' },
      ],
      inner: { 't.body': { steps: [{ key: 't', kind: 'try', title: 't' }] } },
    });
    expect(outline(broken).map(({ key }) => key)).toEqual(['trigger', 'a', 'b']);
  });
});
