import type { JsonValue } from './json.ts';

/** Appends one segment to a JSON pointer (RFC 6901), escaping it. */
export function joinPointer(pointer: string, segment: string | number): string {
  return `${pointer}/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Writes a path of segments as a JSON pointer; `[]` is the whole document, `''`. */
export function toPointer(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>((pointer, segment) => joinPointer(pointer, String(segment)), '');
}

/** True for a JSON pointer (RFC 6901): empty for the whole document, else each segment after a `/`, `~` written as `~0`. */
export function isPointer(text: string): boolean {
  return /^(\/([^~/]|~[01])*)*$/.test(text);
}

/** The value a JSON pointer names, or undefined when nothing is there. Only own properties count. */
export function readPointer(document: JsonValue, pointer: string): JsonValue | undefined {
  if (pointer === '') return document;
  let current: JsonValue | undefined = document;
  for (const raw of pointer.split('/').slice(1)) {
    const segment = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (
      typeof current !== 'object' ||
      current === null ||
      !Object.prototype.propertyIsEnumerable.call(current, segment)
    )
      return undefined;
    current = (current as Record<string, JsonValue>)[segment];
  }
  return current;
}
