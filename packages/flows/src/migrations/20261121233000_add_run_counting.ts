import type { Migration } from '@patchbay/database';

const statements = `
  alter table runs add column is_counted boolean not null default true;
  comment on column runs.is_counted is 'false from the moment a run has ended until one server has added it to its metrics';
  create index runs_ended_at_idx on runs (ended_at) where not is_counted;
`;

/** Each closed run reaches the metrics of exactly one server. Runs that ended before count as counted. */
export const addRunCounting: Migration = {
  id: '20261121233000_add_run_counting',
  async up(db) {
    await db.raw(statements);
  },
  async down(db) {
    await db.raw('alter table runs drop column is_counted');
  },
};
