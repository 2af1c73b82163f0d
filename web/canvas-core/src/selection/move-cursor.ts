import type { FlowDocument } from '@patchbay/flow-model';
import { firstSteps } from '../geometry/layout-edges.ts';
import { laneScopes } from '../geometry/scope-frame.ts';
import { triggerKey, type CanvasScene, type SceneNode } from '../geometry/scene.ts';
import { scopeOfStep } from '../commands/scope-edits.ts';

/** Where the cursor may go: along wires, between siblings, to the ends. */
export type CursorMove = 'up' | 'down' | 'left' | 'right' | 'branch-start' | 'branch-end' | 'trigger';

/** The step the cursor comes to; the same one when there is nothing in that direction. */
export function moveCursor(
  document: FlowDocument,
  scene: CanvasScene,
  at: { cursor: string; move: CursorMove },
): string {
  switch (at.move) {
    case 'trigger':
      return triggerKey;
    case 'up':
      return previous(document, scene, at.cursor) ?? at.cursor;
    case 'down':
      return next(document, scene, at.cursor) ?? at.cursor;
    case 'left':
    case 'right':
      return sideways(scene, at.cursor, at.move) ?? at.cursor;
    case 'branch-start':
      return walk(at.cursor, (key) => previous(document, scene, key));
    case 'branch-end':
      return walk(at.cursor, (key) => next(document, scene, key));
  }
}

function walk(start: string, step: (key: string) => string | undefined): string {
  const seen = new Set([start]);
  let at = start;
  for (let key = step(at); key !== undefined && !seen.has(key); key = step(at)) {
    seen.add(key);
    at = key;
  }
  return at;
}

/** Along a wire down, else into a container, else out of one to what follows it. */
function next(document: FlowDocument, scene: CanvasScene, key: string): string | undefined {
  if (key === triggerKey) return leftmost(scene, firstSteps(document, 'root'));
  const step = document.steps[key];
  const inner = step === undefined ? [] : laneScopes(step).flatMap((scope) => firstSteps(document, scope));
  return leftmost(scene, inner) ?? follower(document, scene, key) ?? leaveDown(document, scene, key);
}

function follower(document: FlowDocument, scene: CanvasScene, key: string): string | undefined {
  const scope = scopeOfStep(document, key) ?? 'root';
  return leftmost(
    scene,
    (document.scopes[scope]?.edges ?? []).filter(({ from }) => from === key).map(({ to }) => to),
  );
}

function leaveDown(document: FlowDocument, scene: CanvasScene, key: string): string | undefined {
  for (let parent = scene.nodes.get(key)?.parent; parent !== undefined; parent = scene.nodes.get(parent)?.parent) {
    const after = follower(document, scene, parent);
    if (after !== undefined) return after;
  }
  return undefined;
}

function previous(document: FlowDocument, scene: CanvasScene, key: string): string | undefined {
  const scope = scopeOfStep(document, key);
  if (scope === undefined) return undefined;
  const sources = (document.scopes[scope]?.edges ?? []).filter(({ to }) => to === key).map(({ from }) => from);
  return leftmost(scene, sources) ?? (scope === 'root' ? triggerKey : scope.split('.')[0]);
}

/** The nearest step beside this one in the same container, by place on the canvas. */
function sideways(scene: CanvasScene, key: string, move: 'left' | 'right'): string | undefined {
  const from = scene.nodes.get(key);
  if (from === undefined) return undefined;
  const sign = move === 'left' ? -1 : 1;
  const candidates = [...scene.nodes.values()].filter(
    (node) => node.key !== key && node.parent === from.parent && sign * (middle(node) - middle(from)) > 1,
  );
  const cost = (node: SceneNode): number => Math.abs(middle(node) - middle(from)) + 3 * Math.abs(node.y - from.y);
  return candidates.sort((a, b) => cost(a) - cost(b))[0]?.key ?? beside(scene, from, sign);
}

/** From one lane of a container into the other. */
function beside(scene: CanvasScene, from: SceneNode, sign: number): string | undefined {
  const candidates = [...scene.nodes.values()].filter(
    (node) => node.level === from.level && node.key !== from.key && sign * (middle(node) - middle(from)) > 1,
  );
  return candidates.sort((a, b) => Math.abs(a.y - from.y) - Math.abs(b.y - from.y))[0]?.key;
}

const middle = (node: SceneNode): number => node.x + node.width / 2;

function leftmost(scene: CanvasScene, keys: readonly string[]): string | undefined {
  const nodes = keys.flatMap((key) => scene.nodes.get(key) ?? []);
  return nodes.sort((a, b) => a.x - b.x || a.y - b.y)[0]?.key;
}
