import type { Transaction } from '@patchbay/database';
import { ulid } from 'ulid';
import { createAuditRepository } from './audit-repository.ts';

/** One change as the log keeps it. Holds no secret. */
export interface AuditRecord {
  readonly tenantId: string;
  /** E-mail of who did it. */
  readonly actor: string;
  /** Verb in the past, as in `user_created`. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string; readonly name: string };
  readonly version?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly reason?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

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
