import { isJsonObject, type JsonSchemaObject } from '@patchbay/manifest';

const maxDepth = 6;

/**
 * The schema without `$defs`: references are replaced by what they mean. Parameters share one input, so that none can
 * have definitions of its own; what refers to itself accepts anything at its far end.
 */
export function inlineDefinitions(schema: JsonSchemaObject): JsonSchemaObject {
  const { $defs: definitions, ...root } = schema;
  if (!isJsonObject(definitions)) return schema;
  return inline(root, { definitions, depth: 0 }) as JsonSchemaObject;
}

interface Place {
  readonly definitions: Record<string, unknown>;
  /** References followed so far. */
  readonly depth: number;
}

function inline(value: unknown, place: Place): unknown {
  if (Array.isArray(value)) return value.map((item) => inline(item, place));
  if (!isJsonObject(value)) return value;
  const { $ref: reference, ...rest } = value;
  const others = Object.fromEntries(Object.entries(rest).map(([key, child]) => [key, inline(child, place)]));
  if (typeof reference !== 'string') return others;
  const target = place.definitions[reference.replace('#/$defs/', '')];
  if (target === undefined || place.depth >= maxDepth) return others;
  const meant = inline(target, { ...place, depth: place.depth + 1 });
  return isJsonObject(meant) ? { ...meant, ...others } : meant;
}
