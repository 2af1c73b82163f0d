import type { DatabaseConnection } from '@patchbay/database';
import type { ConnectorPackage } from './connector-package.ts';

/** Packages by integrity. Content has no tenant; the versions that refer to it have. */
export interface PackageRepository {
  /** The same content is stored once. */
  insert(content: ConnectorPackage): Promise<void>;
  find(integrity: string): Promise<Buffer | undefined>;
}

export function createPackageRepository(db: DatabaseConnection): PackageRepository {
  return {
    async insert({ integrity, bytes }) {
      await db('connector_packages')
        .insert({ integrity, bytes, size_bytes: bytes.length })
        .onConflict('integrity')
        .ignore();
    },
    async find(integrity) {
      const row = await db('connector_packages').where({ integrity }).first<{ bytes: Buffer } | undefined>('bytes');
      return row?.bytes;
    },
  };
}
