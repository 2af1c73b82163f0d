import type { ImportedOperation, OpenApiPreview } from '@patchbay/api-contract/client';

/** What the list of found operations shows. */
export interface ImportFilter {
  readonly text: string;
  /** Empty: any. */
  readonly tag: string;
  readonly state: ImportState | 'all';
}

/** How a found operation stands: it cannot be used, or how it compares with the connector. */
export type ImportState = 'new' | 'changed' | 'edited' | 'same' | 'unsupported';

/** Word of a state. */
export const importStateWords = {
  new: 'New',
  changed: 'Changed',
  edited: 'Edited by hand',
  same: 'The same',
  unsupported: 'Cannot be used',
} as const satisfies Record<ImportState, string>;

/** The state of one operation; a first import only knows new ones. */
export function stateOf(found: ImportedOperation): ImportState {
  if (found.operation === undefined) return 'unsupported';
  return found.change ?? 'new';
}

/** What is chosen at first: what is new or changed. What was edited by hand, or is on its way out, a person must ask for. */
export function chosenAtFirst(preview: OpenApiPreview): ReadonlySet<string> {
  const isRepeat = preview.operations.some(({ change }) => change !== undefined);
  const wanted = preview.operations.filter((found) => {
    const state = stateOf(found);
    return (state === 'new' && (isRepeat || !found.deprecated)) || state === 'changed';
  });
  return new Set(wanted.map(({ key }) => key));
}

/** Operations that fit the filter, in the order of the description. */
export function filtered(found: readonly ImportedOperation[], filter: ImportFilter): readonly ImportedOperation[] {
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return found.filter((one) => {
    if (filter.tag !== '' && !one.tags.includes(filter.tag)) return false;
    if (filter.state !== 'all' && stateOf(one) !== filter.state) return false;
    const text = `${one.key} ${one.operation?.name ?? ''} ${one.operation?.display_name ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** All tags with how often they occur, the most used first. */
export function tagsOf(
  found: readonly ImportedOperation[],
): readonly { readonly tag: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { tags } of found) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => b.count - a.count);
}

/** How many operations are in each state. */
export function stateCounts(found: readonly ImportedOperation[]): Readonly<Record<ImportState, number>> {
  const counts = { new: 0, changed: 0, edited: 0, same: 0, unsupported: 0 };
  for (const one of found) counts[stateOf(one)] += 1;
  return counts;
}

/** Chooses or leaves out those of `among` that can be used. */
export function withChoice(
  chosen: ReadonlySet<string>,
  among: readonly ImportedOperation[],
  isChosen: boolean,
): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const { key, operation } of among) {
    if (isChosen && operation !== undefined) next.add(key);
    else next.delete(key);
  }
  return next;
}

/** The part of a long list that is on screen, with a margin; positions are px. */
export function visibleRange(list: {
  readonly count: number;
  readonly rowHeight: number;
  readonly top: number;
  readonly height: number;
}): { readonly from: number; readonly to: number } {
  const margin = 6;
  const from = Math.max(0, Math.floor(list.top / list.rowHeight) - margin);
  return { from, to: Math.min(list.count, Math.ceil((list.top + list.height) / list.rowHeight) + margin) };
}
