import { randomBytes } from 'node:crypto';
import type { DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import { ulid } from 'ulid';
import { createDataKeyRepository, type WrappedDataKey } from './data-key-repository.ts';
import { parseMasterKey } from './master-key.ts';
import { keyIdOf, seal, unseal, type SealingKey } from './seal.ts';

/** The keys of an installation. */
export interface KeyringOptions {
  /** 32 bytes in base64; wraps every new data key. */
  readonly masterKey: string;
  /** Earlier master keys that may still have wrapped data keys; needed until `rewrap` has run. */
  readonly previousMasterKeys?: readonly string[];
}

/** Seals and opens the secrets of tenants, each with a data key of its own. Keeps opened data keys in memory only. */
export interface Keyring {
  /** The tenant's data key, made at first use; with `keyId` the one that has sealed something earlier. Throws `secret_unreadable`. */
  dataKeyFor(tenantId: string, keyId?: string): Promise<SealingKey>;
  /** Encrypts a text. `context` names the place it stands in; the same is needed to open it. */
  seal(tenantId: string, context: string, secret: string): Promise<string>;
  /** Opens a sealed text. Throws `secret_unreadable` for another tenant, context or master key. */
  open(tenantId: string, context: string, sealed: string): Promise<string>;
  /** Throws `secret_unreadable` if some data key was wrapped by a master key that is not at hand. For the start of a process. */
  checkReadable(): Promise<void>;
  /** Wraps all data keys with the current master key; secrets themselves stay as they are. Answers how many were changed. */
  rewrap(): Promise<number>;
}

/** Opens the keyring. Throws `config_invalid` if a master key is malformed. */
export function createKeyring(options: KeyringOptions, db: DatabaseConnection): Keyring {
  const current = parseMasterKey(options.masterKey);
  const masters = [current, ...(options.previousMasterKeys ?? []).map(parseMasterKey)];
  const opened = new Map<string, Promise<SealingKey>>();
  const remember = (name: string, load: () => Promise<SealingKey>): Promise<SealingKey> => {
    const known = opened.get(name);
    if (known !== undefined) return known;
    const loading = load();
    opened.set(name, loading);
    loading.catch(() => opened.delete(name));
    return loading;
  };
  const dataKeyFor = (tenantId: string, keyId?: string): Promise<SealingKey> =>
    remember(`${tenantId}\n${keyId ?? ''}`, async () =>
      unwrap(
        masters,
        keyId === undefined ? await activeKey(db, current, tenantId) : await knownKey(db, tenantId, keyId),
      ),
    );
  return {
    dataKeyFor,
    async seal(tenantId, context, secret) {
      return seal(await dataKeyFor(tenantId), bindingOf(tenantId, context), Buffer.from(secret));
    },
    async open(tenantId, context, sealed) {
      return unseal(await dataKeyFor(tenantId, keyIdOf(sealed)), bindingOf(tenantId, context), sealed).toString();
    },
    async checkReadable() {
      const samples = await createDataKeyRepository(db).sampleByMasterKey();
      for (const sample of samples) unwrap(masters, sample);
    },
    rewrap: () => rewrap(db, masters, current),
  };
}

async function activeKey(db: DatabaseConnection, master: SealingKey, tenantId: string): Promise<WrappedDataKey> {
  const keys = createDataKeyRepository(db);
  const active = await keys.findActive(tenantId);
  if (active !== undefined) return active;
  const id = ulid();
  const wrapped = seal(master, wrapBinding(tenantId, id), randomBytes(32));
  await keys.insertFirst({ id, tenantId, wrapped, masterKeyId: master.id });
  const winner = await keys.findActive(tenantId); // another process may have been faster; all use the same one
  if (winner === undefined) throw new Error('A data key that was just stored cannot be gone');
  return winner;
}

async function knownKey(db: DatabaseConnection, tenantId: string, keyId: string): Promise<WrappedDataKey> {
  const key = await createDataKeyRepository(db).find(tenantId, keyId);
  if (key === undefined)
    throw new AppError('secret_unreadable', { message: 'The data key of this secret is not here.' });
  return key;
}

function unwrap(masters: readonly SealingKey[], key: WrappedDataKey): SealingKey {
  const masterKeyId = keyIdOf(key.wrapped);
  const master = masters.find((candidate) => candidate.id === masterKeyId);
  if (master === undefined) {
    throw new AppError('secret_unreadable', {
      message: 'Stored secrets were encrypted with another master key.',
      details: { masterKeyId },
    });
  }
  return { id: key.id, key: unseal(master, wrapBinding(key.tenantId, key.id), key.wrapped) };
}

async function rewrap(db: DatabaseConnection, masters: readonly SealingKey[], current: SealingKey): Promise<number> {
  return db.transaction(async (trx) => {
    const keys = createDataKeyRepository(trx);
    const stale = await keys.lockWrappedByOthers(current.id);
    for (const key of stale) {
      const wrapped = seal(current, wrapBinding(key.tenantId, key.id), unwrap(masters, key).key);
      await keys.replaceWrapped({ ...key, wrapped, masterKeyId: current.id });
    }
    return stale.length;
  });
}

const bindingOf = (tenantId: string, context: string): string => `secret\n${tenantId}\n${context}`;
const wrapBinding = (tenantId: string, keyId: string): string => `data-key\n${tenantId}\n${keyId}`;
