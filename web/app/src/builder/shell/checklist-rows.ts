import type { ChecklistEntry } from '@patchbay/api-contract/client';

/** One line of a checklist; many of one kind are one line. */
export interface ChecklistRow {
  readonly key: string;
  readonly section: ChecklistEntry['section'];
  readonly message: string;
  readonly done: boolean;
  readonly blocking: boolean;
}

/** What an entry is about, once it is done. */
const doneWords: Readonly<Record<string, string>> = {
  description_missing: 'Description',
  base_url_missing: 'Base URL',
  icon_missing: 'Icon',
  documentation_url_missing: 'Link to the documentation',
  auth_details_incomplete: 'Authentication details',
  operation_missing: 'Operations',
};

const several: Readonly<Record<string, (done: number, all: number) => string>> = {
  test_missing: (done, all) =>
    done === all
      ? `All ${all} operations passed their test`
      : `${all - done} of ${all} operations have no passing test`,
  response_schema_missing: (_, all) => `${all} operations have no response schema`,
};

/** The lines of a checklist: entries that speak of one operation each are put together when there are many. */
export function checklistRows(entries: readonly ChecklistEntry[]): readonly ChecklistRow[] {
  const byCode = Map.groupBy(entries, (entry) => entry.code);
  return [...byCode].flatMap(([code, group]) => {
    const words = several[code];
    const [first] = group;
    if (first === undefined || words === undefined || group.length < 3) return group.map((entry) => rowOf(entry));
    const done = group.filter((entry) => entry.done).length;
    const { section, blocking } = first;
    return [{ key: code, section, blocking, done: done === group.length, message: words(done, group.length) }];
  });
}

function rowOf({ code, operation = '', section, message, done, blocking }: ChecklistEntry): ChecklistRow {
  return {
    key: `${code}/${operation}`,
    section,
    done,
    blocking,
    message: done ? (doneWords[code] ?? message) : message,
  };
}

/** How many of the lines that block are done. */
export function readinessOf(rows: readonly ChecklistRow[]): { readonly done: number; readonly all: number } {
  const blocking = rows.filter((row) => row.blocking);
  return { done: blocking.filter((row) => row.done).length, all: blocking.length };
}
