import type { Migration } from '@patchbay/database';

const watched = ['connectors', 'connector_versions', 'marketplace_entries'];

const schema = `
  create table marketplace_changes (
    xid xid8 not null,
    connector_id text not null,
    constraint marketplace_changes_key primary key (xid, connector_id)
  );
  comment on table marketplace_changes is
    'Connectors by the transaction that changed them: what a copy of the search in memory reads again. No foreign key: a change outlives its connector.';
  -- What is older than the oldest row may have been forgotten; before this one nothing was.
  insert into marketplace_changes (xid, connector_id) values ('0', '');

  -- A search asks which connectors a tenant has settings of.
  create index connector_settings_tenant_id_connector_id_idx on connector_settings (tenant_id, connector_id);

  create function note_marketplace_change() returns trigger language plpgsql as $body$
  declare
    changed text;
  begin
    if tg_table_name = 'connectors' then
      changed := coalesce(new.id, old.id);
    else
      changed := coalesce(new.connector_id, old.connector_id);
    end if;
    insert into marketplace_changes (xid, connector_id) values (pg_current_xact_id(), changed) on conflict do nothing;
    return null;
  end
  $body$;
`;

// In the database, so that no write can forget it: not a cascade, and not one by hand.
const trigger = (table: string): string => `
  create trigger ${table}_note_change after insert or update or delete on ${table}
    for each row execute function note_marketplace_change()`;

export const createMarketplaceChanges: Migration = {
  id: '20261121234500_create_marketplace_changes',
  async up(db) {
    await db.raw(schema);
    for (const table of watched) await db.raw(trigger(table));
  },
  async down(db) {
    for (const table of watched) await db.raw(`drop trigger ${table}_note_change on ${table}`);
    await db.raw('drop function note_marketplace_change');
    await db.raw('drop index connector_settings_tenant_id_connector_id_idx');
    await db.raw('drop table marketplace_changes');
  },
};
