import type { Migration } from '@patchbay/database';

const statements = `
  create table flows (
    id text primary key,
    tenant_id text not null,
    name text not null,
    description text not null,
    document jsonb not null,
    content_hash text not null,
    revision integer not null default 1,
    is_enabled boolean not null default false,
    live_version_id text,
    live_version integer,
    live_content_hash text,
    trigger_kind text not null,
    step_count integer not null,
    connectors text[] not null,
    connection_ids text[] not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    updated_by text
  );
  create index flows_tenant_id_updated_at_idx on flows (tenant_id, updated_at desc);
  create index flows_connection_ids_idx on flows using gin (connection_ids);
  comment on column flows.content_hash is 'sha256 of the draft without layout and samples; differs from live_content_hash when there is something to publish';
  comment on column flows.live_version_id is 'the version that triggers start; null: never published';
  comment on column flows.connection_ids is 'connections the draft names, for the references of a connection';

  create table flow_versions (
    id text primary key,
    tenant_id text not null,
    flow_id text not null,
    number integer,
    note text not null default '',
    plan_hash text not null,
    document jsonb not null,
    document_hash text not null,
    content_hash text not null,
    published_at timestamptz not null default now(),
    published_by text not null,
    constraint flow_versions_tenant_id_flow_id_number_key unique (tenant_id, flow_id, number)
  );
  create unique index flow_versions_draft_key on flow_versions (tenant_id, flow_id, document_hash, plan_hash) where number is null;
  comment on table flow_versions is 'kept when the flow is deleted: runs show the document they ran';
  comment on column flow_versions.number is 'null: the draft as it was when a test ran';

  create table flow_plans (
    tenant_id text not null,
    hash text not null,
    plan jsonb not null,
    created_at timestamptz not null default now(),
    constraint flow_plans_tenant_id_hash_key primary key (tenant_id, hash)
  );

  create table webhooks (
    token text primary key,
    tenant_id text not null,
    flow_id text not null,
    sealed_secret text not null,
    created_at timestamptz not null default now(),
    constraint webhooks_tenant_id_flow_id_key unique (tenant_id, flow_id)
  );
  comment on column webhooks.token is 'the address itself, 128 random bits; it alone lets a flow without secret be called';
`;

/** Flows with their draft, what was published of them, and the compiled plans. */
export const createFlows: Migration = {
  id: '20261120100000_create_flows',
  async up(db) {
    await db.raw(statements);
  },
  async down(db) {
    await db.raw('drop table webhooks; drop table flow_plans; drop table flow_versions; drop table flows;');
  },
};
