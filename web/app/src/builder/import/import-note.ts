/** Where the operations of a connector came from, as this browser knows it. */
export interface ImportNote {
  /** Name of the file or address. */
  readonly source: string;
  readonly at: string;
  /** Operations that were found and not taken. */
  readonly leftOut: number;
}

const keyOf = (connector: string): string => `patchbay.import.${connector}`;
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Keeps the note; a browser without room only loses the note. */
export function keepImportNote(
  connector: string,
  note: ImportNote,
  storage: Pick<Storage, 'setItem'> = localStorage,
): void {
  try {
    storage.setItem(keyOf(connector), JSON.stringify(note));
  } catch {
    // The note is a comfort; the import itself is stored by the server.
  }
}

/** The note in words: "From pets.json, 12 Nov. 9 operations left out."; undefined: none is known. */
export function readImportNote(
  connector: string,
  storage: Pick<Storage, 'getItem'> = localStorage,
): string | undefined {
  const text = storage.getItem(keyOf(connector));
  if (text === null) return undefined;
  try {
    const { source, at, leftOut } = JSON.parse(text) as ImportNote;
    const rest = leftOut === 1 ? ' 1 operation left out.' : leftOut > 1 ? ` ${leftOut} operations left out.` : '';
    return `From ${source}, ${day.format(new Date(at))}.${rest}`;
  } catch {
    return undefined; // not ours, or cut off
  }
}
