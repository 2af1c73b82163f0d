import { createDatabase, type DatabaseConnection } from '@patchbay/database';

/** Where the demo database is reached, by a role that sees nothing of Patchbay. */
export interface DemoDatabase {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly name: string;
}

const name = 'patchbay_demo';

/** Makes (or finds) the demo database beside our own, with its role and sample stock. The role gets the given password. */
export async function createDemoDatabase(
  db: DatabaseConnection,
  access: { readonly url: string; readonly password: string },
): Promise<DemoDatabase> {
  const url = new URL(access.url);
  const { rows: roles } = await db.raw<{ rows: unknown[] }>('select 1 from pg_roles where rolname = ?', [name]);
  // `format` quotes the password: a statement that makes a role takes no parameters.
  const verb = roles.length === 0 ? 'create' : 'alter';
  const statement = await db.raw<{ rows: { text: string }[] }>(
    `select format('${verb} role ${name} login password %L', ?::text) as text`,
    [access.password],
  );
  await db.raw(statement.rows[0]?.text ?? '');
  const { rows: databases } = await db.raw<{ rows: unknown[] }>('select 1 from pg_database where datname = ?', [name]);
  if (databases.length === 0) {
    await db.raw(`create database ${name}`);
    await db.raw(`revoke connect on database ${name} from public`);
    await db.raw(`grant connect on database ${name} to ${name}`);
  }
  await fillDemoDatabase(access.url);
  return { host: url.hostname, port: url.port || '5432', user: name, name };
}

async function fillDemoDatabase(serverUrl: string): Promise<void> {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const demo = createDatabase({ url: url.href, poolMax: 1, applicationName: 'patchbay-demo' });
  try {
    await demo.connection.raw(schema);
  } finally {
    await demo.close();
  }
}

const schema = `
  create table if not exists stock (
    sku text primary key, name text not null, on_hand integer not null, price numeric(10, 2) not null
  );
  create table if not exists orders (
    id text primary key, customer text not null, email text not null, total numeric(12, 2) not null,
    received_at timestamptz not null default now()
  );
  create table if not exists order_lines (
    order_id text not null, line_no integer not null, sku text not null, quantity integer not null,
    price numeric(10, 2) not null, reservation text not null, primary key (order_id, line_no)
  );
  insert into stock (sku, name, on_hand, price) values
    ('KB-0417', 'Keyboard, compact', 1800000, 39.90), ('KB-0421-DE', 'Keyboard, German layout', 600000, 39.90),
    ('MS-1101', 'Mouse, wireless', 4200000, 24.50), ('MN-2704', 'Monitor, 27 inch', 350000, 289.00),
    ('CB-3001', 'Cable, USB-C, 2 m', 9000000, 9.95), ('DK-5100', 'Docking station', 0, 149.00)
  on conflict (sku) do nothing;
  grant select, insert, update on stock, orders, order_lines to ${name};
`;
