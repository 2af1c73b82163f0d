import type { AppContext } from '../../shell/app-context.ts';

/** A flow of which another branch is to be edited. */
export interface BranchPlace {
  readonly flowId: string;
  /** Revision of the flow that the person saw. */
  readonly revision: number;
}

/** Makes a branch the draft that the editor shows. Rejects with `branch_not_found`, `revision_conflict`. */
export async function checkOut(app: AppContext, { flowId, revision }: BranchPlace, branch: string): Promise<void> {
  await app.api.call('checkoutFlowBranch', { params: { id: flowId }, revision, body: { branch } });
  app.toasts.show(`You edit the branch ${branch} now.`);
}
