import type { Migration } from '@patchbay/database';

const statements = `
  create table runs (
    id text primary key,
    tenant_id text not null,
    flow_id text not null,
    flow_version_id text not null,
    flow_version integer,
    flow_name text not null,
    plan_hash text not null,
    workflow_id text not null,
    state text not null,
    is_test boolean not null default false,
    only_step text,
    trigger_kind text not null,
    trigger_data jsonb not null,
    idempotency_key text,
    request_hash text,
    started_at timestamptz not null default now(),
    ended_at timestamptz,
    error jsonb,
    failed_step text,
    output jsonb,
    reply jsonb,
    view jsonb,
    next_check_at timestamptz not null default now() + interval '10 seconds',
    constraint runs_state_check check (state in ('queued','running','succeeded','failed','cancelled'))
  );
  create index runs_tenant_id_started_at_idx on runs (tenant_id, started_at desc, id desc);
  create index runs_tenant_id_flow_id_started_at_idx on runs (tenant_id, flow_id, started_at desc);
  create unique index runs_idempotency_key on runs (tenant_id, flow_id, idempotency_key) where idempotency_key is not null;
  create index runs_next_check_at_idx on runs (next_check_at) where ended_at is null;
  comment on column runs.id is 'ULID, also the last part of workflow_id';
  comment on column runs.trigger_data is 'value, or a reference into payload_blobs when it is above 32 KiB';
  comment on column runs.request_hash is 'sha256 of the request that used idempotency_key; another one is refused';
  comment on column runs.next_check_at is 'when the reconciler asks Temporal again whether an open run has ended';
  comment on column runs.view is 'the folded run, written when it has ended; null while it goes on';

  create table run_attempts (
    tenant_id text not null,
    run_id text not null,
    path text not null,
    number integer not null,
    state text not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    error jsonb,
    call jsonb,
    constraint run_attempts_key primary key (tenant_id, run_id, path, number)
  );
  comment on column run_attempts.call is 'what was sent and answered, secrets redacted by the worker';

  create table payload_blobs (
    id text primary key,
    tenant_id text not null,
    bytes bytea not null,
    size_bytes integer not null,
    encoding text not null,
    created_at timestamptz not null default now()
  );
  create index payload_blobs_tenant_id_created_at_idx on payload_blobs (tenant_id, created_at);
  comment on column payload_blobs.id is '<tenant id>/<sha256 of the JSON text>: the same value is stored once';
`;

/** Runs, the attempts of their operations, and values too large to stand inline. */
export const createRuns: Migration = {
  id: '20261120100100_create_runs',
  async up(db) {
    await db.raw(statements);
  },
  async down(db) {
    await db.raw('drop table payload_blobs; drop table run_attempts; drop table runs;');
  },
};
