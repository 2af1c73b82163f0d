import type { DatabaseConnection } from '@patchbay/database';
import type { VisibleConnectorRow } from '../connector/connector-row.ts';
import { cardColumns } from '../connector/visible-connectors-repository.ts';

/** Row of an entry's connector with the version that the entry stands for. */
export type CardRow = VisibleConnectorRow & { readonly no: number };

/** Rows of entries by their numbers, in no order; an entry that is there no more has none. */
export async function readCardRows(db: DatabaseConnection, numbers: readonly number[]): Promise<CardRow[]> {
  const { rows } = await db.raw<{ rows: CardRow[] }>(
    `select e.no, ${cardColumns}, false as has_draft
       from marketplace_entries e
       join connectors c on c.id = e.connector_id
       join connector_versions head on head.id = e.version_id
      where e.no = any(?::int[])`,
    [[...numbers]],
  );
  return rows;
}
