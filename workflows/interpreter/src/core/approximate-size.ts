import { AppError } from '@patchbay/errors';
import type { JsonValue } from '@patchbay/flow-model';

/** Length of the JSON text, roughly and without making it: strings count one per character, other scalars 8. */
export function approximateSize(value: JsonValue): number {
  let size = 0;
  const open: JsonValue[] = [value];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    if (typeof current === 'string') size += current.length + 2;
    else if (typeof current !== 'object' || current === null) size += 8;
    else if (Array.isArray(current)) for (const item of current) open.push(item);
    else size += openMembers(current, open);
  }
  return size;
}

function openMembers(object: { readonly [key: string]: JsonValue }, open: JsonValue[]): number {
  let size = 2;
  for (const key in object) {
    size += key.length + 4;
    const member = object[key];
    if (member !== undefined) open.push(member);
  }
  return size;
}

/** Most bytes of one value that leaves the workflow: Temporal refuses 2 MiB, and would do so again and again. */
const maxValueBytes = 1_500_000;

/** Refuses a value too large for Temporal with `payload_too_large`; gives its approximate size. */
export function assertFits(value: JsonValue, what: string): number {
  const approximate = approximateSize(value);
  // A character takes at most 3 bytes.
  if (approximate * 3 <= maxValueBytes) return approximate;
  const sizeBytes = new TextEncoder().encode(JSON.stringify(value)).length;
  if (sizeBytes <= maxValueBytes) return approximate;
  throw new AppError('payload_too_large', {
    message: `${what} has ${String(sizeBytes)} bytes; at most ${String(maxValueBytes)} are possible.`,
    hint: 'Hand on only the fields that are needed, or a whole output of an earlier step.',
    details: { sizeBytes, limitBytes: maxValueBytes },
  });
}
