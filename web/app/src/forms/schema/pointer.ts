/** Reads the value at a JSON pointer; undefined when something on the way is missing. */
export function valueAt(root: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>(
    (value, segment) => (isRecord(value) && Object.hasOwn(value, segment) ? value[segment] : undefined),
    root,
  );
}

/** A copy of `root` with another value at a JSON pointer; undefined removes the key, or the row of a list. */
export function withValueAt(root: unknown, pointer: string, value: unknown): unknown {
  return change(root, segmentsOf(pointer), value);
}

/** Pointer of a child. */
export const childPointer = (pointer: string, name: string | number): string =>
  `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;

function change(root: unknown, [head, ...rest]: readonly string[], value: unknown): unknown {
  if (head === undefined) return value;
  if (Array.isArray(root)) {
    const items = root as unknown[];
    const index = Number(head);
    if (rest.length === 0 && value === undefined) return items.filter((_, position) => position !== index);
    return Object.assign([...items], { [index]: change(items[index], rest, value) });
  }
  const record: Record<string, unknown> = isRecord(root) ? { ...root } : {};
  const child = change(Object.hasOwn(record, head) ? record[head] : undefined, rest, value);
  if (child === undefined) {
    const { [head]: _removed, ...others } = record;
    return others;
  }
  return { ...record, [head]: child };
}

function segmentsOf(pointer: string): string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A value as the text of a control; JSON for what is no text. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

/** Guard for anything with keys. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
