import { describe, expect, it } from 'vitest';
import { aFlow, transform } from '../testing/flow-fixture.ts';
import { layoutDocument } from '../layout/layout-document.ts';
import { layoutScene } from './layout-scene.ts';
import { moveScene, withContents } from './move-scene.ts';

const branching = aFlow({
  steps: [
    {
      key: 'check',
      kind: 'branch',
      title: 'In stock?',
      mode: 'if',
      cases: [{ id: 'yes', label: 'Yes', when: 'true' }],
    },
    transform('reserve'),
    transform('refuse'),
  ],
  edges: [
    { from: 'check', port: 'yes', to: 'reserve' },
    { from: 'check', port: 'otherwise', to: 'refuse' },
  ],
});

const nested = aFlow({
  steps: [{ key: 'lines', kind: 'for_each', title: 'Lines', items: 'trigger.lines', concurrency: 4 }],
  inner: {
    'lines.body': { steps: [{ key: 'guard', kind: 'try', title: 'Guard' }] },
    'guard.body': {
      steps: [transform('reserve'), transform('write')],
      edges: [{ from: 'reserve', port: 'out', to: 'write' }],
    },
    'guard.catch': { steps: [transform('release')] },
  },
});

const laidOut = (flow: typeof branching) => ({ ...flow, layout: { positions: layoutDocument(flow) } });

describe('layoutScene', () => {
  it('gives a card 200 x 56 and a branch a row of ports under its labels', () => {
    const scene = layoutScene(laidOut(branching));
    expect(scene.nodes.get('reserve')).toMatchObject({ width: 200, height: 56, shape: 'card' });
    const check = scene.nodes.get('check');
    expect(check).toMatchObject({ height: 84 });
    expect(check?.ports.map(({ id, x, y }) => [id, x, y])).toEqual([
      ['yes', 50, 84],
      ['otherwise', 150, 84],
    ]);
  });

  it('hangs the first steps from the trigger and each path from its port', () => {
    const scene = layoutScene(laidOut(branching));
    expect([...scene.edges.keys()].sort()).toEqual([
      'check:otherwise:refuse',
      'check:yes:reserve',
      'trigger:out:check',
    ]);
    expect(scene.edges.get('trigger:out:check')?.path).toMatch(/^M[\d.-]+ [\d.-]+L/);
  });

  it('sizes containers by what stands in them and puts two lanes side by side', () => {
    const scene = layoutScene(laidOut(nested));
    const [lines, guard, reserve, release] = ['lines', 'guard', 'reserve', 'release'].map((key) =>
      scene.nodes.get(key),
    );
    expect(guard?.lanes?.map(({ scope, label }) => [scope, label])).toEqual([
      ['guard.body', 'Try'],
      ['guard.catch', 'On error'],
    ]);
    expect(inside(guard, lines)).toBe(true);
    expect(inside(reserve, guard)).toBe(true);
    expect(inside(release, guard)).toBe(true);
    expect(reserve?.y).toBe(release?.y);
    expect(scene.edges.get('guard:catch:release')).toMatchObject({ isEntry: true, isError: true });
    expect(reserve?.level).toBe(3);
  });

  it('keeps the objects that did not change', () => {
    const document = laidOut(branching);
    const before = layoutScene(document);
    const moved = { ...document, layout: { positions: { ...document.layout.positions, refuse: { x: 900, y: 500 } } } };
    const after = layoutScene(moved, before);
    expect(after.nodes.get('reserve')).toBe(before.nodes.get('reserve'));
    expect(after.edges.get('check:yes:reserve')).toBe(before.edges.get('check:yes:reserve'));
    expect(after.nodes.get('refuse')).not.toBe(before.nodes.get('refuse'));
  });

  it('shifts a container with its contents while it is dragged', () => {
    const document = laidOut(nested);
    const scene = layoutScene(document);
    const keys = withContents(document, scene, ['guard']);
    expect([...keys].sort()).toEqual(['guard', 'release', 'reserve', 'write']);
    const part = moveScene(scene, keys, { x: 8, y: 16 });
    const write = part.nodes.find(({ key }) => key === 'write');
    expect(write).toMatchObject({
      x: (scene.nodes.get('write')?.x ?? 0) + 8,
      y: (scene.nodes.get('write')?.y ?? 0) + 16,
    });
    expect(part.edges.map(({ id }) => id)).toContain('reserve:out:write');
  });

  it('lays out 1,000 steps without two of them overlapping', () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => `s${index}`);
    const edges = keys.slice(1).map((to, index) => ({ from: `s${Math.floor(index / 2)}`, port: 'out', to }));
    const scene = layoutScene(laidOut(aFlow({ steps: keys.map(transform), edges })));
    const rows = new Map<number, number[]>();
    for (const node of scene.nodes.values()) rows.set(node.y, [...(rows.get(node.y) ?? []), node.x]);
    for (const xs of rows.values()) {
      const sorted = xs.sort((a, b) => a - b);
      for (let index = 1; index < sorted.length; index += 1) {
        expect((sorted[index] ?? 0) - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(200);
      }
    }
  });
});

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

const inside = (inner: Rectangle | undefined, outer: Rectangle | undefined): boolean =>
  inner !== undefined &&
  outer !== undefined &&
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;
