import type { Transaction } from '@patchbay/database';
import { compareVersions } from '@patchbay/manifest';
import { compileHeld } from '../flow/compile-document.ts';
import { readContent } from '../flow/flow-content.ts';
import type { Actor, ApiVersionKey } from '../flow/flow-deps.ts';
import { createFlowRepository, type FlowRow } from '../flow/flow-repository.ts';
import { createFlowVersionRepository } from '../flow/flow-version-repository.ts';
import { createPlanRepository } from '../flow/plan-repository.ts';
import { liveUses, type PublishDeps } from '../flow/publish-flow.ts';
import { ensureWebhook } from '../webhook/webhook-directory.ts';
import { createApiVersionRepository, type ApiVersionRow } from './api-version-repository.ts';
import { branchDocument } from './branches.ts';

/** A deployment to be made. */
export interface DeploymentInput extends ApiVersionKey {
  readonly note: string;
}

/**
 * Compiles a branch into a flow version and ties the API version to it. The newest deployed API version is the one that the triggers of the
 * flow run; each one answers at its own address. Gives the id of the API version and the number of the flow version.
 *
 * @throws AppError `flow_not_found`, `api_version_not_found`, `branch_not_found`, `version_immutable`, `flow_invalid`.
 */
export async function deployVersion(
  deps: PublishDeps,
  actor: Actor,
  input: DeploymentInput,
): Promise<{ readonly id: string; readonly number: number }> {
  const { tenantId } = actor;
  const { flowId } = input;
  const deployed = await deps.db.transaction(async (trx) => {
    const flow = await createFlowRepository(trx).lock(tenantId, flowId);
    const row = await createApiVersionRepository(trx).get(tenantId, flowId, input.version);
    await deps.components.assertDeployable(trx, tenantId, { flowId, version: row.version });
    const document = await branchDocument(trx, flow, row.source_ref);
    const known = await liveUses(trx, flow);
    const plan = await compileHeld(deps, trx, { tenantId, flowId, document, known });
    await createPlanRepository(trx).save(tenantId, plan);
    const stored = await createFlowVersionRepository(trx).insertNext(tenantId, {
      ...{ flowId, document, plan, author: actor.name, now: deps.now() },
      note: input.note === '' ? `API version ${row.version}` : input.note,
    });
    const isExposed = document.trigger.kind === 'webhook';
    if (isExposed) await ensureWebhook({ db: trx, secrets: deps.secrets }, tenantId, flowId);
    const { contentHash } = readContent(document);
    await tie(trx, { flow, row }, { ...stored, contentHash, at: deps.now(), isExposed });
    return { id: row.id, number: stored.number };
  });
  deps.webhooks.forget(flowId);
  return deployed;
}

interface Tied {
  readonly id: string;
  readonly number: number;
  readonly contentHash: string;
  readonly at: Date;
  readonly isExposed: boolean;
}

async function tie(
  trx: Transaction,
  { flow, row }: { readonly flow: FlowRow; readonly row: ApiVersionRow },
  { id, ...deployment }: Tied,
): Promise<void> {
  const versions = createApiVersionRepository(trx);
  await versions.setDeployment(flow.tenant_id, row.id, { ...deployment, flowVersionId: id });
  const others = await versions.list(flow.tenant_id, flow.id);
  const isNewest = others.every(
    (other) => other.deployed_at === null || compareVersions(other.version, row.version) <= 0,
  );
  const { number, contentHash } = deployment;
  if (isNewest) await createFlowRepository(trx).setLive(flow.tenant_id, flow.id, { id, number, contentHash });
}
