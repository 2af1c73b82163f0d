import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createKeyring } from '../src/index.ts';
import { aMasterKey, createVaultFixture, dumpDatabase, type VaultFixture } from './vault-fixture.ts';

let fixture: VaultFixture;

beforeAll(async () => {
  fixture = await createVaultFixture(inject('databaseUrl'));
});

afterAll(() => fixture.close());

const unreadable = expect.objectContaining({ code: 'secret_unreadable' }) as unknown;

describe('the keyring', () => {
  it('opens what it sealed, never with the same text twice', async () => {
    const [one, two] = await Promise.all([
      fixture.keyring.seal('a', 'place', 'planted-secret ✓'),
      fixture.keyring.seal('a', 'place', 'planted-secret ✓'),
    ]);
    expect(one).not.toBe(two);
    expect(await fixture.keyring.open('a', 'place', one)).toBe('planted-secret ✓');
  });

  it('opens nothing in another place, for another tenant, or after a change', async () => {
    const sealed = await fixture.keyring.seal('a', 'connection/1/password', 'secret');
    await expect(fixture.keyring.open('a', 'connection/1/username', sealed)).rejects.toEqual(unreadable);
    await expect(fixture.keyring.open('a', 'connection/2/password', sealed)).rejects.toEqual(unreadable);
    await expect(fixture.keyring.open('b', 'connection/1/password', sealed)).rejects.toEqual(unreadable);
    const at = sealed.length - 5;
    const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
    await expect(fixture.keyring.open('a', 'connection/1/password', changed)).rejects.toEqual(unreadable);
    await expect(fixture.keyring.open('a', 'connection/1/password', 'plain text')).rejects.toEqual(unreadable);
  });

  it('gives each tenant its own key, the same one to every process, even when ten ask first at once', async () => {
    const others = Array.from({ length: 10 }, () =>
      createKeyring({ masterKey: fixture.masterKey }, fixture.database.connection),
    );
    const keys = await Promise.all(others.map((keyring) => keyring.dataKeyFor('new-tenant')));
    expect(new Set(keys.map((key) => Buffer.from(key.key).toString('hex'))).size).toBe(1);
    const other = await fixture.keyring.dataKeyFor('a');
    expect(Buffer.from(other.key).equals(Buffer.from(keys[0]?.key ?? []))).toBe(false);
    expect(await dumpDatabase(fixture.database)).not.toContain(Buffer.from(other.key).toString('base64url'));
  });

  it('answers an older key by its id, but not to another tenant', async () => {
    const key = await fixture.keyring.dataKeyFor('a');
    expect(await fixture.keyring.dataKeyFor('a', key.id)).toEqual(key);
    await expect(fixture.keyring.dataKeyFor('b', key.id)).rejects.toEqual(unreadable);
  });
});

describe('the master key', () => {
  it('must be 32 bytes', () => {
    const short = Buffer.alloc(16).toString('base64');
    expect(() => createKeyring({ masterKey: short }, fixture.database.connection)).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    );
  });

  it('is noticed at start if it is the wrong one', async () => {
    await fixture.keyring.seal('a', 'x', 'y');
    await expect(fixture.keyring.checkReadable()).resolves.toBeUndefined();
    const wrong = createKeyring({ masterKey: aMasterKey() }, fixture.database.connection);
    await expect(wrong.checkReadable()).rejects.toEqual(unreadable);
    await expect(wrong.dataKeyFor('a')).rejects.toEqual(unreadable);
  });

  it('can be rotated: secrets stay readable with the new one alone', async () => {
    const sealed = await fixture.keyring.seal('a', 'x', 'kept');
    const masterKey = aMasterKey();
    const rotating = createKeyring({ masterKey, previousMasterKeys: [fixture.masterKey] }, fixture.database.connection);
    expect(await rotating.open('a', 'x', sealed)).toBe('kept');
    expect(await rotating.rewrap()).toBeGreaterThan(0);
    expect(await rotating.rewrap()).toBe(0);
    const after = createKeyring({ masterKey }, fixture.database.connection);
    expect(await after.open('a', 'x', sealed)).toBe('kept');
    const before = createKeyring({ masterKey: fixture.masterKey }, fixture.database.connection);
    await expect(before.open('a', 'x', sealed)).rejects.toEqual(unreadable);
  });
});
