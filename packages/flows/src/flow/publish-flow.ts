import type { DatabaseConnection } from '@patchbay/database';
import { AppError } from '@patchbay/errors';
import type { WebhookDirectory } from '../webhook/webhook-directory.ts';
import { compileHeld } from './compile-document.ts';
import { readContent } from './flow-content.ts';
import type { Actor, FlowDeps } from './flow-deps.ts';
import { createFlowRepository, type FlowRow } from './flow-repository.ts';
import { createFlowVersionRepository } from './flow-version-repository.ts';
import { createPlanRepository } from './plan-repository.ts';
import { usesOf } from './refused-uses.ts';

/** Dependencies of what changes the live version. */
export type PublishDeps = FlowDeps & { readonly webhooks: WebhookDirectory };

/** What to publish. */
export interface PublishInput {
  readonly id: string;
  readonly note: string;
  /** Publishes only if the draft still has this revision. */
  readonly revision?: number | '*' | undefined;
}

/** The version that is live now. */
export interface PublishedFlow {
  readonly id: string;
  readonly revision: number;
  readonly version: number;
  readonly planHash: string;
}

/**
 * Compiles the draft into a locked plan, stores it as the next version and makes it live. What it uses is held meanwhile: nothing of it is
 * retired, switched off or deleted between the check and the version that refers to it.
 *
 * @throws AppError `flow_not_found`, `flow_invalid`, `revision_conflict`.
 */
export async function publishFlow(deps: PublishDeps, actor: Actor, input: PublishInput): Promise<PublishedFlow> {
  const { tenantId } = actor;
  const published = await deps.db.transaction(async (trx) => {
    const flows = createFlowRepository(trx);
    const draft = await flows.lock(tenantId, input.id);
    assertRevision(draft.revision, input.revision ?? '*');
    const known = await liveUses(trx, draft);
    const plan = await compileHeld(deps, trx, { tenantId, flowId: input.id, document: draft.document, known });
    await createPlanRepository(trx).save(tenantId, plan);
    const stored = await createFlowVersionRepository(trx).insertNext(tenantId, {
      flowId: input.id,
      document: draft.document,
      plan,
      note: input.note,
      author: actor.name,
      now: deps.now(),
    });
    await flows.setLive(tenantId, input.id, { ...stored, contentHash: readContent(draft.document).contentHash });
    return { id: input.id, revision: draft.revision, version: stored.number, planHash: plan.hash };
  });
  deps.webhooks.forget(input.id);
  return published;
}

/** What the live version of a flow uses already. */
export async function liveUses(
  db: DatabaseConnection,
  flow: Pick<FlowRow, 'tenant_id' | 'live_version_id'>,
): Promise<ReadonlySet<string>> {
  if (flow.live_version_id === null) return new Set();
  const live = await createFlowVersionRepository(db).get(flow.tenant_id, flow.live_version_id);
  return usesOf(live.document);
}

function assertRevision(current: number, expected: number | '*'): void {
  if (expected !== '*' && current !== expected)
    throw new AppError('revision_conflict', { details: { revision: current } });
}

/** Lets the trigger start runs or keeps it from it. @throws AppError `flow_not_found`, `flow_not_published`. */
export async function setFlowEnabled(
  deps: PublishDeps,
  actor: Actor,
  change: { id: string; isEnabled: boolean },
): Promise<{ id: string; revision: number }> {
  const flows = createFlowRepository(deps.db.connection);
  const flow = await flows.get(actor.tenantId, change.id);
  if (change.isEnabled && flow.live_version_id === null) throw new AppError('flow_not_published');
  await flows.setEnabled(actor.tenantId, change.id, change.isEnabled);
  deps.webhooks.forget(change.id);
  return { id: change.id, revision: flow.revision };
}
