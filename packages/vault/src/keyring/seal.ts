import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '@patchbay/errors';

const ivBytes = 12;
const tagBytes = 16;
const format = /^v1\.([A-Za-z0-9]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/** A key with the id that is written into what it seals. */
export interface SealingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * Encrypts with AES-256-GCM: `v1.<key id>.<iv>.<ciphertext and tag>`. `binding` says what the secret is for and where it
 * stands; it is authenticated, so that a sealed text copied to another place cannot be opened there.
 */
export function seal(key: SealingKey, binding: string, plain: Uint8Array): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key.key, iv).setAAD(Buffer.from(binding));
  const body = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `v1.${key.id}.${iv.toString('base64url')}.${body.toString('base64url')}`;
}

/** Opens a sealed text. Throws `secret_unreadable` for another key, another binding or a changed text. */
export function unseal(key: SealingKey, binding: string, sealed: string): Buffer {
  const [, keyId, iv = '', body = ''] = format.exec(sealed) ?? [];
  if (keyId !== key.id) throw new AppError('secret_unreadable');
  const bytes = Buffer.from(body, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.key, Buffer.from(iv, 'base64url'), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(Buffer.from(binding)).setAuthTag(bytes.subarray(-tagBytes));
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new AppError('secret_unreadable', { cause });
  }
}

/** Id of the key that sealed a text. Throws `secret_unreadable` if it is no sealed text. */
export function keyIdOf(sealed: string): string {
  const keyId = format.exec(sealed)?.[1];
  if (keyId === undefined) throw new AppError('secret_unreadable');
  return keyId;
}
