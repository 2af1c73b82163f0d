import type { FlowDocument } from '@patchbay/flow-model';
import { snap } from '../geometry/measures.ts';
import type { Point } from '../geometry/scene.ts';
import { allow, type Command } from './command.ts';

/** Moves steps (and the trigger) by a distance, to the grid. `burst` merges a series of arrow keys into one undo. */
export function moveSteps(keys: readonly string[], delta: Point, burst?: string): Command {
  return {
    name: 'move-steps',
    label: keys.length === 1 ? 'Move step' : `Move ${keys.length} steps`,
    ...(burst === undefined ? {} : { mergeKey: `move:${burst}` }),
    apply: (document) => allow(moved(document, keys, delta)),
  };
}

function moved(document: FlowDocument, keys: readonly string[], delta: Point): FlowDocument {
  if (delta.x === 0 && delta.y === 0) return document;
  const positions = { ...document.layout.positions };
  for (const key of keys) {
    const at = positions[key] ?? { x: 0, y: 0 };
    positions[key] = { x: snap(at.x + delta.x), y: snap(at.y + delta.y) };
  }
  return { ...document, layout: { ...document.layout, positions } };
}

/** Puts everything where a layout says; one step of undo. */
export function arrange(positions: Readonly<Record<string, Point>>): Command {
  return {
    name: 'arrange',
    label: 'Tidy up',
    apply: (document) =>
      allow({ ...document, layout: { ...document.layout, positions: { ...document.layout.positions, ...positions } } }),
  };
}
