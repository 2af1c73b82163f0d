import type { Migration } from '@patchbay/database';

export const createConnections: Migration = {
  id: '20261121110000_create_connections',
  async up(db) {
    await db.raw(`
      create table data_keys (
        id text constraint data_keys_id_key primary key,
        tenant_id text not null,
        wrapped text not null,
        master_key_id text not null,
        is_active boolean not null default true,
        created_at timestamptz not null default now()
      );
      create unique index data_keys_tenant_id_key on data_keys (tenant_id) where is_active;
      comment on column data_keys.wrapped is 'The key, sealed by the master key; bound to tenant and id.';
      comment on column data_keys.is_active is 'New secrets are sealed with this one; the others only open old ones.';

      create table connections (
        id text constraint connections_id_key primary key,
        tenant_id text not null,
        name text not null,
        connector_slug text not null,
        auth_type text not null,
        credentials jsonb not null,
        is_enabled boolean not null default true,
        "authorization" text not null constraint connections_authorization_check
          check ("authorization" in ('unauthorized', 'authorized', 'reauth_required', 'revoked')),
        health text not null default 'unchecked' constraint connections_health_check
          check (health in ('unchecked', 'healthy', 'degraded', 'offline')),
        health_message text,
        health_checked_at timestamptz,
        last_used_at timestamptz,
        revision integer not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        created_by text not null,
        updated_by text not null
      );
      create unique index connections_tenant_id_name_key on connections (tenant_id, lower(name));
      create index connections_tenant_id_connector_slug_idx on connections (tenant_id, connector_slug);
      comment on column connections.credentials is
        'Every value by field name, each sealed on its own and bound to tenant, connection and field.';
      comment on column connections.last_used_at is 'Exact to a minute, so that a busy connection is not a write per call.';
      comment on column connections.updated_by is 'Id of the user who changed it last.';
    `);
  },
  async down(db) {
    await db.raw('drop table connections, data_keys');
  },
};
