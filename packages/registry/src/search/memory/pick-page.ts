/** Tells which of two numbers goes first, as `Array.sort` asks. */
export type Compare = (one: number, other: number) => number;

/** The items of one page in order, without putting those after it in order. `items` may be changed. */
export function pickPage(
  items: number[],
  page: { readonly from: number; readonly size: number },
  compare: Compare,
): number[] {
  const end = page.from + page.size;
  if (page.size <= 0 || page.from >= items.length) return [];
  const first = end * 2 < items.length ? firstOf(items, end, compare) : items;
  return first.sort(compare).slice(page.from, end);
}

/** The first `count` in no order: a heap with the last of them on top, which every better one pushes out. */
function firstOf(items: readonly number[], count: number, compare: Compare): number[] {
  const heap = items.slice(0, count);
  for (let at = (count >> 1) - 1; at >= 0; at -= 1) sink(heap, at, compare);
  for (let at = count; at < items.length; at += 1) {
    const item = items[at] ?? 0;
    if (compare(item, heap[0] ?? 0) >= 0) continue;
    heap[0] = item;
    sink(heap, 0, compare);
  }
  return heap;
}

function sink(heap: number[], start: number, compare: Compare): void {
  const item = heap[start] ?? 0;
  let at = start;
  for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && compare(heap[child + 1] ?? 0, heap[child] ?? 0) > 0) child += 1;
    const below = heap[child] ?? 0;
    if (compare(item, below) >= 0) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = item;
}
