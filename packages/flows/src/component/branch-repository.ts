import { createTenantScope, onUniqueViolation, toJsonb, type DatabaseConnection } from '@patchbay/database';
import type { FlowDocument } from '@patchbay/flow-model';
import { ulid } from 'ulid';

/** A row of `flow_branches`. */
export interface BranchRow {
  readonly id: string;
  readonly flow_id: string;
  readonly name: string;
  readonly document: FlowDocument;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** Named drafts of flows. */
export interface BranchRepository {
  list(tenantId: string, flowId: string): Promise<BranchRow[]>;
  find(tenantId: string, flowId: string, name: string): Promise<BranchRow | undefined>;
  /** Throws `already_exists`. */
  insert(tenantId: string, branch: { flowId: string; name: string; document: FlowDocument }): Promise<string>;
  /** Stores the draft of a branch, also of one that has no row yet. */
  save(tenantId: string, branch: { flowId: string; name: string; document: FlowDocument }): Promise<void>;
}

export function createBranchRepository(db: DatabaseConnection): BranchRepository {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows<BranchRow>('flow_branches');
  const toRow = (branch: { flowId: string; name: string; document: FlowDocument }) => ({
    id: ulid(),
    flow_id: branch.flowId,
    name: branch.name,
    document: toJsonb(branch.document),
  });
  return {
    list: async (tenantId, flowId) => rows(tenantId).where({ flow_id: flowId }).orderBy('created_at'),
    find: async (tenantId, flowId, name) =>
      rows(tenantId).where({ flow_id: flowId, name }).first<BranchRow | undefined>(),
    async insert(tenantId, branch) {
      const row = toRow(branch);
      await onUniqueViolation(createTenantScope(db, tenantId).insert('flow_branches', row), 'already_exists');
      return row.id;
    },
    async save(tenantId, branch) {
      await createTenantScope(db, tenantId)
        .insert('flow_branches', toRow(branch))
        .onConflict(['tenant_id', 'flow_id', 'name'])
        .merge({ document: toJsonb(branch.document), updated_at: db.fn.now() });
    },
  };
}
