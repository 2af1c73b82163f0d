import type { Migration } from '@patchbay/database';

const schema = `
  create table tenants (
    id text constraint tenants_id_key primary key,
    name text not null,
    revision integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  insert into tenants (id, name) values ('platform', 'Platform');
  comment on table tenants is 'A company. The tenant platform owns built-in connectors and the platform administrators.';

  create table users (
    id text constraint users_id_key primary key,
    tenant_id text not null constraint users_tenant_id_fkey references tenants (id),
    email text not null,
    name text not null,
    role text not null constraint users_role_check
      check (role in ('platform_admin', 'enterprise_admin', 'developer', 'viewer')),
    password_hash text,
    revision integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create unique index users_email_key on users (lower(email));
  create index users_tenant_id_idx on users (tenant_id);
  comment on column users.email is 'Unique in the whole installation: sign-in knows no tenant yet.';
  comment on column users.password_hash is 'scrypt with its parameters, see password.ts; null until one is set.';

  create table sessions (
    secret_hash text constraint sessions_secret_hash_key primary key,
    tenant_id text not null constraint sessions_tenant_id_fkey references tenants (id),
    user_id text not null constraint sessions_user_id_fkey references users (id) on delete cascade,
    opened_by text not null constraint sessions_opened_by_check check (opened_by in ('password', 'link')),
    created_at timestamptz not null,
    expires_at timestamptz not null
  );
  create index sessions_user_id_idx on sessions (user_id);
  create index sessions_expires_at_idx on sessions (expires_at);
  comment on column sessions.secret_hash is 'SHA-256 of the cookie: a copy of this table signs nobody in.';
  comment on column sessions.opened_by is 'A fresh session by link may set a password without the forgotten one.';

  create table tokens (
    id text constraint tokens_id_key primary key,
    tenant_id text not null constraint tokens_tenant_id_fkey references tenants (id),
    user_id text not null constraint tokens_user_id_fkey references users (id) on delete cascade,
    name text not null,
    prefix text not null constraint tokens_prefix_key unique,
    secret_hash text not null,
    role text not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz
  );
  create index tokens_user_id_idx on tokens (user_id);
  comment on column tokens.prefix is 'Public part: finds the row and lets a person recognise the token.';
  comment on column tokens.role is 'Upper bound; the role in effect never exceeds the one the user has now.';
  comment on column tokens.last_used_at is 'Exact to a minute, so that a busy token is not a write per call.';

  create table sign_in_links (
    token_hash text constraint sign_in_links_token_hash_key primary key,
    tenant_id text not null constraint sign_in_links_tenant_id_fkey references tenants (id),
    user_id text not null constraint sign_in_links_user_id_fkey references users (id) on delete cascade,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
  );
  create index sign_in_links_user_id_idx on sign_in_links (user_id);
  comment on column sign_in_links.used_at is 'Set by the one request that wins; the others find no open link.';

  create table sign_in_attempts (
    key_hash text constraint sign_in_attempts_key_hash_key primary key,
    attempt_count integer not null,
    window_started_at timestamptz not null
  );
  comment on table sign_in_attempts is
    'Failed sign-ins per account and address, kept for all servers. No tenant: it is not known before sign-in.';
`;

export const createTenantsAndUsers: Migration = {
  id: '20261121090000_create_tenants_and_users',
  async up(db) {
    await db.raw(schema);
  },
  async down(db) {
    await db.raw('drop table sign_in_attempts, sign_in_links, tokens, sessions, users, tenants');
  },
};
