import type { Migration } from '@patchbay/database';

const schema = `
  alter table tenants
    add column features jsonb not null
      default '{"custom_connectors": true, "sdk_access": true, "review_required": false}',
    add column limits jsonb not null default '{"custom_connectors": null}';
  comment on column tenants.features is 'TenantFeatures of the API: what the tenant may do beyond using what is there.';
  comment on column tenants.limits is 'TenantLimits of the API; null stands for no limit.';

  alter table users add column is_platform_admin boolean not null default false;
  alter table tokens add column is_platform_admin boolean not null default false;
  comment on column users.is_platform_admin is 'Rights of a platform administrator beside those of the role.';
  comment on column tokens.is_platform_admin is 'Upper bound like role: in effect only while the user has the flag too.';

  update users set is_platform_admin = true where role = 'platform_admin';
  update tokens set is_platform_admin = true where role = 'platform_admin';
  -- The role alone no longer gives flows and connections; who had them in a tenant keeps them by the flag beside a role.
  update tokens set role = 'enterprise_admin'
    from users
    where users.id = tokens.user_id and users.tenant_id <> 'platform' and tokens.role = 'platform_admin';
  update users set role = 'enterprise_admin', revision = revision + 1, updated_at = now()
    where role = 'platform_admin' and tenant_id <> 'platform';
  alter table users add constraint users_platform_role_check
    check (role <> 'platform_admin' or (is_platform_admin and tenant_id = 'platform'));

  create table audit_entries (
    id text constraint audit_entries_id_key primary key,
    tenant_id text not null constraint audit_entries_tenant_id_fkey references tenants (id),
    at timestamptz not null,
    actor text not null,
    action text not null,
    target_kind text not null,
    target_id text not null,
    target_name text not null,
    version text,
    from_state text,
    to_state text,
    reason text,
    details jsonb not null default '{}'
  );
  create index audit_entries_tenant_id_at_idx on audit_entries (tenant_id, at desc, id desc);
  create index audit_entries_tenant_id_target_id_at_idx on audit_entries (tenant_id, target_id, at desc, id desc);
  create index audit_entries_tenant_id_action_at_idx on audit_entries (tenant_id, action, at desc, id desc);
  comment on table audit_entries is 'Who did what. Append only: a trigger refuses every change, also by a mistake of ours.';
  comment on column audit_entries.actor is 'E-mail as it was then; no key, since the entry outlives the user.';

  create function refuse_audit_change() returns trigger language plpgsql as $body$
  begin
    raise exception 'The audit log is append only.';
  end
  $body$;
  create trigger audit_entries_append_only before update or delete on audit_entries
    for each row execute function refuse_audit_change();
  create trigger audit_entries_no_truncate before truncate on audit_entries
    for each statement execute function refuse_audit_change();
`;

const back = `
  drop table audit_entries;
  drop function refuse_audit_change();
  alter table users drop constraint users_platform_role_check;
  update tokens set role = 'platform_admin' where is_platform_admin;
  update users set role = 'platform_admin' where is_platform_admin;
  alter table tokens drop column is_platform_admin;
  alter table users drop column is_platform_admin;
  alter table tenants drop column features, drop column limits;
`;

export const addFeaturesAndAudit: Migration = {
  id: '20261121210000_add_features_and_audit',
  async up(db) {
    await db.raw(schema);
  },
  async down(db) {
    await db.raw(back);
  },
};
