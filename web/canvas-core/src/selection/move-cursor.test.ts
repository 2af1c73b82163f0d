import { describe, expect, it } from 'vitest';
import { layoutScene } from '../geometry/layout-scene.ts';
import { layoutDocument } from '../layout/layout-document.ts';
import { aFlow, transform } from '../testing/flow-fixture.ts';
import { moveCursor, type CursorMove } from './move-cursor.ts';

const flow = aFlow({
  steps: [
    { key: 'check', kind: 'branch', title: 'Check', mode: 'if', cases: [{ id: 'yes', label: 'Yes', when: 'true' }] },
    transform('left'),
    { key: 'guard', kind: 'try', title: 'Guard' },
  ],
  edges: [
    { from: 'check', port: 'yes', to: 'left' },
    { from: 'check', port: 'otherwise', to: 'guard' },
  ],
  inner: { 'guard.body': { steps: [transform('body')] }, 'guard.catch': { steps: [transform('rescue')] } },
});
const document = { ...flow, layout: { positions: layoutDocument(flow) } };
const scene = layoutScene(document);
const from = (cursor: string, move: CursorMove): string => moveCursor(document, scene, { cursor, move });

describe('moveCursor', () => {
  it.each([
    ['trigger', 'down', 'check'],
    ['check', 'up', 'trigger'],
    ['check', 'down', 'left'],
    ['left', 'right', 'guard'],
    ['guard', 'left', 'left'],
    ['guard', 'down', 'body'],
    ['body', 'up', 'guard'],
    ['body', 'right', 'rescue'],
    ['rescue', 'trigger', 'trigger'],
    ['left', 'down', 'left'],
    ['left', 'branch-start', 'trigger'],
    ['trigger', 'branch-end', 'left'],
  ] as const)('from %s %s comes to %s', (cursor, move, expected) => {
    expect(from(cursor, move)).toBe(expected);
  });
});
