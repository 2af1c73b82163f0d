import type { Step } from '@patchbay/flow-model';
import { measures } from './measures.ts';
import type { ScenePort } from './scene.ts';

/** Ids of the ways out of a step, left to right. A stop has none. */
export function portIds(step: Step): readonly string[] {
  if (step.kind === 'stop') return [];
  return step.kind === 'branch' ? [...step.cases.map(({ id }) => id), 'otherwise'] : ['out'];
}

/** Width of a step that is no container: a branch with more than four ports widens. */
export function stepWidth(step: Step): number {
  return Math.max(measures.nodeWidth, portIds(step).length * measures.portCell);
}

/** Height of a step that is no container. */
export const stepHeight = (step: Step): number =>
  step.kind === 'branch' ? measures.nodeHeight + measures.portRow : measures.nodeHeight;

/** Ports of a box of this size: one in the middle of the lower edge, or one under each cell. */
export function placePorts(ids: readonly string[], size: { width: number; height: number }): ScenePort[] {
  return ids.map((id, index) => ({ id, x: ((index + 0.5) * size.width) / ids.length, y: size.height }));
}
