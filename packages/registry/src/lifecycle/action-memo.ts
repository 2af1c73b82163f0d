import type { ConnectorSummary } from '@patchbay/api-contract';
import type { Caller } from '../caller.ts';
import type { ConnectorState } from '../connector/connector-state.ts';
import { readerOf } from '../connector/reader.ts';
import { describeActions } from './describe-actions.ts';

/** What callers may do with a connector that does not change; found out once for all callers of the same rights. */
export interface ActionMemo {
  of(caller: Caller): ConnectorSummary['actions'];
}

/** Those of an owner's users are many. */
const mostKinds = 32;

/** For one state, as it stands. */
export function createActionMemo(state: ConnectorState): ActionMemo {
  const known = new Map<string, ConnectorSummary['actions']>();
  return {
    of(caller) {
      const rights = rightsOf(state, caller);
      const found = known.get(rights);
      if (found !== undefined) return found;
      if (known.size >= mostKinds) known.clear();
      const actions = describeActions(state, caller);
      known.set(rights, actions);
      return actions;
    },
  };
}

/**
 * All of a caller that {@link describeActions} looks at. To somebody else's connector it is nobody in particular: role and features say
 * what it may do.
 */
export function rightsOf(state: Pick<ConnectorState, 'tenantId'>, caller: Caller): string {
  const { role, isPlatformAdmin, features, tenantId, userId } = caller;
  const kind = `${role} ${isPlatformAdmin} ${features.custom_connectors} ${features.sdk_access} ${features.review_required}`;
  const isStranger = !isPlatformAdmin && !readerOf(caller, []).ownTenants.includes(state.tenantId);
  return isStranger ? kind : `${kind} ${JSON.stringify([tenantId, userId])}`;
}
