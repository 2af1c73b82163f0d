import type { FlowDocument } from '../document/flow-document.ts';
import { FlowIndex, type EarlierStep, type FlowGraph, type Surrounding } from './flow-index.ts';

type Scopes = Pick<FlowDocument, 'scopes'>;

/** Id of the scope a step stands in; undefined when it stands in none. */
export function scopeOf(document: Scopes, key: string): string | undefined {
  return Object.keys(document.scopes).find((id) => document.scopes[id]?.steps.includes(key));
}

/** Keys of the steps with an edge to this one, in the order of the edges. */
export function predecessors(document: Scopes, key: string): string[] {
  const scope = document.scopes[scopeOf(document, key) ?? ''];
  return [...new Set(scope?.edges.filter(({ to }) => to === key).map(({ from }) => from))];
}

/** Keys of the steps this one has an edge to, in the order of the edges. */
export function successors(document: Scopes, key: string): string[] {
  const scope = document.scopes[scopeOf(document, key) ?? ''];
  return [...new Set(scope?.edges.filter(({ from }) => from === key).map(({ to }) => to))];
}

/** The containers around a step, the innermost first. For many steps of one document use a {@link FlowIndex}. */
export function containersOf(document: FlowGraph, key: string): Surrounding[] {
  return new FlowIndex(document).containersOf(key);
}

/** The steps whose output a step may refer to, nearest first. For many steps of one document use a {@link FlowIndex}. */
export function stepsBefore(document: FlowGraph, key: string): EarlierStep[] {
  return new FlowIndex(document).stepsBefore(key);
}
