import type { Edge, FlowDocument } from '@patchbay/flow-model';
import { triggerKey } from '../geometry/scene.ts';
import { scopeOfStep } from '../commands/scope-edits.ts';

/** What is selected: steps (or the trigger), and one cursor for the keyboard; or one wire. */
export interface Selection {
  readonly keys: readonly string[];
  /** The step the keyboard stands on. */
  readonly cursor?: string;
  readonly edge?: Edge;
}

/** A selection without what is not in the document any more. */
export function cleanSelection(selection: Selection, document: FlowDocument): Selection {
  const exists = (key: string): boolean => key === triggerKey || document.steps[key] !== undefined;
  const { cursor, edge } = selection;
  return {
    keys: selection.keys.filter(exists),
    ...(cursor !== undefined && exists(cursor) ? { cursor } : {}),
    ...(edge !== undefined && hasEdge(document, edge) ? { edge } : {}),
  };
}

function hasEdge(document: FlowDocument, edge: Edge): boolean {
  const scope = scopeOfStep(document, edge.from);
  const edges = scope === undefined ? [] : (document.scopes[scope]?.edges ?? []);
  return edges.some((known) => known.from === edge.from && known.port === edge.port && known.to === edge.to);
}
