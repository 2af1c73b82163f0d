import type { ApiVersion } from '@patchbay/api-contract';
import type { DatabaseConnection } from '@patchbay/database';
import type { FlowDocument } from '@patchbay/flow-model';
import { readContent } from '../flow/flow-content.ts';
import type { FlowDeps } from '../flow/flow-deps.ts';
import { createFlowRepository, type FlowRow } from '../flow/flow-repository.ts';
import { readWebhook } from '../webhook/webhook-directory.ts';
import { createApiVersionRepository, type ApiVersionRow } from './api-version-repository.ts';
import { branchDocument } from './branches.ts';

/** Which API versions are wanted. */
export interface ApiVersionQuery {
  /** Found in the number or the branch. */
  readonly query?: string | undefined;
  readonly from: number;
  readonly size: number;
  /** The address of an API is only for those who may edit the flow, as that of the flow is. */
  readonly canEdit: boolean;
}

/** An API version without the connector that was made from it, which the registry knows; and what it runs. */
export interface ApiVersionItem {
  readonly view: Omit<ApiVersion, 'connector'>;
  readonly flowVersionId: string | undefined;
}

/** A page of the API versions of a flow, newest first. Reads the documents of the branches of that page alone. Throws `flow_not_found`. */
export async function searchApiVersions(
  deps: FlowDeps,
  { tenantId, flowId, query }: { readonly tenantId: string; readonly flowId: string; readonly query: ApiVersionQuery },
): Promise<{ readonly total: number; readonly items: ApiVersionItem[] }> {
  const { connection } = deps.db;
  const flow = await createFlowRepository(connection).get(tenantId, flowId);
  const { total, items } = await createApiVersionRepository(connection).search(tenantId, flowId, query);
  const branches = await readBranches(connection, flow, [...new Set(items.map((row) => row.source_ref))]);
  const address = query.canEdit ? await addressOf(deps, flow) : undefined;
  return { total, items: items.map((row) => toItem(row, branches.get(row.source_ref), address)) };
}

interface Branch {
  readonly contentHash: string;
  readonly isExposed: boolean;
}

async function readBranches(
  db: DatabaseConnection,
  flow: FlowRow,
  names: readonly string[],
): Promise<ReadonlyMap<string, Branch>> {
  const described = names.map(async (name) => [name, describeBranch(await branchDocument(db, flow, name))] as const);
  return new Map(await Promise.all(described));
}

const describeBranch = (document: FlowDocument): Branch => ({
  contentHash: readContent(document).contentHash,
  isExposed: document.trigger.kind === 'webhook',
});

function toItem(row: ApiVersionRow, branch: Branch | undefined, address: string | undefined): ApiVersionItem {
  const isDeployed = row.flow_version_id !== null;
  const view = {
    id: row.id,
    version: row.version,
    source_ref: row.source_ref,
    ...(row.flow_version_number !== null && { deployed_number: row.flow_version_number }),
    ...(row.deployed_at !== null && { deployed_at: row.deployed_at.toISOString() }),
    ...(row.published_at !== null && { published_at: row.published_at.toISOString() }),
    has_undeployed_changes: row.content_hash !== branch?.contentHash,
    exposed: isDeployed ? row.is_exposed : branch?.isExposed === true,
    ...(isDeployed && row.is_exposed && address !== undefined && { endpoint: `${address}/${row.version}` }),
    created: row.created_at.toISOString(),
    created_by: row.created_by,
  };
  return { view, flowVersionId: row.flow_version_id ?? undefined };
}

async function addressOf(deps: FlowDeps, flow: FlowRow): Promise<string | undefined> {
  const address = await readWebhook({ db: deps.db.connection, secrets: deps.secrets }, flow.tenant_id, flow.id);
  return address && `${deps.publicUrl}/hook/${address.token}`;
}
