import type { Transaction } from '@patchbay/database';
import type { ConnectorState } from './connector-state.ts';
import { refreshSearch } from '../search/index-repository.ts';
import { newestFirst } from './visible-connectors-repository.ts';

/** Copies what the head version says into its connector, and lets the search know. Every write to a version ends with this. */
export async function refreshHead(trx: Transaction, connector: Pick<ConnectorState, 'id' | 'tenantId'>): Promise<void> {
  await trx.raw(
    `update connectors c
        set head_version = head.version, stage = head.stage, visibility = head.visibility, auth_types = head.auth_types,
            operations = head.operations, published_at = coalesce(c.published_at, head.published_at),
            operation_text = coalesce((select string_agg((o ->> 'title') || ' ' || (o ->> 'name'), ' | ')
                                         from json_array_elements(head.operations) o), '')
       from (select v.* from connector_versions v
              where v.connector_id = ? and v.tenant_id = ? order by ${newestFirst} limit 1) head
      where c.id = head.connector_id`,
    [connector.id, connector.tenantId],
  );
  await refreshSearch(trx, [connector.id]);
}
