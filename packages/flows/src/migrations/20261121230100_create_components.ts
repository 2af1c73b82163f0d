import type { Migration } from '@patchbay/database';

const statements = `
  alter table flows add column branch text not null default 'main';
  comment on column flows.branch is 'The branch that document is the draft of; the others stand in flow_branches.';

  create table flow_branches (
    id text primary key,
    tenant_id text not null,
    flow_id text not null constraint flow_branches_flow_id_fkey references flows (id) on delete cascade,
    name text not null,
    document jsonb not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint flow_branches_tenant_id_flow_id_name_key unique (tenant_id, flow_id, name)
  );
  comment on table flow_branches is 'Named drafts of a flow. The row of the current branch is brought up to date when another one is checked out.';

  create table flow_api_versions (
    id text primary key,
    tenant_id text not null,
    flow_id text not null constraint flow_api_versions_flow_id_fkey references flows (id) on delete cascade,
    version text not null,
    source_ref text not null,
    flow_version_id text,
    flow_version_number integer,
    content_hash text,
    is_exposed boolean not null default false,
    deployed_at timestamptz,
    created_at timestamptz not null default now(),
    created_by text not null,
    constraint flow_api_versions_tenant_id_flow_id_version_key unique (tenant_id, flow_id, version)
  );
  comment on column flow_api_versions.source_ref is 'Branch it is built from (CH-18).';
  comment on column flow_api_versions.flow_version_id is 'What is deployed; null: nothing yet.';

  alter table runs add column parent_run_id text;
  comment on column runs.parent_run_id is 'Run whose step called this flow as a connector; ends endless recursion.';
`;

/** Flows as components: branches, API versions, calls of one flow by another. */
export const createComponents: Migration = {
  id: '20261121230100_create_components',
  async up(db) {
    await db.raw(statements);
  },
  async down(db) {
    await db.raw(`alter table runs drop column parent_run_id; drop table flow_api_versions; drop table flow_branches;
      alter table flows drop column branch`);
  },
};
