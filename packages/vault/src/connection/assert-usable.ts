import { AppError } from '@patchbay/errors';
import type { StoredConnection } from './connection-repository.ts';

/** Throws `connection_disabled`, `reauthorization_required`, or `connection_required` for one that was never authorized. */
export function assertUsable(stored: StoredConnection): void {
  if (!stored.isEnabled) throw new AppError('connection_disabled');
  if (stored.authorization === 'reauth_required') throw new AppError('reauthorization_required');
  if (stored.authorization !== 'authorized') {
    throw new AppError('connection_required', {
      message: 'The connection is not authorized.',
      hint: 'Authorize it first.',
    });
  }
}
