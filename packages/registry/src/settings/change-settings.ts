import { isDeepStrictEqual } from 'node:util';
import type { Transaction } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { JsonObject } from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import type { ConnectorState } from '../connector/connector-state.ts';
import { reauthorizingSettings } from '../connector/edit-impact.ts';
import { actingTenant } from '../lifecycle/permissions.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { mergeConfig } from './merge-config.ts';
import { openConfig, sealConfig } from './seal-config.ts';
import { settingsOf, storeSettings } from './settings-repository.ts';

/** New settings of a connector in the tenant of the caller. */
export interface SettingsRequest {
  readonly state: ConnectorState;
  readonly caller: Caller;
  readonly config: JsonObject;
  readonly isReplacing: boolean;
  /** What was stored is lost first (5.9). */
  readonly isReset: boolean;
}

/** A change that was checked and waits to be stored. */
export interface SettingsChange {
  readonly tenantId: string;
  /** Listed keys (ZO-34) that get another value. */
  readonly changedListed: readonly string[];
  store(trx: Transaction): Promise<void>;
}

/** ZO-61x: who administers a tenant. */
export function mayChangeSettings({ role }: Pick<Caller, 'role'>): boolean {
  return role === 'enterprise_admin' || role === 'platform_admin';
}

/**
 * Merges or replaces the settings of a connector in the caller's own tenant (CO-26, CO-27): they are no part of the connector, so whoever administers the
 * tenant may set them for every connector it sees. Throws `forbidden_role`, `validation_error`.
 */
export async function changeSettings(
  deps: RegistryDeps,
  trx: Transaction,
  request: SettingsRequest,
): Promise<SettingsChange> {
  const { state, caller } = request;
  if (!mayChangeSettings(caller)) throw new AppError('forbidden_role', { details: { role: caller.role } });
  const tenantId = actingTenant(caller);
  const place = { tenantId, connectorId: state.id };
  const stored = (await settingsOf(trx, tenantId, [state.id])).get(state.id) ?? {};
  const isReplacing = request.isReplacing || request.isReset;
  const merged = mergeConfig({ stored: request.isReset ? {} : stored, sent: request.config, isReplacing });
  const sealed = await sealConfig(deps.secrets, place, merged);
  return {
    tenantId,
    changedListed: await changedListed(deps, place, { stored, merged }),
    store: (transaction) => storeSettings(transaction, tenantId, { connectorId: state.id, config: sealed }),
  };
}

async function changedListed(
  deps: RegistryDeps,
  place: { readonly tenantId: string; readonly connectorId: string },
  configs: { readonly stored: JsonObject; readonly merged: JsonObject },
): Promise<string[]> {
  const pick = async (config: JsonObject): Promise<JsonObject> => {
    const listed = Object.entries(config).filter(([key]) => reauthorizingSettings.includes(key));
    return openConfig(deps.secrets, place, Object.fromEntries(listed));
  };
  const [before, after] = [await pick(configs.stored), await pick(configs.merged)];
  return reauthorizingSettings.filter((key) => !isDeepStrictEqual(before[key], after[key]));
}
