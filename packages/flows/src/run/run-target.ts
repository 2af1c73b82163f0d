import type { Plan } from '@patchbay/flow-model/plan';

/** What a run executes: a flow version with its plan. */
export interface RunTarget {
  readonly tenantId: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly versionId: string;
  /** Null: the draft. */
  readonly version: number | null;
  readonly plan: Plan;
}
