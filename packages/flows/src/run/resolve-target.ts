import { AppError } from '@patchbay/errors';
import type { FlowDocument } from '@patchbay/flow-model';
import type { Plan } from '@patchbay/flow-model/plan';
import { compileDocument } from '../flow/compile-document.ts';
import type { Actor, FlowDeps } from '../flow/flow-deps.ts';
import { createFlowRepository, type FlowRow } from '../flow/flow-repository.ts';
import { createFlowVersionRepository } from '../flow/flow-version-repository.ts';
import { createPlanRepository } from '../flow/plan-repository.ts';
import type { RunTarget } from './run-target.ts';

/** What to run, and the document it was made from. */
export type ResolvedTarget = RunTarget & { readonly document: FlowDocument };

/**
 * The plan of a flow to run: the live version, version `number`, or the draft, compiled now.
 *
 * @throws AppError `flow_not_found`, `flow_not_published`, `flow_invalid`.
 */
export async function resolveTarget(
  deps: FlowDeps,
  actor: Actor,
  wanted: { readonly flowId: string; readonly version?: number | 'draft' | undefined },
): Promise<ResolvedTarget> {
  const { connection } = deps.db;
  const flow = await createFlowRepository(connection).get(actor.tenantId, wanted.flowId);
  if (wanted.version === 'draft') {
    const plan = await compileDocument(deps, { tenantId: actor.tenantId, flowId: flow.id, document: flow.document });
    return storeDraft(deps, actor, { flow, plan });
  }
  const versions = createFlowVersionRepository(connection);
  if (wanted.version === undefined && flow.live_version_id === null) throw new AppError('flow_not_published');
  const version =
    wanted.version === undefined
      ? await versions.get(actor.tenantId, flow.live_version_id ?? '')
      : await versions.getByNumber(actor.tenantId, flow.id, wanted.version);
  const plan = await createPlanRepository(connection).load(actor.tenantId, version.id, version.plan_hash);
  return { ...identityOf(flow), versionId: version.id, version: version.number, plan, document: version.document };
}

/** Stores a compiled draft, so that the run that uses it can always be shown. */
export async function storeDraft(
  deps: FlowDeps,
  actor: Actor,
  draft: { flow: FlowRow; plan: Plan },
): Promise<ResolvedTarget> {
  const { flow, plan } = draft;
  const { connection } = deps.db;
  await createPlanRepository(connection).save(actor.tenantId, plan);
  const versionId = await createFlowVersionRepository(connection).saveDraft(actor.tenantId, {
    flowId: flow.id,
    document: flow.document,
    plan,
    note: '',
    author: actor.name,
    now: deps.now(),
  });
  return { ...identityOf(flow), versionId, version: null, plan, document: flow.document };
}

function identityOf(flow: FlowRow): Pick<RunTarget, 'tenantId' | 'flowId' | 'flowName'> {
  return { tenantId: flow.tenant_id, flowId: flow.id, flowName: flow.name };
}
