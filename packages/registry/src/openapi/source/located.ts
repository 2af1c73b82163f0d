import { isJsonObject } from '@patchbay/manifest';

/** A part of a description and where it stands: references in it count from there. */
export interface Located {
  readonly value: unknown;
  /** Address of the document; empty for a text that came without one. */
  readonly base: string;
  /** Where a reference led to: its JSON pointer in the document. */
  readonly pointer?: string;
}

/** The part below a key; its value is undefined if there is none. */
export function childOf(parent: Located, key: string | number): Located {
  return { value: ownValue(parent.value, key), base: parent.base };
}

/** All parts below, by key; none if it is neither object nor list. Keys that reach a prototype are left out. */
export function childrenOf(parent: Located): [string, Located][] {
  if (typeof parent.value !== 'object' || parent.value === null) return [];
  return Object.keys(parent.value)
    .filter((key) => key !== '__proto__')
    .map((key) => [key, childOf(parent, key)]);
}

/** An own property as text, or undefined. */
export function textAt(parent: Located, key: string): string | undefined {
  const value = ownValue(parent.value, key);
  return typeof value === 'string' ? value : undefined;
}

/** An own property of an object or list. */
export function ownValue(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}

/** The object, or an empty one for anything else. */
export function objectOf(value: unknown): Record<string, unknown> {
  return isJsonObject(value) ? value : {};
}
