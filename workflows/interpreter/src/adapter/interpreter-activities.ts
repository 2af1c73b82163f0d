/** The interpreter's own short local activities: their results are recorded, so a replay sees the same bytes. */
import { scheduleLocalActivity } from '@temporalio/workflow';
import type { JsonValue } from '@patchbay/flow-model';
import type { BlobReference, Plan } from '@patchbay/flow-model/plan';
import { interpreterActivities, type FlowRunInput } from '../core/flow-run-contract.ts';

const options = {
  startToCloseTimeout: 10_000,
  retry: { initialInterval: 100, backoffCoefficient: 2, maximumInterval: 5_000 },
} as const;

/** The plan the run was started with. */
export function loadPlan(input: FlowRunInput): Promise<Plan> {
  return call(interpreterActivities.loadPlan, { tenantId: input.tenantId, ...input.planRef });
}

/** Puts a large value aside. */
export function storeValue(input: FlowRunInput, value: JsonValue): Promise<BlobReference> {
  return call(interpreterActivities.storeValue, { tenantId: input.tenantId, value });
}

/** Fetches what {@link storeValue} put aside. */
export function loadValue(input: FlowRunInput, reference: BlobReference): Promise<JsonValue> {
  return call(interpreterActivities.loadValue, { tenantId: input.tenantId, reference });
}

function call<Result>(type: string, argument: object): Promise<Result> {
  return scheduleLocalActivity<Result>(type, [argument], options);
}
