import type { Migration } from '@patchbay/database';

/** How many operations of a description an import left out, which the builder shows. */
export const addImportLeftOut: Migration = {
  id: '20261121235800_add_import_left_out',
  async up(db) {
    await db.raw('alter table connector_imports add column left_out integer not null default 0');
  },
  async down(db) {
    await db.raw('alter table connector_imports drop column left_out');
  },
};
