import type { RouteResponse } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import type { JsonObject } from '@patchbay/manifest';
import type { Caller } from '../../caller.ts';
import { toDocument } from '../../connector/connector-document.ts';
import { seeConnector, type SeenConnector } from '../../connector/view-connector.ts';
import type { RegistryDeps } from '../../registry-deps.ts';
import { toAuthText, toConnectorText, toOperationText, writeText } from './write-connector.ts';

/** What is to be written, and how. */
export interface ExportQuery {
  readonly idOrSlug: string;
  readonly format: 'yaml' | 'json';
  readonly section: 'all' | 'auth' | 'operation';
  readonly operation?: string | undefined;
  readonly version?: string | undefined;
}

/** A connector as a text that an import takes back; secrets are masked. Throws `connector_not_found`, `operation_unknown`. */
export async function exportConnector(
  deps: RegistryDeps,
  caller: Caller,
  query: ExportQuery,
): Promise<RouteResponse<'exportConnector'>> {
  const seen = await seeConnector(deps, caller, { ...query, isEdited: query.version === undefined });
  const content = writeText(sectionOf(seen, query), query.format);
  const part = query.section === 'all' ? '' : `-${query.operation ?? query.section}`;
  return { fileName: `${seen.state.identity.slug}${part}.${query.format}`, content };
}

function sectionOf(seen: SeenConnector, query: ExportQuery): object {
  const { definition } = seen;
  if (query.section === 'all') return toConnectorText(overviewOf(seen), definition);
  if (definition === undefined) throw unknownOperation(query.operation);
  if (query.section === 'auth') return toAuthText(definition.auth_scheme);
  const operation = definition.operations.find((each) => each.name === query.operation);
  if (operation === undefined) throw unknownOperation(query.operation);
  return toOperationText(operation);
}

function unknownOperation(operation: string | undefined): AppError {
  return new AppError('operation_unknown', { details: { operation } });
}

/** Overview, switch and settings, without what is empty anyway. */
function overviewOf({ state, summary }: SeenConnector): JsonObject {
  const isEmpty = (value: unknown): boolean => value === '' || (Array.isArray(value) && value.length === 0);
  const fields = Object.entries(toDocument(state, undefined)).filter(([, value]) => !isEmpty(value));
  return {
    ...Object.fromEntries(fields),
    ...(summary.config !== undefined && { config: summary.config as JsonObject }),
  };
}
