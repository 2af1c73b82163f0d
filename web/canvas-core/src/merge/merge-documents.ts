import type { FlowDocument, JsonValue } from '@patchbay/flow-model';
import { MergeContext, type MergeConflict, type MergeSide, type Versions } from './merge-context.ts';
import { mergeFields } from './merge-fields.ts';
import { mergeScopes } from './merge-scopes.ts';
import { isSameJson } from './same-json.ts';

/** One document of two, and what both changed in another way. */
export interface MergedDocument {
  readonly document: FlowDocument;
  /** Each needs a decision; where none was made, `document` holds mine. */
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Merges two versions of a flow that began as the same one: other steps, other fields of a step and other wires come
 * together, and whoever changed a thing alone has their way. `choices` are decisions by the id of a conflict.
 * Places on the canvas and samples are mine where both changed them.
 */
export function mergeDocuments(
  versions: Versions<FlowDocument>,
  choices: Readonly<Record<string, MergeSide>> = {},
): MergedDocument {
  const { base, mine, theirs } = versions;
  if (isSame(theirs, base) || isSame(mine, theirs)) return { document: mine, conflicts: [] };
  if (isSame(mine, base)) return { document: theirs, conflicts: [] };
  const context = new MergeContext(choices);
  const fields = { base: fieldsOf(base), mine: fieldsOf(mine), theirs: fieldsOf(theirs) };
  // The fields of three flow documents, each with all of its parts, give the fields of one.
  const merged = mergeFields([], fields, context) as unknown as Omit<FlowDocument, 'scopes'>;
  const scopes = mergeScopes(versions, merged.steps, context);
  return { document: { ...merged, scopes, layout: cleanLayout(merged) }, conflicts: context.conflicts };
}

const isSame = (left: FlowDocument, right: FlowDocument): boolean => isSameJson(toJson(left), toJson(right));
const toJson = (document: FlowDocument): JsonValue => document as unknown as JsonValue; // a document is JSON

function fieldsOf({ scopes: _scopes, ...fields }: FlowDocument): JsonValue {
  return fields as unknown as JsonValue;
}

/** Steps that are gone have no place any more. */
function cleanLayout({ layout, steps }: Omit<FlowDocument, 'scopes'>): FlowDocument['layout'] {
  const positions = Object.entries(layout.positions).filter(([key]) => key === 'trigger' || steps[key] !== undefined);
  return { ...layout, positions: Object.fromEntries(positions) };
}
