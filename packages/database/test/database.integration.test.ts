import { createTestDatabase, type TestDatabase } from '@patchbay/tooling';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  createDatabase,
  createTenantScope,
  isUniqueViolation,
  onUniqueViolation,
  toJsonb,
  type Database,
} from '../src/index.ts';

let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await createTestDatabase(inject('databaseUrl'));
  database = createDatabase({ url: server.url, poolMax: 4, statementTimeoutMs: 500 });
  await database.connection.raw(
    `create table notes (id text constraint notes_id_key primary key, tenant_id text not null, body text, data jsonb)`,
  );
});

afterAll(async () => {
  await database.close();
  await server.drop();
});

describe('the pool', () => {
  it('answers the health check', async () => {
    await expect(database.checkHealth()).resolves.toBeUndefined();
  });

  it('says service_unavailable when nothing listens', async () => {
    const dead = createDatabase({ url: 'postgres://nobody:secretpw@127.0.0.1:1/none' });
    const failure = await dead.checkHealth().catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'service_unavailable' });
    expect(String(failure)).not.toContain('secretpw');
    await dead.close();
  });

  it('says service_unavailable when a statement takes too long', async () => {
    await expect(database.connection.raw('select pg_sleep(5)')).rejects.toMatchObject({ code: 'service_unavailable' });
  });

  it('says service_unavailable when the server ends the connection, and works again afterwards', async () => {
    const ended = database.connection.raw('select pg_terminate_backend(pg_backend_pid())');
    await expect(ended).rejects.toMatchObject({ code: 'service_unavailable' });
    await expect(database.checkHealth()).resolves.toBeUndefined();
  });

  it('rolls the whole transaction back when the work throws', async () => {
    const work = database.transaction(async (trx) => {
      await createTenantScope(trx, 'a').insert('notes', { id: 'rolled-back' });
      throw new RangeError('stop');
    });
    await expect(work).rejects.toThrow(RangeError);
    expect(await createTenantScope(database.connection, 'a').rows('notes').where({ id: 'rolled-back' })).toEqual([]);
  });

  it('never puts the values of a failed statement into the error', async () => {
    const failure: unknown = await database.connection.raw('select ?::int / 0, ?::text', [1, 'planted-secret']).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect((failure as Error).message).not.toContain('planted-secret');
  });
});

describe('text that PostgreSQL cannot hold', () => {
  const scope = () => createTenantScope(database.connection, 'a');

  it.each([
    ['in a text column', () => scope().insert('notes', { id: 'n', body: 'a\0b' })],
    ['in a condition', () => scope().rows('notes').where({ body: 'a\0b' })],
    ['inside a transaction', () => database.transaction((trx) => trx('notes').where({ body: '\0' }))],
    ['in jsonb that did not go through toJsonb', () => scope().insert('notes', { id: 'n', data: '{"a":"\\u0000"}' })],
  ])('is validation_error %s', async (_, statement) => {
    await expect(Promise.resolve().then(statement)).rejects.toMatchObject({ code: 'validation_error' });
  });

  it('is refused by toJsonb, and only that: a typed backslash is fine', async () => {
    expect(() => toJsonb({ deep: ['\0'] })).toThrow(expect.objectContaining({ code: 'validation_error' }));
    expect(() => toJsonb({ '\0': 1 })).toThrow(expect.objectContaining({ code: 'validation_error' }));
    expect(() => toJsonb('\ud800')).toThrow(expect.objectContaining({ code: 'validation_error' }));
    const value = { typed: '\\u0000', also: '\\\\ud800', emoji: '😀', list: [1, 'x'] };
    await scope().insert('notes', { id: 'json', data: toJsonb(value) });
    expect(await scope().rows('notes').where({ id: 'json' }).first('data')).toEqual({ data: value });
  });
});

describe('a tenant scope', () => {
  it('reads, changes and deletes only rows of its tenant', async () => {
    const [a, b] = [createTenantScope(database.connection, 'ten-a'), createTenantScope(database.connection, 'ten-b')];
    await a.insert('notes', [{ id: 'a1', body: 'mine' }, { id: 'a2' }]);
    await b.insert('notes', { id: 'b1', body: 'theirs' });
    expect(await b.rows('notes').pluck('id')).toEqual(['b1']);
    expect(await b.rows('notes').where({ id: 'a1' }).update({ body: 'stolen' })).toBe(0);
    expect(await b.rows('notes').where({ id: 'a1' }).delete()).toBe(0);
    expect(await a.rows('notes').where({ id: 'a1' }).first('body')).toEqual({ body: 'mine' });
  });

  it('cannot be tricked by a tenant in the row', async () => {
    await createTenantScope(database.connection, 'ten-a').insert('notes', { id: 'a9', tenant_id: 'ten-b' });
    expect(await createTenantScope(database.connection, 'ten-b').rows('notes').where({ id: 'a9' })).toEqual([]);
  });

  it('cannot be made without a tenant', () => {
    expect(() => createTenantScope(database.connection, '')).toThrow();
    expect(() => createTenantScope(database.connection, undefined as unknown as string)).toThrow();
  });
});

describe('constraints', () => {
  it("become the caller's code", async () => {
    const scope = createTenantScope(database.connection, 'a');
    await scope.insert('notes', { id: 'once' });
    await expect(onUniqueViolation(scope.insert('notes', { id: 'once' }), 'slug_taken')).rejects.toMatchObject({
      code: 'slug_taken',
    });
    const raw: unknown = await scope.insert('notes', { id: 'once' }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(isUniqueViolation(raw, 'notes_id_key')).toBe(true);
    expect(isUniqueViolation(raw, 'other_key')).toBe(false);
  });
});
