import { createDatabase } from '@patchbay/database';
import type { ServerConfig } from '../config.ts';
import { openKeyring, type KeysConfig } from './open-keyring.ts';

/**
 * Wraps the data keys of all tenants with the current master key, in one transaction; the secrets themselves stay as they
 * are. Answers how many keys were wrapped anew: 0 the second time. May run while servers and workers do, provided they
 * know both keys.
 *
 * @throws AppError `secret_unreadable` if a key was wrapped by neither master key, `config_invalid`, `service_unavailable`.
 */
export async function rewrapKeys(config: KeysConfig & Pick<ServerConfig, 'DATABASE_URL'>): Promise<number> {
  const database = createDatabase({
    url: config.DATABASE_URL.reveal(),
    poolMax: 2,
    applicationName: 'patchbay-keys',
  });
  try {
    return await openKeyring(config, database).rewrap();
  } finally {
    await database.close();
  }
}
