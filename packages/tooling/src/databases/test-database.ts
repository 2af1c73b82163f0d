import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';

/** A logical database that only one test file uses. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Removes it with whatever is still connected. */
  drop(): Promise<void>;
}

/**
 * Makes a fresh, empty database on the server of `serverUrl`, which a test gets by vitest's `inject('databaseUrl')`.
 *
 * @example
 * const database = await createTestDatabase(inject('databaseUrl'));
 * afterAll(() => database.drop());
 */
export async function createTestDatabase(serverUrl: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await runOn(serverUrl, `create database ${escapeIdentifier(name)}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    drop: () => runOn(serverUrl, `drop database if exists ${escapeIdentifier(name)} with (force)`),
  };
}

async function runOn(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
