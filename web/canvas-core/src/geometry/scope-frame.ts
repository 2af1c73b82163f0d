import type { FlowDocument, Step } from '@patchbay/flow-model';
import { measures } from './measures.ts';
import { stepHeight, stepWidth } from './ports.ts';
import type { Point, SceneLane } from './scene.ts';

/** Size of a node and, for a container, its lanes. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly lanes?: readonly SceneLane[];
}

/** Scope ids of a container, left to right; empty for other steps. */
export function laneScopes(step: Step): readonly string[] {
  if (step.kind === 'for_each') return [`${step.key}.body`];
  return step.kind === 'try' ? [`${step.key}.body`, `${step.key}.catch`] : [];
}

/** Room above the first row of a lane: its label and entry wire, or only the port of the first step. */
export const laneInset = (isLabelled: boolean): number => (isLabelled ? measures.laneHead : measures.laneTop);

/** Where the steps of a lane have their origin, relative to the container. */
export const laneOrigin = (lane: SceneLane): Point => ({
  x: lane.x + measures.scopePadding,
  y: lane.y + laneInset(lane.label !== undefined),
});

/** Sizes of all steps; containers are as large as what stands in them. */
export function measureFrames(document: FlowDocument, positions: Readonly<Record<string, Point>>): Map<string, Frame> {
  const frames = new Map<string, Frame>();
  for (const key of innermostFirst(document)) {
    const step = document.steps[key];
    if (step !== undefined) frames.set(key, measureStep(step, { document, positions, frames }));
  }
  return frames;
}

interface Measuring {
  readonly document: FlowDocument;
  readonly positions: Readonly<Record<string, Point>>;
  readonly frames: ReadonlyMap<string, Frame>;
}

function measureStep(step: Step, context: Measuring): Frame {
  const scopes = laneScopes(step);
  if (scopes.length === 0) return { width: stepWidth(step), height: stepHeight(step) };
  const contents = scopes.map((scope) => measureContent(scope, context));
  const isLabelled = scopes.length > 1;
  const height = Math.max(...contents.map((content) => content.height)) + laneInset(isLabelled) + measures.laneFoot;
  let x = isLabelled ? measures.scopePadding : 0;
  const lanes = scopes.map((scope, index): SceneLane => {
    const content = contents[index] ?? { width: 0, height: 0, isEmpty: true };
    const width = Math.max(measures.laneWidth, content.width + 2 * measures.scopePadding);
    const lane = { scope, x, y: measures.scopeHeader, width, height, isEmpty: content.isEmpty };
    x += width;
    return isLabelled ? { ...lane, label: index === 0 ? 'Try' : 'On error' } : lane;
  });
  const outer = isLabelled ? measures.scopePadding : 0;
  return { width: x + outer, height: measures.scopeHeader + height + outer, lanes };
}

function measureContent(scope: string, context: Measuring): { width: number; height: number; isEmpty: boolean } {
  const keys = context.document.scopes[scope]?.steps ?? [];
  let width: number = measures.nodeWidth;
  let height: number = measures.nodeHeight;
  for (const key of keys) {
    const at = context.positions[key] ?? { x: 0, y: 0 };
    const frame = context.frames.get(key);
    width = Math.max(width, at.x + (frame?.width ?? measures.nodeWidth));
    height = Math.max(height, at.y + (frame?.height ?? measures.nodeHeight));
  }
  return { width, height, isEmpty: keys.length === 0 };
}

/** Keys so that every step comes after the steps inside it; steps that no scope holds come first. */
function innermostFirst(document: FlowDocument): string[] {
  const depth = depths(document);
  return Object.keys(document.steps).sort((a, b) => (depth.get(b) ?? 0) - (depth.get(a) ?? 0));
}

/** Nesting of every step: 0 in the root scope. */
export function depths(document: FlowDocument): Map<string, number> {
  const depth = new Map<string, number>();
  let level = [...(document.scopes.root?.steps ?? [])];
  for (let at = 0; level.length > 0; at += 1) {
    const next: string[] = [];
    for (const key of level) {
      if (depth.has(key)) continue;
      depth.set(key, at);
      const step = document.steps[key];
      if (step !== undefined) next.push(...laneScopes(step).flatMap((scope) => document.scopes[scope]?.steps ?? []));
    }
    level = next;
  }
  return depth;
}
