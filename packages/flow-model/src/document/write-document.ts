/** Writes documents so that equal documents give equal text, good to read and to compare in Git. */
import { stringify } from 'yaml';
import { childScopesOf } from '../graph/ports.ts';
import { FlowDocumentSchema, type FlowDocument } from './flow-document.ts';

/** The document as JSON with two spaces, keys in the order of the schema, steps in the order of their scopes. */
export function toJson(document: FlowDocument): string {
  return `${JSON.stringify(inStableOrder(document), null, 2)}\n`;
}

/** The document as YAML; says the same as the JSON. */
export function toYaml(document: FlowDocument): string {
  return stringify(inStableOrder(document), { lineWidth: 0, aliasDuplicateObjects: false });
}

function inStableOrder(document: FlowDocument): FlowDocument {
  // Parsing puts the keys of every object in the order of its schema.
  const parsed = FlowDocumentSchema.parse(document);
  const scopeIds = orderedScopes(parsed);
  const keys = scopeIds.flatMap((id) => parsed.scopes[id]?.steps ?? []);
  return {
    ...parsed,
    steps: sorted(parsed.steps, keys),
    scopes: sorted(parsed.scopes, scopeIds),
    layout: { ...parsed.layout, positions: sorted(parsed.layout.positions, ['trigger', ...keys]) },
    samples: sorted(parsed.samples, ['trigger', ...keys]),
  };
}

/** Scope ids from the outside in, each container's after the scope it stands in. */
function orderedScopes(document: FlowDocument): string[] {
  const ids = ['root'];
  for (const id of ids) {
    for (const key of document.scopes[id]?.steps ?? []) {
      const step = document.steps[key];
      if (step) ids.push(...childScopesOf(step).filter((child) => child in document.scopes && !ids.includes(child)));
    }
  }
  return ids;
}

/** The entries named first, in that order, then all others by name. */
function sorted<Value>(record: Readonly<Record<string, Value>>, first: readonly string[]): Record<string, Value> {
  const rank = new Map(first.map((key, index) => [key, index]));
  const rankOf = (key: string): number => rank.get(key) ?? rank.size;
  const entries = Object.entries(record).sort(
    ([left], [right]) => rankOf(left) - rankOf(right) || (left < right ? -1 : 1),
  );
  return Object.fromEntries(entries);
}
