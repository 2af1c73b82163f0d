import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../document/flow-document.ts';
import { aBranch, aDocument, aTransform } from '../testing/a-document.ts';
import {
  checkGraph,
  findCycle,
  portsOf,
  predecessors,
  scopeOf,
  scopeSchemaFor,
  stepsBefore,
  successors,
  topologicalOrder,
} from './index.ts';

const diamond = aDocument(
  { root: { steps: ['a', 'b', 'c', 'd', 'e'], edges: ['a>b', 'b:yes>c', 'b:otherwise>d', 'c>e', 'd>e'] } },
  [aBranch('b')],
);
const nested = aDocument(
  {
    root: { steps: ['a', 'loop_1', 'z'], edges: ['a>loop_1', 'loop_1>z'] },
    'loop_1.body': { steps: ['t', 'last'], edges: ['t>last'] },
    't.body': { steps: ['x'] },
    't.catch': { steps: ['y'] },
  },
  [
    aTransform('a', { value: [{ sku: 'k', qty: 2 }] }),
    { key: 'loop_1', title: 'Loop', kind: 'for_each', items: 'a', concurrency: 1, result: { formula: 'last' } },
    { key: 't', title: 'Try', kind: 'try' },
    aTransform('last', { formula: 'loop.item.qty * 2' }),
  ],
);
const noCatalog = { operation: () => undefined };

describe('order', () => {
  it('orders a scope so that edges point forward, and leaves cycles out', () => {
    const scope = { steps: ['c', 'b', 'a'], edges: [{ from: 'a', port: 'out', to: 'b' }, { from: 'b', port: 'out', to: 'c' }] }; // prettier-ignore
    expect(topologicalOrder(scope)).toEqual(['a', 'b', 'c']);
    expect(findCycle(scope)).toBeUndefined();
    const cyclic = aDocument({ root: { steps: ['a', 'b', 'c', 'd'], edges: ['a>b', 'b>c', 'c>b', 'c>d'] } }).scopes[
      'root'
    ];
    expect(cyclic && topologicalOrder(cyclic)).toEqual(['a']);
    expect(cyclic && findCycle(cyclic)).toEqual(expect.arrayContaining(['b', 'c']));
    expect(cyclic && findCycle(cyclic)).toHaveLength(2);
  });
});

