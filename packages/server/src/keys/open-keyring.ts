import type { Database } from '@patchbay/database';
import { createKeyring, type Keyring } from '@patchbay/vault';
import type { ServerConfig } from '../config.ts';

/** The part of the configuration that says how secrets are kept. */
export type KeysConfig = Pick<ServerConfig, 'PATCHBAY_MASTER_KEY' | 'PATCHBAY_PREVIOUS_MASTER_KEY'>;

/** The keyring of the installation. Throws `config_invalid` for a malformed master key. */
export function openKeyring(config: KeysConfig, database: Database): Keyring {
  const previous = config.PATCHBAY_PREVIOUS_MASTER_KEY;
  const options = {
    masterKey: config.PATCHBAY_MASTER_KEY.reveal(),
    ...(previous && { previousMasterKeys: [previous.reveal()] }),
  };
  return createKeyring(options, database.connection);
}
