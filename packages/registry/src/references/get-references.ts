import type { References } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { Caller } from '../caller.ts';
import { createConnectorRepository } from '../connector/connector-repository.ts';
import { stateById } from '../connector/connector-state-repository.ts';
import { heldSlugs, readerOf } from '../connector/reader.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { gatherReferences } from './gather-references.ts';

/** Which references are asked for. */
export interface ReferencesQuery {
  readonly idOrSlug: string;
  readonly version?: string | undefined;
}

/** What uses a connector, or one version of it (ZO-48, 5.29). Throws `connector_not_found`. */
export async function getReferences(
  deps: RegistryDeps,
  caller: Caller,
  { idOrSlug, version }: ReferencesQuery,
): Promise<References> {
  const db = deps.database.connection;
  const reader = readerOf(caller, await heldSlugs(deps, caller));
  const found = await createConnectorRepository(db).findVisible(reader, idOrSlug);
  if (found === undefined) throw new AppError('connector_not_found');
  const state = await stateById(db, found.id);
  return gatherReferences(deps, db, { state, tenantId: caller.tenantId, version });
}