describe('stepsBefore', () => {
  const before = (document: FlowDocument, key: string) =>
    stepsBefore(document, key).map((step) => step.key + (step.mayNotHaveRun ? '?' : ''));

  it('marks the steps of a branch that may have been skipped', () => {
    expect(before(diamond, 'e')).toEqual(['c?', 'd?', 'b', 'a']);
    expect(before(diamond, 'c')).toEqual(['b', 'a']);
    expect(before(diamond, 'a')).toEqual([]);
  });

  it('knows that both of two parallel steps have run where they join', () => {
    const parallel = aDocument({ root: { steps: ['a', 'b', 'c', 'd'], edges: ['a>b', 'a>c', 'b>d', 'c>d'] } });
    expect(before(parallel, 'd')).toEqual(['b', 'c', 'a']);
    expect(before(parallel, 'c')).toEqual(['a']);
  });

  it('looks through enclosing scopes, not into them', () => {
    expect(before(nested, 'x')).toEqual(['a']);
    expect(before(nested, 'last')).toEqual(['t', 'a']);
    expect(before(nested, 'z')).toEqual(['loop_1', 'a']);
  });

  it('takes a long chain in its stride', () => {
    const steps = Array.from({ length: 1_000 }, (_, index) => `s${String(index)}`);
    const edges = steps.slice(1).map((key, index) => `${steps[index] ?? ''}>${key}`);
    const started = performance.now();
    expect(stepsBefore(aDocument({ root: { steps, edges } }), 's999')).toHaveLength(999);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('scopeSchemaFor', () => {
  it('gives trigger, run, earlier outputs and the loop', () => {
    const schemas = scopeSchemaFor(nested, 'last', noCatalog);
    expect(Object.keys(schemas).sort()).toEqual(['a', 'loop', 'run', 't', 'trigger']);
    expect(schemas['loop']).toMatchObject({
      properties: { item: { properties: { sku: { type: 'string' } } }, index: { type: 'integer' } },
    });
    expect(scopeSchemaFor(nested, 'z', noCatalog)['loop_1']).toEqual({ type: 'array', items: { type: 'number' } });
  });

  it('gives the error only inside a catch, and skipped steps as possibly nothing', () => {
    expect(scopeSchemaFor(nested, 'y', noCatalog)).toHaveProperty('error');
    expect(scopeSchemaFor(nested, 'x', noCatalog)).not.toHaveProperty('error');
    expect(scopeSchemaFor(diamond, 'e', noCatalog)['c']).toEqual({ anyOf: [{ type: 'number' }, { type: 'null' }] });
  });
});

describe('checkGraph', () => {
  it('has nothing to say about good documents', () => {
    expect(checkGraph(diamond)).toEqual([]);
    expect(checkGraph(nested)).toEqual([]);
    expect(portsOf(aBranch('b')).map(({ id }) => id)).toEqual(['yes', 'otherwise']);
    expect([scopeOf(nested, 'x'), predecessors(diamond, 'e'), successors(diamond, 'b')]).toEqual([
      't.body',
      ['c', 'd'],
      ['c', 'd'],
    ]);
  });

  const broken: [string, FlowDocument, string][] = [
    [
      'an edge to an unknown step',
      aDocument({ root: { steps: ['a'], edges: ['a>x'] } }),
      'A wire names a step "x" that does not exist.',
    ],
    ['an edge across scopes', { ...nested, scopes: { ...nested.scopes, root: { steps: ['a', 'loop_1', 'z'], edges: [{ from: 'a', port: 'out', to: 'x' }] } } }, 'A wire from "A" to "X" leaves its scope.'], // prettier-ignore
    [
      'a port that does not exist',
      aDocument({ root: { steps: ['a', 'b'], edges: ['a:no>b'] } }),
      'The step "A" has no way out "no".',
    ],
    [
      'a cycle',
      aDocument({ root: { steps: ['a', 'b'], edges: ['a>b', 'b>a'] } }),
      'These steps wait for each other in a circle',
    ],
    [
      'a step in no scope',
      { ...diamond, steps: { ...diamond.steps, lost: aTransform('lost') } },
      'The step "Lost" stands in no scope, so it can never run.',
    ],
    ['a step in two scopes', aDocument({ root: { steps: ['a', 'a'] } }), 'The step "A" stands in 2 places.'],
    [
      'a container without scopes',
      aDocument({ root: { steps: ['t'] } }, [{ key: 't', title: 'T', kind: 'try' }]),
      'The step "T" lacks its scope "t.body".',
    ],
    [
      'duplicate edges',
      aDocument({ root: { steps: ['a', 'b'], edges: ['a>b', 'a>b'] } }),
      'Two wires run from "A" to "B".',
    ],
    [
      'a scope of nobody',
      aDocument({ root: { steps: ['a'] }, 'a.body': { steps: ['b'] } }),
      'The scope "a.body" belongs to no step, so its steps can never run.',
    ],
    [
      'a reserved key',
      aDocument({ root: { steps: ['trigger'] } }),
      '"trigger" cannot be the key of a step; formulas use that name.',
    ],
    [
      'a step after stop',
      aDocument({ root: { steps: ['s', 'b'], edges: ['s>b'] } }, [
        { key: 's', title: 'S', kind: 'stop', outcome: 'failed' },
      ]),
      'The step "S" ends the run, so nothing can follow it.',
    ],
    [
      'a container in itself',
      aDocument({ root: { steps: ['a'] }, 't.body': { steps: ['t'] }, 't.catch': { steps: [] } }, [
        { key: 't', title: 'T', kind: 'try' },
      ]),
      'The step "T" stands inside itself.',
    ],
  ];
  it.each(broken)('finds %s', (_name, document, message) => {
    expect(checkGraph(document).map((issue) => issue.message)).toEqual(
      expect.arrayContaining([expect.stringContaining(message)]),
    );
  });

  it('leads to the place in the document where no step can be named', () => {
    const lonely = { steps: { a: aTransform('a') }, scopes: { root: { steps: ['a', 'gone'], edges: [] }, 'x.body': { steps: [], edges: [{ from: 'p', port: 'out', to: 'q' }] } } }; // prettier-ignore
    expect(checkGraph(lonely).map(({ step, field }) => step ?? field)).toEqual([
      '/scopes/root/steps',
      '/scopes/x.body',
      '/scopes/x.body/edges',
    ]);
    expect(checkGraph({ steps: {}, scopes: {} }).map(({ field }) => field)).toEqual(['/scopes/root']);
  });
});
