import { isJsonObject, type JsonObject, type JsonValue } from '@patchbay/manifest';
import type { SecretBox } from '../registry-deps.ts';
import { isSealed, sealedKey, shownOf } from './secret-values.ts';

/** Where a config belongs; sealed values open nowhere else. */
export interface ConfigPlace {
  readonly tenantId: string;
  readonly connectorId: string;
}

const contextOf = ({ connectorId }: ConfigPlace): string => `connector-settings/${connectorId}`;

/** Seals every secret of a config that is not sealed yet. */
export async function sealConfig(secrets: SecretBox, place: ConfigPlace, config: JsonObject): Promise<JsonObject> {
  return (await sealValue(secrets, place, { key: '', value: config })) as JsonObject;
}

interface Entry {
  readonly key: string;
  readonly value: JsonValue;
}

async function sealValue(secrets: SecretBox, place: ConfigPlace, { key, value }: Entry): Promise<JsonValue> {
  if (isSealed(value)) return value;
  const shown = shownOf(key, value);
  if (shown !== undefined) {
    const sealed = await secrets.seal(place.tenantId, contextOf(place), JSON.stringify(value));
    return { [sealedKey]: sealed, shown };
  }
  return mapValues(value, (child, name) => sealValue(secrets, place, { key: name ?? key, value: child }));
}

/** Opens every sealed value of a config. Throws `secret_unreadable`. */
export async function openConfig(secrets: SecretBox, place: ConfigPlace, config: JsonObject): Promise<JsonObject> {
  return (await openValue(secrets, place, config)) as JsonObject;
}

async function openValue(secrets: SecretBox, place: ConfigPlace, value: JsonValue): Promise<JsonValue> {
  if (isSealed(value)) {
    return JSON.parse(await secrets.open(place.tenantId, contextOf(place), value[sealedKey])) as JsonValue;
  }
  return mapValues(value, (child) => openValue(secrets, place, child));
}

async function mapValues(
  value: JsonValue,
  change: (child: JsonValue, key: string | undefined) => Promise<JsonValue>,
): Promise<JsonValue> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => change(item, undefined)));
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(async ([key, child]) => [key, await change(child, key)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
