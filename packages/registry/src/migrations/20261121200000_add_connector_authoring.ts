import type { Migration } from '@patchbay/database';

const up = `
  alter table connectors
    add column updated_by text not null default 'patchbay',
    add column created_by text not null default 'patchbay',
    add column subcategory text,
    add column icon_source text not null default '',
    add column url text,
    add column documentation_url text,
    add column path_hierarchy boolean not null default false,
    add column assets json not null default '{"icons":{}}',
    add column oauth_connect_implemented boolean not null default false,
    add column processor json not null default '{"enabled":false}',
    add column origin_kind text not null default 'builtin' constraint connectors_origin_kind_check
      check (origin_kind in ('builder', 'package', 'component', 'builtin')),
    add column origin_component_id text,
    add column package_name text,
    add column is_slug_locked boolean not null default false,
    add column vendor text,
    add column price text not null default 'free' constraint connectors_price_check
      check (price in ('free', 'freemium', 'paid')),
    add column availability text not null default 'default' constraint connectors_availability_check
      check (availability in ('default', 'external')),
    add column vendor_portal_url text,
    add column published_at timestamptz,
    add column deleted_at timestamptz;
  update connectors set is_slug_locked = true, published_at = created_at, icon_source = icon ->> 'dataUri';
  comment on column connectors.icon_source is 'As it was given: a key, a URL or a data URI; column icon holds what a page can draw.';
  comment on column connectors.revision is 'Grows with every write to the connector or one of its versions; the value of If-Match.';
  comment on column connectors.is_slug_locked is 'Set by the first publication and never taken back (DI-14).';
  comment on column connectors.deleted_at is 'The row stays: slug and version numbers are never given to somebody else (T17).';

  alter table connector_versions
    alter column integrity drop not null,
    add column definition json,
    add column definition_hash text not null default '',
    add column pending_definition json,
    add column source_ref text,
    add column notes text not null default '',
    add column review text not null default 'none' constraint connector_versions_review_check
      check (review in ('none', 'pending', 'rejected')),
    add column is_unlisted boolean not null default false,
    add column was_catalogue boolean not null default false,
    add column deprecation json,
    add column sunset_at timestamptz,
    add column created_by text not null default 'patchbay',
    add column published_by text,
    add column flow_version_id text,
    add column auth_types text[] not null default '{}',
    add column operations json not null default '[]';
  update connector_versions v set was_catalogue = true where visibility = 'catalogue';
  update connector_versions v
     set auth_types = array(select distinct a ->> 'type' from json_array_elements(r.manifest -> 'auth') a),
         operations = (select coalesce(json_agg(json_build_object('name', o ->> 'name', 'title', o ->> 'title')), '[]')
                         from json_array_elements(r.manifest -> 'operations') o)
    from connector_revisions r
   where r.connector_id = v.connector_id and r.version = v.version and r.integrity = v.integrity;
  create index connector_versions_sunset_at_idx on connector_versions (sunset_at) where stage = 'deprecated';
  comment on column connector_versions.definition is 'What a person wrote (ConnectorDefinition); null for packages with code and for flows.';
  comment on column connector_versions.pending_definition is 'Changes of a private published version that _republish makes live (T7).';
  comment on column connector_versions.was_catalogue is 'It was public once: immutable for good, also after it was unpublished (5.5, T13).';
  comment on column connector_versions.operations is 'Names and titles; with auth_types what a card shows of this version.';
  comment on column connector_versions.flow_version_id is 'What a component version runs; its manifest says so too.';

  create table connector_settings (
    connector_id text not null constraint connector_settings_connector_id_fkey references connectors (id) on delete cascade,
    tenant_id text not null,
    config json not null default '{}',
    revision integer not null default 1,
    updated_at timestamptz not null default now(),
    constraint connector_settings_connector_id_tenant_id_key primary key (connector_id, tenant_id)
  );
  comment on table connector_settings is 'Config of a connector per tenant (CO-12, 5.15): outside of the immutable version, never shared.';
  comment on column connector_settings.config is 'Secret values are sealed with the key of the tenant and bound to connector and place.';

  create table connector_test_results (
    connector_id text not null constraint connector_test_results_connector_id_fkey references connectors (id) on delete cascade,
    tenant_id text not null,
    version text not null,
    operation text not null,
    operation_hash text not null,
    is_passed boolean not null,
    message text,
    tested_at timestamptz not null default now(),
    constraint connector_test_results_key primary key (connector_id, version, operation)
  );
  comment on column connector_test_results.operation_hash is 'Of base URL, authentication and operation as tested; another hash means: test again.';

  create function refuse_change_of_connector_revision() returns trigger language plpgsql as $$
  begin
    raise exception 'connector_revisions never change: a running flow may be locked to this one';
  end $$;
  create trigger connector_revisions_are_immutable before update or delete on connector_revisions
    for each row execute function refuse_change_of_connector_revision();
`;

const down = `
  drop trigger connector_revisions_are_immutable on connector_revisions;
  drop function refuse_change_of_connector_revision;
  drop table connector_test_results, connector_settings;
  alter table connector_versions
    drop column definition, drop column definition_hash, drop column pending_definition, drop column source_ref,
    drop column notes, drop column review, drop column is_unlisted, drop column was_catalogue, drop column deprecation,
    drop column sunset_at, drop column created_by, drop column published_by, drop column flow_version_id,
    drop column auth_types, drop column operations;
  alter table connectors
    drop column updated_by, drop column created_by, drop column subcategory, drop column icon_source, drop column url,
    drop column documentation_url, drop column path_hierarchy, drop column assets, drop column oauth_connect_implemented,
    drop column processor, drop column origin_kind, drop column origin_component_id, drop column package_name,
    drop column is_slug_locked, drop column vendor, drop column price, drop column availability,
    drop column vendor_portal_url, drop column published_at, drop column deleted_at;
`;

export const addConnectorAuthoring: Migration = {
  id: '20261121200000_add_connector_authoring',
  async up(db) {
    await db.raw(up);
  },
  async down(db) {
    await db.raw(down);
  },
};
