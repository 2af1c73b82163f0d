import type { AppError } from '@patchbay/errors';
import type { FastifyRequest } from 'fastify';

/**
 * What the documented connector API says of one that is not there, beside the error (requirements.md 5.34, CO-38x): programs
 * written for it look at `found` and `result`.
 */
export function missingConnectorFields(error: AppError, request: FastifyRequest): object {
  if (error.code !== 'connector_not_found' || request.routeOptions.url !== '/connector/:id') return {};
  const { id } = request.params as { id: string };
  return request.method === 'PUT' || request.method === 'DELETE'
    ? { _id: id, result: 'not_found' }
    : { _id: id, found: false };
}
