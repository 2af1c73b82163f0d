import type { DatabaseConnection } from '@patchbay/database';
import type { JsonObject } from '@patchbay/manifest';
import { createConnectorRepository } from '../connector/connector-repository.ts';
import { tenantReader } from '../connector/reader.ts';
import type { SecretBox } from '../registry-deps.ts';
import { openConfig } from './seal-config.ts';
import { settingsOf } from './settings-repository.ts';

/** Gives the settings of a connector with their secrets, for a call; nothing of it may reach a log, a history or an answer. */
export interface ConnectorSettingsReader {
  /** Settings of the tenant for the connector with this slug; empty if there are none. Throws `secret_unreadable`. */
  read(tenantId: string, slug: string): Promise<JsonObject>;
}

export function createConnectorSettingsReader(db: DatabaseConnection, secrets: SecretBox): ConnectorSettingsReader {
  return {
    async read(tenantId, slug) {
      // A draft has settings too: its test needs them.
      const reader = { ...tenantReader(tenantId, [slug]), draftTenants: [tenantId] };
      const row = await createConnectorRepository(db).findVisible(reader, slug);
      if (row === undefined) return {};
      const config = (await settingsOf(db, tenantId, [row.id])).get(row.id);
      return config === undefined ? {} : openConfig(secrets, { tenantId, connectorId: row.id }, config);
    },
  };
}
