import { createTenantScope, toJsonb, type DatabaseConnection, type Transaction } from '@patchbay/database';
import type { JsonObject } from '@patchbay/manifest';

/** Settings of one connector in one tenant; secrets in `config` are sealed. */
export interface StoredSettings {
  readonly config: JsonObject;
}

/** Settings by connector, those of one tenant. Connectors without any are left out. */
export async function settingsOf(
  db: DatabaseConnection,
  tenantId: string,
  connectorIds: readonly string[],
): Promise<Map<string, JsonObject>> {
  if (connectorIds.length === 0) return new Map();
  const { rows } = await db.raw<{ rows: { connector_id: string; config: JsonObject }[] }>(
    'select connector_id, config from connector_settings where tenant_id = ? and connector_id = any(?::text[])',
    [tenantId, [...connectorIds]],
  );
  return new Map(rows.map((row) => [row.connector_id, row.config]));
}

/** Forgets the settings of a connector that is gone, in every tenant: nothing will ask for these secrets again. */
export async function forgetSettings(trx: Transaction, connectorId: string): Promise<void> {
  await trx('connector_settings').where({ connector_id: connectorId }).delete();
}

/** Stores the settings of a connector in one tenant; an empty config takes them away. */
export async function storeSettings(
  trx: Transaction,
  tenantId: string,
  settings: { readonly connectorId: string; readonly config: JsonObject },
): Promise<void> {
  const scope = createTenantScope(trx, tenantId);
  if (Object.keys(settings.config).length === 0) {
    await scope.rows('connector_settings').where({ connector_id: settings.connectorId }).delete();
    return;
  }
  await scope
    .insert('connector_settings', { connector_id: settings.connectorId, config: toJsonb(settings.config) })
    .onConflict(['connector_id', 'tenant_id'])
    .merge({
      config: toJsonb(settings.config),
      revision: trx.raw('connector_settings.revision + 1'),
      updated_at: trx.fn.now(),
    });
}
