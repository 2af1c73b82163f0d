import type { Migration } from '@patchbay/database';

const schema = `
  do $$ begin
    create extension if not exists pg_trgm;
  exception when others then
    raise notice 'pg_trgm is not to be had here; the search will not forgive typing errors';
  end $$;

  create table connectors (
    id text constraint connectors_id_key primary key,
    tenant_id text not null,
    slug text not null,
    name text not null,
    description text not null,
    type text not null,
    category text not null,
    tags text[] not null,
    icon json not null,
    runtime text not null,
    auth_types text[] not null,
    operations json not null,
    operation_text text not null,
    head_version text not null,
    stage text not null,
    visibility text not null constraint connectors_visibility_check
      check (visibility in ('none', 'enterprise', 'catalogue')),
    is_enabled boolean not null default true,
    is_builtin boolean not null default false,
    revision integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint connectors_tenant_id_slug_key unique (tenant_id, slug)
  );
  create index connectors_slug_idx on connectors (slug);
  comment on table connectors is 'One row per connector: what a card shows and the search reads, taken from its head version.';
  comment on column connectors.tenant_id is 'The owner; platform for built-ins, which all tenants see by visibility catalogue.';
  comment on column connectors.id is 'Equal to the slug for built-ins.';
  comment on column connectors.operation_text is 'Names and titles of the operations, for the search.';
  comment on column connectors.icon is 'json, not jsonb, here and below: the order of keys is the order of form fields.';

  create table connector_versions (
    id text constraint connector_versions_id_key primary key,
    connector_id text not null constraint connector_versions_connector_id_fkey references connectors (id),
    tenant_id text not null,
    version text not null,
    stage text not null constraint connector_versions_stage_check check (stage in
      ('draft', 'ready', 'pre_released', 'published', 'blocked', 'deprecated', 'retired')),
    visibility text not null,
    revision integer not null default 1,
    integrity text not null,
    published_at timestamptz,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint connector_versions_connector_id_version_key unique (connector_id, version)
  );
  comment on column connector_versions.integrity is 'Package that the version stands for now; earlier ones stay in connector_revisions.';

  create table connector_revisions (
    connector_id text not null constraint connector_revisions_connector_id_fkey references connectors (id),
    tenant_id text not null,
    version text not null,
    integrity text not null,
    manifest json not null,
    manifest_digest text not null,
    created_at timestamptz not null default now(),
    constraint connector_revisions_connector_id_version_integrity_key primary key (connector_id, version, integrity)
  );
  comment on table connector_revisions is
    'Every content a version ever had. Never changed or deleted: a running flow is locked to one of them.';

  create table connector_packages (
    integrity text constraint connector_packages_integrity_key primary key,
    bytes bytea not null,
    size_bytes integer not null,
    created_at timestamptz not null default now()
  );
  comment on table connector_packages is 'Content by its sha512. No tenant: whoever knows the digest was given it by a version.';
`;

export const createConnectors: Migration = {
  id: '20261121100000_create_connectors',
  async up(db) {
    await db.raw(schema);
  },
  async down(db) {
    // The extension stays: other schemas of the database may use it.
    await db.raw('drop table connector_packages, connector_revisions, connector_versions, connectors');
  },
};
