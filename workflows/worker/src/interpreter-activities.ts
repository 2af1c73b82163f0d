/** Local activities of the interpreter itself. */
import { ApplicationFailure } from '@temporalio/common';
import { isAppError } from '@patchbay/errors';
import type { BlobStore, PlanRepository } from '@patchbay/flows';
import { interpreterActivities, type PlanReference } from '@patchbay/interpreter';
import { LruCache } from './lru-cache.ts';

type Plan = Awaited<ReturnType<PlanRepository['load']>>;
type BlobReference = Awaited<ReturnType<BlobStore['put']>>;
type JsonValue = Parameters<BlobStore['put']>[1];

/** What they read and write. */
export interface InterpreterServices {
  readonly plans: Pick<PlanRepository, 'load'>;
  readonly blobs: BlobStore;
}

const plansInMemory = 500;

/** Makes them, by activity type. Results of a load are recorded in the history, so a replay sees the same. */
export function createInterpreterActivities({ plans, blobs }: InterpreterServices) {
  const cache = new LruCache<Plan>(plansInMemory);
  return {
    [interpreterActivities.loadPlan]: async (request: PlanReference & { tenantId: string }): Promise<Plan> => {
      const { tenantId, flowVersionId, planHash } = request;
      const key = `${tenantId}/${flowVersionId}/${planHash}`;
      const known = cache.get(key);
      if (known) return known;
      const plan = await translated(() => plans.load(tenantId, flowVersionId, planHash));
      cache.set(key, plan);
      return plan;
    },
    [interpreterActivities.storeValue]: (request: { tenantId: string; value: JsonValue }): Promise<BlobReference> =>
      translated(() => blobs.put(request.tenantId, request.value)),
    [interpreterActivities.loadValue]: (request: { tenantId: string; reference: BlobReference }): Promise<JsonValue> =>
      translated(() => blobs.get(request.tenantId, request.reference)),
  };
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw ApplicationFailure.create({ message: error.message, type: error.code, nonRetryable: !error.isRetryable });
  }
}
