import type { Migration } from '@patchbay/database';

/** When an API version was published as an API, with a connector or without (CH-47x). */
export const addApiPublication: Migration = {
  id: '20261121235500_add_api_publication',
  async up(db) {
    await db.raw('alter table flow_api_versions add column published_at timestamptz, add column published_by text');
  },
  async down(db) {
    await db.raw('alter table flow_api_versions drop column published_at, drop column published_by');
  },
};
