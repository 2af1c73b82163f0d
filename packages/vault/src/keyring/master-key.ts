import { createHash } from 'node:crypto';
import { AppError } from '@patchbay/errors';
import type { SealingKey } from './seal.ts';

/**
 * Reads a master key: 32 bytes in base64. Its id is the start of its SHA-256, so that a wrong key is told from a damaged secret.
 * Throws `config_invalid`, never with the key in it.
 */
export function parseMasterKey(base64: string): SealingKey {
  const key = Buffer.from(base64.trim(), 'base64');
  if (key.length !== 32) {
    throw new AppError('config_invalid', {
      message: 'The master key must be 32 bytes in base64.',
      hint: 'Make one with: openssl rand -base64 32',
    });
  }
  return { id: createHash('sha256').update('patchbay master key').update(key).digest('hex').slice(0, 12), key };
}
