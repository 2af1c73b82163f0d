import type { RouteBody, RouteResponse } from '@patchbay/api-contract';
import { AppError, isAppError, isErrorCode, type FieldProblem } from '@patchbay/errors';
import {
  defaultProcessor,
  findProcessor,
  inputOfPage,
  readPage,
  type ConnectorManifest,
  type JsonObject,
  type Processor,
} from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import { createConnectorRepository } from '../connector/connector-repository.ts';
import { stateById } from '../connector/connector-state-repository.ts';
import type { ConnectorState } from '../connector/connector-state.ts';
import { heldSlugs, readerOf } from '../connector/reader.ts';
import type { RegistryDeps } from '../registry-deps.ts';

/** One page of one data processor. */
export interface FetchRequest {
  readonly idOrSlug: string;
  readonly body: RouteBody<'fetchRecords'>;
}

/**
 * Fetches one page of records through a data processor, on a worker (CO-01, CO-51x). Without a name it is the one that the connector
 * names, else the one called like its slug (5.32). Throws `connector_not_found`, `connector_disabled`, `processor_disabled` (CO-14),
 * `processor_unknown` with `details.processors`, `validation_error` for input and cursor, what the connection refuses, and the code of a
 * call that failed.
 */
export async function fetchRecords(
  deps: RegistryDeps,
  caller: Caller,
  { idOrSlug, body }: FetchRequest,
): Promise<RouteResponse<'fetchRecords'>> {
  const startedAt = performance.now();
  const { slug, processor: chosen } = (await findConnector(deps, caller, idOrSlug)).identity;
  const connector = await deps.calls.open(caller.tenantId, { slug, connectionId: body.connection_id });
  const processor = processorOf(connector.manifest, body.processor ?? chosen.name);
  const input = inputFor(processor, body);
  const { output, error } = await connector.call(processor.operation, input);
  if (error !== undefined) {
    throw new AppError(isErrorCode(error.code) ? error.code : 'operation_failed', { message: error.message });
  }
  const { records, cursor } = readPage(processor, output ?? null);
  return {
    processor: processor.name,
    records: [...records],
    ...(cursor !== undefined && { cursor }),
    took: Math.round(performance.now() - startedAt),
  };
}

async function findConnector(deps: RegistryDeps, caller: Caller, idOrSlug: string): Promise<ConnectorState> {
  const db = deps.database.connection;
  const reader = readerOf(caller, await heldSlugs(deps, caller));
  const found = await createConnectorRepository(db).findVisible(reader, idOrSlug);
  if (found === undefined) throw new AppError('connector_not_found');
  const state = await stateById(db, found.id);
  if (!state.isEnabled) throw new AppError('connector_disabled');
  if (!state.identity.processor.enabled) throw new AppError('processor_disabled');
  return state;
}

function processorOf(manifest: ConnectorManifest, wanted: string | undefined): Processor {
  const name = defaultProcessor(manifest, wanted);
  const processor = findProcessor(manifest, name);
  if (processor !== undefined) return processor;
  const names = (manifest.processors ?? []).map((each) => each.name);
  const there = names.length === 0 ? 'It has none.' : `There are: ${names.join(', ')}.`;
  throw new AppError('processor_unknown', {
    message: `${manifest.name} has no data processor "${name}". ${there}`,
    details: { processors: names },
  });
}

function inputFor(processor: Processor, { input, cursor }: FetchRequest['body']): JsonObject {
  try {
    return inputOfPage(processor, input as JsonObject, cursor);
  } catch (failure) {
    if (!isAppError(failure)) throw failure;
    const fields = (failure.details['problems'] ?? []) as FieldProblem[];
    throw new AppError('validation_error', { message: failure.message, details: { fields } });
  }
}
