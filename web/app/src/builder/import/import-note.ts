import type { Connector } from '@patchbay/api-contract/client';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** Where the operations of a connector came from: "From pets.json, 12 Nov. 9 operations left out."; undefined: not imported. */
export function importNote(connector: Pick<Connector, 'last_import'>): string | undefined {
  if (connector.last_import === undefined) return undefined;
  const { source, at, left_out: leftOut } = connector.last_import;
  const rest = leftOut === 1 ? ' 1 operation left out.' : leftOut > 1 ? ` ${leftOut} operations left out.` : '';
  return `From ${source}, ${day.format(new Date(at))}.${rest}`;
}
