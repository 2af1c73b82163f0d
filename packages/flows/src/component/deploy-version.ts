import type { FlowDocument } from '@patchbay/flow-model';
import { compareVersions } from '@patchbay/manifest';
import { compileDocument } from '../flow/compile-document.ts';
import { readContent } from '../flow/flow-content.ts';
import type { Actor } from '../flow/flow-deps.ts';
import { createFlowRepository, type FlowRow } from '../flow/flow-repository.ts';
import { createFlowVersionRepository } from '../flow/flow-version-repository.ts';
import { createPlanRepository } from '../flow/plan-repository.ts';
import { liveUses, type PublishDeps } from '../flow/publish-flow.ts';
import { createApiVersionRepository, type ApiVersionRow } from './api-version-repository.ts';

/** A deployment to be made. */
export interface DeploymentInput {
  readonly flow: FlowRow;
  readonly row: ApiVersionRow;
  /** Draft of the branch. */
  readonly document: FlowDocument;
  readonly note: string;
}

/**
 * Compiles a branch into a flow version and ties the API version to it. The newest deployed API version is the one that the triggers of the
 * flow run; an older one is only run by the connector made from it. Gives the number of the flow version.
 *
 * @throws AppError `flow_invalid`, `flow_not_found`.
 */
export async function deployVersion(deps: PublishDeps, actor: Actor, input: DeploymentInput): Promise<number> {
  const { flow, row, document } = input;
  const { tenantId } = actor;
  const known = await liveUses(deps, flow);
  const plan = await compileDocument(deps, { tenantId, flowId: flow.id, document, known });
  const { contentHash } = readContent(document);
  const number = await deps.db.transaction(async (trx) => {
    const flows = createFlowRepository(trx);
    await flows.lock(tenantId, flow.id);
    await createPlanRepository(trx).save(tenantId, plan);
    const stored = await createFlowVersionRepository(trx).insertNext(tenantId, {
      ...{ flowId: flow.id, document, plan, author: actor.name, now: deps.now() },
      note: input.note === '' ? `API version ${row.version}` : input.note,
    });
    const versions = createApiVersionRepository(trx);
    await versions.setDeployment(tenantId, row.id, {
      ...{ flowVersionId: stored.id, number: stored.number, contentHash, at: deps.now() },
      isExposed: document.trigger.kind === 'webhook',
    });
    const others = await versions.list(tenantId, flow.id);
    const isNewest = others.every(
      (other) => other.deployed_at === null || compareVersions(other.version, row.version) <= 0,
    );
    if (isNewest) await flows.setLive(tenantId, flow.id, { ...stored, contentHash });
    return stored.number;
  });
  deps.webhooks.forget(flow.id);
  return number;
}
