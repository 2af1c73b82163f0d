import type { JsonValue } from '@patchbay/flow-model';
import type { MergeContext, Versions } from './merge-context.ts';
import { isRecord, isSameJson, type Maybe } from './same-json.ts';

type Records = Versions<Record<string, JsonValue>>;

/**
 * Merges a value field by field: what only one side changed is taken from it. Both changed the same field: the context
 * decides. Things that only make sense as a whole (a formula, the cases of a branch) are one field.
 */
export function mergeFields(
  path: readonly string[],
  { base, mine, theirs }: Versions<Maybe>,
  context: MergeContext,
): Maybe {
  if (isSameJson(mine, theirs) || isSameJson(theirs, base)) return mine;
  if (isSameJson(mine, base)) return theirs;
  if (isRecord(base) && isRecord(mine) && isRecord(theirs) && hasParts(path, { base, mine, theirs })) {
    return mergeRecord(path, { base, mine, theirs }, context);
  }
  if (isUnimportant(path)) return mine;
  return context.decide(path, { mine, theirs }) === 'mine' ? mine : theirs;
}

function mergeRecord(path: readonly string[], { base, mine, theirs }: Records, context: MergeContext): JsonValue {
  const merged: Record<string, JsonValue> = {};
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const versions = { base: own(base, name), mine: own(mine, name), theirs: own(theirs, name) };
    const value = mergeFields([...path, name], versions, context);
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}

const own = (record: Record<string, JsonValue>, name: string): Maybe =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** Where a step stands on the canvas, and samples: nobody is asked about them. */
const isUnimportant = ([area]: readonly string[]): boolean => area === 'layout' || area === 'samples';

function hasParts(path: readonly string[], versions: Records): boolean {
  const [area, , ...inside] = path;
  if (area === undefined) return true;
  if (area === 'samples') return path.length === 1;
  if (area === 'layout') return path.length < 3;
  if (area === 'trigger') return path.length === 1 && isSameKind(versions);
  if (area !== 'steps') return false;
  if (inside.length === 0) return path.length === 1 || isSameKind(versions);
  const place = placeOf(inside);
  return place === 'names' || (place === 'binding' && isObjectBinding(versions));
}

/** What stands at a path inside a step: things by name, a binding, or something that is one thing. */
type Place = 'step' | 'names' | 'binding' | 'settings' | 'whole';

function placeOf(inside: readonly string[]): 'names' | 'binding' | 'whole' {
  const place = inside.reduce<Place>(placeInside, 'step');
  if (place === 'settings') return 'names';
  return place === 'step' ? 'whole' : place;
}

function placeInside(place: Place, name: string): Place {
  switch (place) {
    case 'step':
      return name === 'resilience' ? 'settings' : name === 'input' || name === 'headers' ? 'names' : 'binding';
    case 'names':
      return 'binding';
    case 'binding':
      return name === 'object' ? 'names' : 'whole';
    default:
      return 'whole';
  }
}

const isSameKind = ({ base, mine, theirs }: Records): boolean =>
  mine['kind'] === base['kind'] && theirs['kind'] === base['kind'];

const isObjectBinding = ({ base, mine, theirs }: Records): boolean =>
  [base, mine, theirs].every((value) => Object.keys(value).join() === 'object' && isRecord(value['object']));
