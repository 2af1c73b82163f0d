import type { DatabaseConnection, Transaction } from '@patchbay/database';
import { AppError, type ErrorCode } from '@patchbay/errors';
import { shareConnectorRow } from '../lifecycle/lifecycle-repository.ts';
import type { ComponentVersionKey } from '../registry-deps.ts';
import { findComponentConnector, findComponentVersion, lockComponent } from './component-repository.ts';

/** What the connector that was made from a flow means for the flow: an API version shares the stage of its connector version (5.28). */
export interface ComponentGate {
  /**
   * CH-16: what all tenants run under a number never changes. Until the transaction ends nobody publishes the version or its connector.
   * Throws `version_immutable`.
   */
  assertDeployable(trx: Transaction, tenantId: string, component: ComponentVersionKey): Promise<void>;
  /** Why the API version may not be called: `version_blocked`, `version_retired`; undefined: it may, as one without a connector. */
  refuseCall(db: DatabaseConnection, tenantId: string, component: ComponentVersionKey): Promise<ErrorCode | undefined>;
}

export function createComponentGate(clock: () => Date = () => new Date()): ComponentGate {
  return {
    async assertDeployable(trx, tenantId, component) {
      await lockComponent(trx, tenantId, component.flowId);
      const connector = await findComponentConnector(trx, tenantId, component.flowId);
      if (connector === undefined || !(await shareConnectorRow(trx, connector))) return;
      const made = await findComponentVersion(trx, tenantId, component);
      if (made?.wasCatalogue !== true && made?.visibility !== 'catalogue') return;
      throw new AppError('version_immutable', { details: { version: component.version } });
    },
    async refuseCall(db, tenantId, component) {
      const made = await findComponentVersion(db, tenantId, component);
      if (made?.stage === 'blocked') return 'version_blocked';
      const isOver = made?.stage === 'deprecated' && made.sunsetAt !== null && made.sunsetAt <= clock();
      return made?.stage === 'retired' || isOver ? 'version_retired' : undefined;
    },
  };
}
