declare module 'knex/lib/dialects/postgres/index.js' {
  import type { Knex } from 'knex';

  /** knex ships this class without types; `create-database.ts` is the only file that touches it. */
  class PostgresClient extends Knex.Client {}
  export { PostgresClient as default };
}
