import type { RouteResponse } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { isJsonObject, type JsonObject, type JsonValue } from '@patchbay/manifest';
import { secretMask } from '@patchbay/api-contract';
import type { Caller } from '../../caller.ts';
import { parseDocument } from '../../connector/connector-document.ts';
import { createConnector } from '../../connector/create-connector.ts';
import { updateConnector, type UpdateResult } from '../../connector/update-connector.ts';
import { seeConnector } from '../../connector/view-connector.ts';
import { mayCreate } from '../../lifecycle/permissions.ts';
import type { RegistryDeps } from '../../registry-deps.ts';
import { readConnectorText } from './read-connector.ts';
import { unreadable, type ImportText } from './read-text.ts';

/**
 * Makes a connector from a text (DI-33). Masked settings are left out: a mask is no secret. Throws what `createConnector` throws, `import_unreadable`,
 * `import_too_complex`.
 */
export async function importConnector(
  deps: RegistryDeps,
  caller: Caller,
  text: ImportText,
): Promise<RouteResponse<'importConnector'>> {
  const refusal = mayCreate(caller);
  if (refusal !== undefined) throw new AppError(refusal, { details: { role: caller.role } });
  const imported = readConnectorText(text);
  if (imported.kind !== 'connector') {
    throw unreadable('It holds only a part of a connector; import it into one.');
  }
  return createConnector(deps, caller, parseDocument(withoutMasks(imported.document)));
}

/** A text for a connector that is there. */
export interface TextImport {
  readonly idOrSlug: string;
  readonly text: ImportText;
  readonly isConfirmed: boolean;
  readonly baseRevision?: number | '*' | undefined;
}

/** Changes a connector from a text: all of it, its authentication, or one operation. Throws what `updateConnector` throws, `import_unreadable`. */
export async function importIntoConnector(
  deps: RegistryDeps,
  caller: Caller,
  { idOrSlug, text, isConfirmed, baseRevision }: TextImport,
): Promise<UpdateResult> {
  const { state, definition } = await seeConnector(deps, caller, { idOrSlug, isEdited: true });
  const imported = readConnectorText(text);
  // What is merged here was read before the lock: somebody else's change in between is a conflict, not lost.
  const update = { idOrSlug: state.id, isConfirmed, baseRevision: baseRevision ?? state.revision };
  if (imported.kind === 'auth') {
    return updateConnector(deps, caller, { ...update, body: { auth_scheme: imported.auth }, isReplacing: false });
  }
  if (imported.kind === 'operation') {
    const operations = withOperation((definition?.operations ?? []) as unknown as JsonObject[], imported.operation);
    return updateConnector(deps, caller, { ...update, body: { operations }, isReplacing: false });
  }
  const { name, enabled, ...document } = imported.document;
  const body = { name: name ?? state.identity.name, enabled: enabled ?? state.isEnabled, ...document };
  return updateConnector(deps, caller, { ...update, body, isReplacing: true, keepsSettings: !('config' in document) });
}

/** In the place of the one with its name, else at the end. */
function withOperation(operations: readonly JsonObject[], operation: JsonObject): JsonObject[] {
  const isKnown = operations.some((each) => each['name'] === operation['name']);
  if (!isKnown) return [...operations, operation];
  return operations.map((each) => (each['name'] === operation['name'] ? operation : each));
}

function withoutMasks(document: JsonObject): JsonObject {
  const { config, ...rest } = document;
  return config === undefined ? rest : { ...rest, config: unmasked(config) ?? {} };
}

function unmasked(value: JsonValue): JsonValue | undefined {
  if (typeof value === 'string') return value === secretMask || value.includes(`//${secretMask}@`) ? undefined : value;
  if (Array.isArray(value)) return value.map(unmasked).filter((item) => item !== undefined);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, unmasked(child)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined));
}
