import { secretMask } from '@patchbay/api-contract';
import type { FieldProblem } from '@patchbay/errors';
import { AppError } from '@patchbay/errors';
import { isJsonObject, joinPointer, type JsonObject, type JsonValue } from '@patchbay/manifest';
import { isSealed, maskConfig, sealedKey } from './secret-values.ts';

/** A merge of what is stored with what was sent. */
export interface ConfigMerge {
  readonly stored: JsonObject;
  /** As the caller sent it: masks mean "keep what is there" (5.16). */
  readonly sent: JsonObject;
  /** True: what was sent is all there is. */
  readonly isReplacing: boolean;
}

/**
 * Merges a config by RFC 7396: objects deep, lists whole, null removes. A mask keeps the sealed value at its place. Throws `validation_error` for a mask
 * without such a value.
 */
export function mergeConfig({ stored, sent, isReplacing }: ConfigMerge): JsonObject {
  const problems: FieldProblem[] = [];
  const kept = keepMasked(sent, stored, { pointer: '/config', problems }) as JsonObject;
  if (problems.length > 0) throw new AppError('validation_error', { details: { fields: problems } });
  return isReplacing ? (withoutNulls(kept) as JsonObject) : (mergePatch(stored, kept) as JsonObject);
}

interface Walk {
  readonly pointer: string;
  readonly problems: FieldProblem[];
}

/** What was sent with the sealed values in the place of their masks. */
function keepMasked(sent: JsonValue, stored: JsonValue | undefined, walk: Walk): JsonValue {
  if (typeof sent === 'string') return keepText(sent, stored, walk);
  if (Array.isArray(sent)) {
    const list = Array.isArray(stored) ? stored : [];
    return sent.map((item, index) =>
      keepMasked(item, counterpart(item, index, { list, isSameLength: list.length === sent.length }), at(walk, index)),
    );
  }
  if (!isJsonObject(sent)) return sent;
  if (sealedKey in sent) walk.problems.push({ path: at(walk, sealedKey).pointer, message: 'This key is not allowed.' });
  const known = isJsonObject(stored) && !isSealed(stored) ? stored : {};
  return Object.fromEntries(
    Object.entries(sent).map(([key, value]) => [
      key,
      keepMasked(value, Object.hasOwn(known, key) ? known[key] : undefined, at(walk, key)),
    ]),
  );
}

const at = (walk: Walk, key: string | number): Walk => ({ ...walk, pointer: joinPointer(walk.pointer, key) });

function keepText(sent: string, stored: JsonValue | undefined, walk: Walk): JsonValue {
  if (sent !== secretMask && !sent.includes(`//${secretMask}@`)) return sent;
  if (isSealed(stored) && stored.shown === sent) return stored;
  walk.problems.push({ path: walk.pointer, message: 'Give the value: there is none to keep.' });
  return sent;
}

/** The item of a stored list that one of the sent list stands for: the one that looks the same, else the one at its place. */
function counterpart(
  item: JsonValue,
  index: number,
  { list, isSameLength }: { readonly list: readonly JsonValue[]; readonly isSameLength: boolean },
): JsonValue | undefined {
  const look = JSON.stringify(item);
  const looksSame = (candidate: JsonValue | undefined): boolean =>
    candidate !== undefined && JSON.stringify(maskConfig(candidate)) === look;
  if (looksSame(list[index])) return list[index];
  // A moved item is told by its look; a bare mask looks like every other one, so only its place can tell.
  const moved = isJsonObject(item) ? list.find(looksSame) : undefined;
  return moved ?? (isSameLength ? list[index] : undefined);
}

/** RFC 7396. */
export function mergePatch(target: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch) || isSealed(patch)) return patch;
  const merged: JsonObject = isJsonObject(target) && !isSealed(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, key);
    else merged[key] = mergePatch(Object.hasOwn(merged, key) ? merged[key] : undefined, value);
  }
  return merged;
}

/** In a whole config, as in a patch, null means that something is not there; inside lists it is a value. */
function withoutNulls(value: JsonValue): JsonValue {
  return mergePatch({}, value);
}
