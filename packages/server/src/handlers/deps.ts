import type { Actor, FlowsModule } from '@patchbay/flows';
import type { IdentityService, Principal } from '@patchbay/identity';
import type { RegistryService } from '@patchbay/registry';
import type { VaultService } from '@patchbay/vault';
import type { Metrics } from '../app/metrics.ts';
import type { SessionOptions } from '../app/principal.ts';

/** What the handlers of the routes call. */
export interface HandlerDeps {
  readonly identity: IdentityService;
  readonly registry: RegistryService;
  readonly vault: VaultService;
  readonly flows: FlowsModule;
  readonly sessions: SessionOptions;
  readonly metrics: Metrics;
  /** Where the outside reaches the server; no slash at the end. */
  readonly publicUrl: string;
}

/** The caller as the author of a change. */
export function authorOf(principal: Principal): Actor {
  return { tenantId: principal.tenantId, name: principal.name };
}
