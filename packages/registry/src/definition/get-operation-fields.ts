import type { RouteResponse } from '@patchbay/api-contract';
import { AppError } from '@patchbay/errors';
import { findOperation, type JsonSchemaObject } from '@patchbay/manifest';
import type { Caller } from '../caller.ts';
import { getConnector } from '../connector/view-connector.ts';
import type { RegistryDeps } from '../registry-deps.ts';
import { flattenSchema } from './operation-fields.ts';

/** Which operation of which connector. */
export interface OperationQuery {
  readonly idOrSlug: string;
  readonly operation: string;
  readonly version?: string | undefined;
}

/** Fields that an operation answers with (DI-48); none without a response schema. Throws `connector_not_found`, `operation_unknown`. */
export async function getOperationFields(
  deps: RegistryDeps,
  caller: Caller,
  query: OperationQuery,
): Promise<RouteResponse<'getOperationFields'>> {
  const { _source: connector } = await getConnector(deps, caller, query);
  const written = connector.operations?.find((operation) => operation.name === query.operation);
  const running = connector.manifest === undefined ? undefined : findOperation(connector.manifest, query.operation);
  if (written === undefined && running === undefined) {
    throw new AppError('operation_unknown', { details: { operation: query.operation } });
  }
  const schema: JsonSchemaObject | undefined = written === undefined ? running?.output : written.response_schema;
  return { fields: flattenSchema(schema) };
}
