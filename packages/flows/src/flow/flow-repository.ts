import {
  narrowToText,
  createTenantScope,
  parseSort,
  readPage,
  toJsonb,
  type DatabaseConnection,
  type PageResult,
} from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { RouteQuery } from '@patchbay/api-contract';
import type { FlowDocument } from '@patchbay/flow-model';
import type { Knex } from 'knex';
import { readContent } from './flow-content.ts';

/** A row of `flows`. */
export interface FlowRow {
  id: string;
  tenant_id: string;
  name: string;
  description: string;
  document: FlowDocument;
  content_hash: string;
  revision: number;
  is_enabled: boolean;
  live_version_id: string | null;
  live_version: number | null;
  live_content_hash: string | null;
  trigger_kind: string;
  step_count: number;
  connectors: string[];
  created_at: Date;
  updated_at: Date;
  updated_by: string | null;
  /** The branch that `document` is the draft of. */
  branch: string;
}

/** A row of a list: everything but the document. */
export type FlowListRow = Omit<FlowRow, 'document' | 'branch'>;

/** The version that became live. */
export interface LiveVersion {
  readonly id: string;
  readonly number: number;
  readonly contentHash: string;
}

const listColumns = [
  'id', 'tenant_id', 'name', 'description', 'content_hash', 'revision', 'is_enabled', 'live_version_id', 'live_version',
  'live_content_hash', 'trigger_kind', 'step_count', 'connectors', 'created_at', 'updated_at', 'updated_by',
]; // prettier-ignore

const sortColumns = { name: 'name', updated: 'updated_at', created: 'created_at' };

/** SQL condition of each state of a flow; the same rule as `stateOf`. */
const stateConditions: Readonly<Record<string, string>> = {
  draft: 'live_version_id is null',
  off: 'live_version_id is not null and not is_enabled',
  live: 'live_version_id is not null and is_enabled and content_hash = live_content_hash',
  live_with_changes: 'live_version_id is not null and is_enabled and content_hash <> live_content_hash',
};

/** Flows in PostgreSQL. */
export function createFlowRepository(db: DatabaseConnection) {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows<FlowRow>('flows');
  return {
    async insert(
      tenantId: string,
      flow: { id: string; document: FlowDocument; author: string; now: Date },
    ): Promise<void> {
      await createTenantScope(db, tenantId).insert('flows', {
        id: flow.id,
        ...documentColumns(flow.document),
        created_at: flow.now,
        updated_at: flow.now,
        updated_by: flow.author,
      });
    },

    /** @throws AppError `flow_not_found`. */
    async get(tenantId: string, id: string): Promise<FlowRow> {
      return (await rows(tenantId).where({ id }).first<FlowRow | undefined>()) ?? notFound();
    },

    /** The same, locked until the transaction ends. */
    async lock(tenantId: string, id: string): Promise<FlowRow> {
      return (await rows(tenantId).where({ id }).forUpdate().first<FlowRow | undefined>()) ?? notFound();
    },

    ...draftWrites(db),
    ...liveWrites(db),

    /** @throws AppError `flow_not_found`. */
    async delete(tenantId: string, id: string): Promise<void> {
      if ((await rows(tenantId).where({ id }).delete()) === 0) notFound();
    },

    search: (tenantId: string, query: RouteQuery<'searchFlows'>) => searchFlows(rows(tenantId), query),

    /** Live flows of a tenant. */
    async countLive(tenantId: string): Promise<number> {
      const row = await rows(tenantId)
        .where({ is_enabled: true })
        .whereNotNull('live_version_id')
        .count({ count: '*' })
        .first<{ count: string }>();
      return Number(row.count);
    },
  };
}

/** Saving drafts, with the check of the revision. */
function draftWrites(db: DatabaseConnection) {
  const untyped = (tenantId: string) => createTenantScope(db, tenantId).rows('flows');
  return {
    /**
     * Saves the draft if it is still at `revision`; `'*'` overwrites. Gives the new revision.
     *
     * @throws AppError `flow_not_found`, `revision_conflict`.
     */
    async saveDraft(
      tenantId: string,
      id: string,
      change: { document: FlowDocument; revision: number | '*'; author: string; now: Date },
    ): Promise<number> {
      const query = untyped(tenantId).where({ id });
      if (change.revision !== '*') void query.andWhere({ revision: change.revision });
      const [saved] = await query
        .update({
          ...documentColumns(change.document),
          revision: db.raw('revision + 1'),
          updated_at: change.now,
          updated_by: change.author,
        })
        .returning<{ revision: number }[]>('revision');
      return saved?.revision ?? (await conflictOrMissing(untyped(tenantId), id));
    },
  };
}

/** What changes which version is live. */
function liveWrites(db: DatabaseConnection) {
  const rows = (tenantId: string) => createTenantScope(db, tenantId).rows<FlowRow>('flows');
  return {
    async setLive(tenantId: string, id: string, version: LiveVersion): Promise<void> {
      await rows(tenantId).where({ id }).update({
        live_version_id: version.id,
        live_version: version.number,
        live_content_hash: version.contentHash,
        is_enabled: true,
      });
    },

    async setBranch(tenantId: string, id: string, branch: string): Promise<void> {
      await rows(tenantId).where({ id }).update({ branch });
    },

    async setEnabled(tenantId: string, id: string, isEnabled: boolean): Promise<void> {
      await rows(tenantId).where({ id }).update({ is_enabled: isEnabled });
    },
  };
}

function searchFlows(
  rows: Knex.QueryBuilder<FlowRow, FlowRow[]>,
  query: RouteQuery<'searchFlows'>,
): Promise<PageResult<FlowListRow>> {
  const found = rows.select(listColumns);
  narrowToText(found, query.query, ['name', 'description']);
  if (query.state) {
    const states = query.state.split(',').flatMap((state) => stateConditions[state] ?? []);
    void found.whereRaw(`(${states.join(' or ') || 'false'})`);
  }
  const order = parseSort(query.sort ?? '-updated', sortColumns);
  return readPage(found, query, [...(order ? [order] : []), { column: 'id', order: 'desc' }]);
}

/** State of a flow as people see it. */
export function stateOf(flow: FlowListRow): 'draft' | 'off' | 'live' | 'live_with_changes' {
  if (flow.live_version_id === null) return 'draft';
  if (!flow.is_enabled) return 'off';
  return flow.content_hash === flow.live_content_hash ? 'live' : 'live_with_changes';
}

function documentColumns(document: FlowDocument) {
  const content = readContent(document);
  return {
    name: document.name,
    description: document.description,
    document: toJsonb(document),
    content_hash: content.contentHash,
    trigger_kind: document.trigger.kind,
    step_count: content.stepCount,
    connectors: content.connectors,
    connection_ids: content.connectionIds,
  };
}

function notFound(): never {
  throw new AppError('flow_not_found');
}

async function conflictOrMissing(
  rows: ReturnType<ReturnType<typeof createTenantScope>['rows']>,
  id: string,
): Promise<never> {
  const current = await rows.where({ id }).first<{ revision: number } | undefined>('revision');
  if (!current) return notFound();
  throw new AppError('revision_conflict', { details: { revision: current.revision } });
}
