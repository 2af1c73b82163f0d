import type { Migration } from '@patchbay/database';

const up = `
  alter table connections
    add column connector_version text,
    add column account_name text,
    add column last_authorized_at timestamptz,
    add column oauth_scopes text[],
    add column oauth_granted_scopes text[],
    add column oauth_access_token text,
    add column oauth_refresh_token text,
    add column oauth_expires_at timestamptz;
  update connections set last_authorized_at = updated_at where "authorization" = 'authorized';
  comment on column connections.oauth_scopes is 'The scopes to ask for; null: all of the connector.';
  comment on column connections.oauth_access_token is 'Sealed and bound to the connection, like oauth_refresh_token.';
  comment on column connections.oauth_expires_at is 'End of the access token; null: it has none, or the server did not say.';

  create table oauth_states (
    state_hash text constraint oauth_states_state_hash_key primary key,
    tenant_id text not null,
    connection_id text not null
      constraint oauth_states_connection_id_fkey references connections (id) on delete cascade,
    user_id text not null,
    code_verifier text not null,
    credentials jsonb not null,
    account_name text,
    expires_at timestamptz not null
  );
  create index oauth_states_expires_at_idx on oauth_states (expires_at);
  comment on table oauth_states is 'Authorizations that were started; a row is taken by its callback and never used twice.';
  comment on column oauth_states.state_hash is 'SHA-256 of the random state: the table alone lets nobody finish an authorization.';
  comment on column oauth_states.credentials is 'What was typed, sealed; it replaces the credentials of the connection on success.';
`;

const down = `
  drop table oauth_states;
  alter table connections
    drop column connector_version, drop column account_name, drop column last_authorized_at, drop column oauth_scopes,
    drop column oauth_granted_scopes, drop column oauth_access_token, drop column oauth_refresh_token,
    drop column oauth_expires_at;
`;

export const addAuthorization: Migration = {
  id: '20261121220000_add_authorization',
  async up(db) {
    await db.raw(up);
  },
  async down(db) {
    await db.raw(down);
  },
};
