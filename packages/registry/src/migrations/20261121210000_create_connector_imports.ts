import type { Migration } from '@patchbay/database';

const up = `
  create table connector_imports (
    connector_id text not null constraint connector_imports_pkey primary key
      constraint connector_imports_connector_id_fkey references connectors (id) on delete cascade,
    tenant_id text not null,
    source_name text not null,
    source_url text,
    imported_by text not null,
    imported_at timestamptz not null default now(),
    operations json not null
  );
  comment on table connector_imports is 'The last import of an OpenAPI description: tells what was edited by hand since from what the description changed.';
  comment on column connector_imports.operations is 'Name and digest of each operation as it was imported, by its key in the description.';
`;

const down = `drop table connector_imports;`;

export const createConnectorImports: Migration = {
  id: '20261121210000_create_connector_imports',
  async up(db) {
    await db.raw(up);
  },
  async down(db) {
    await db.raw(down);
  },
};
