import type { Transaction } from '@patchbay/database';
import { ulid } from 'ulid';
import type { AuditRecord } from './audit-record.ts';
import { createAuditRepository } from './audit-repository.ts';

/** Writes the audit log. */
export interface AuditLog {
  /** Adds an entry in the transaction of the change itself: either both are there or neither. */
  record(trx: Transaction, entry: AuditRecord): Promise<void>;
}

export function createAuditLog(deps: { readonly clock: () => Date }): AuditLog {
  return {
    record: (trx, entry) => createAuditRepository(trx).insert({ ...entry, id: ulid(), at: deps.clock() }),
  };
}
