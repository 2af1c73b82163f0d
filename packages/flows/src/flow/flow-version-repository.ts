import {
  createTenantScope,
  readPage,
  toJsonb,
  type DatabaseConnection,
  type PageRequest,
  type PageResult,
} from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { FlowDocument } from '@patchbay/flow-model';
import type { Plan } from '@patchbay/flow-model/plan';
import { ulid } from 'ulid';
import { readContent } from './flow-content.ts';

/** A row of `flow_versions`. */
export interface FlowVersionRow {
  id: string;
  tenant_id: string;
  flow_id: string;
  number: number | null;
  note: string;
  plan_hash: string;
  document: FlowDocument;
  content_hash: string;
  published_at: Date;
  published_by: string;
}

/** A version to be stored. */
export interface NewFlowVersion {
  readonly flowId: string;
  readonly document: FlowDocument;
  readonly plan: Plan;
  readonly note: string;
  readonly author: string;
  readonly now: Date;
}

/** Versions of flows, and drafts as they were when a test ran. */
export function createFlowVersionRepository(db: DatabaseConnection) {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows<FlowVersionRow>('flow_versions');
  return {
    /** Stores the next published version. The caller holds the lock of the flow, so that numbers have no gap. */
    async insertNext(tenantId: string, version: NewFlowVersion): Promise<{ id: string; number: number }> {
      const last = await rows(tenantId)
        .where({ flow_id: version.flowId })
        .max({ number: 'number' })
        .first<{ number: number | null }>();
      const number = (last.number ?? 0) + 1;
      const id = ulid();
      await createTenantScope(db, tenantId).insert('flow_versions', { id, number, ...columns(version) });
      return { id, number };
    },

    /** Stores a draft for a test run; the same draft is stored once. */
    async saveDraft(tenantId: string, version: NewFlowVersion): Promise<string> {
      const values = columns(version);
      const key = { flow_id: version.flowId, document_hash: values.document_hash, plan_hash: values.plan_hash };
      await createTenantScope(db, tenantId)
        .insert('flow_versions', { id: ulid(), number: null, ...values })
        .onConflict(db.raw('(tenant_id, flow_id, document_hash, plan_hash) where number is null'))
        .ignore();
      const row = await createTenantScope(db, tenantId)
        .rows('flow_versions')
        .where(key)
        .whereNull('number')
        .first<{ id: string } | undefined>('id');
      if (!row) throw new Error('A draft that was just stored cannot be missing');
      return row.id;
    },

    /** @throws AppError `flow_not_found`. */
    async get(tenantId: string, id: string): Promise<FlowVersionRow> {
      return (await rows(tenantId).where({ id }).first<FlowVersionRow | undefined>()) ?? notFound();
    },

    /** @throws AppError `flow_not_found`. */
    async getByNumber(tenantId: string, flowId: string, number: number): Promise<FlowVersionRow> {
      return (
        (await rows(tenantId).where({ flow_id: flowId, number }).first<FlowVersionRow | undefined>()) ?? notFound()
      );
    },

    /** Published versions without their documents, newest first. */
    search(tenantId: string, flowId: string, page: PageRequest): Promise<PageResult<Omit<FlowVersionRow, 'document'>>> {
      const query = rows(tenantId)
        .where({ flow_id: flowId })
        .whereNotNull('number')
        .select('id', 'number', 'note', 'plan_hash', 'published_at', 'published_by');
      return readPage(query, page, [{ column: 'number', order: 'desc' }]);
    },
  };
}

function columns(version: NewFlowVersion) {
  const content = readContent(version.document);
  return {
    flow_id: version.flowId,
    note: version.note,
    plan_hash: version.plan.hash,
    document: toJsonb(version.document),
    document_hash: content.documentHash,
    content_hash: content.contentHash,
    published_at: version.now,
    published_by: version.author,
  };
}

function notFound(): never {
  throw new AppError('flow_not_found', { message: 'The flow has no such version.' });
}
