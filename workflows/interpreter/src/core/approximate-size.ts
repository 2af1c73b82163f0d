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
