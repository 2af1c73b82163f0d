import type { AuditEntry } from '@patchbay/api-contract';
import {
  createTenantScope,
  narrowToText,
  parseSort,
  readPage,
  type DatabaseConnection,
  type PageRequest,
  type PageResult,
} from '@patchbay/database';
import type { AuditRecord } from './audit-record.ts';

/** Which entries are wanted; times are exclusive. */
export interface AuditRequest extends PageRequest {
  readonly query?: string | undefined;
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** The audit log of a tenant. Nothing can be changed or taken away: the database refuses it. */
export interface AuditRepository {
  insert(entry: AuditRecord & { readonly id: string; readonly at: Date }): Promise<void>;
  /** Newest first unless sorted. */
  search(tenantId: string, request: AuditRequest): Promise<PageResult<AuditEntry>>;
}

interface AuditRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly target_kind: string;
  readonly target_id: string;
  readonly target_name: string;
  readonly version: string | null;
  readonly from_state: string | null;
  readonly to_state: string | null;
  readonly reason: string | null;
  readonly details: Record<string, unknown>;
}

const sortColumns = { at: 'at', actor: 'actor', action: 'action', target: 'target_name' };
const searchedColumns = ['actor', 'action', 'target_name', 'reason'] as const;

export function createAuditRepository(db: DatabaseConnection): AuditRepository {
  return {
    async insert({ tenantId, ...entry }) {
      await createTenantScope(db, tenantId).insert('audit_entries', {
        id: entry.id,
        at: entry.at,
        actor: entry.actor,
        action: entry.action,
        target_kind: entry.target.kind,
        target_id: entry.target.id,
        target_name: entry.target.name,
        version: entry.version ?? null,
        from_state: entry.from ?? null,
        to_state: entry.to ?? null,
        reason: entry.reason ?? null,
        details: JSON.stringify(entry.details ?? {}),
      });
    },
    async search(tenantId, request) {
      const rows = createTenantScope(db, tenantId).rows<AuditRow>('audit_entries');
      if (request.action !== undefined) void rows.where({ action: request.action });
      if (request.target !== undefined) void rows.where({ target_id: request.target });
      if (request.after !== undefined) void rows.where('at', '>', new Date(request.after));
      if (request.before !== undefined) void rows.where('at', '<', new Date(request.before));
      narrowToText(rows, request.query, searchedColumns);
      const sort = parseSort(request.sort, sortColumns) ?? { column: 'at', order: 'desc' };
      // Entries of one moment keep the order in which they were written: their ids grow.
      const page = await readPage<AuditRow>(rows, request, [sort, { column: 'id', order: 'desc' }]);
      return { total: page.total, items: page.items.map(fromRow) };
    },
  };
}

function fromRow(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actor,
    tenant: row.tenant_id,
    action: row.action,
    target: { kind: row.target_kind, id: row.target_id, name: row.target_name },
    ...(row.version !== null && { version: row.version }),
    ...(row.from_state !== null && { from: row.from_state }),
    ...(row.to_state !== null && { to: row.to_state }),
    ...(row.reason !== null && { reason: row.reason }),
    details: row.details,
  };
}
