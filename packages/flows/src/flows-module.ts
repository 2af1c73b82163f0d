import { createComponentService, type ComponentService } from './component/component-service.ts';
import { createFlowService, type FlowService } from './flow/flow-service.ts';
import { createRunService, type RunService } from './run/run-service.ts';
import { createOperationTester, type OperationTester } from './run/test-operation.ts';
import type { RunDeps } from './run/run-deps.ts';
import { callWebhook, type WebhookAnswer, type WebhookRequest } from './webhook/call-webhook.ts';
import { createWebhookDirectory } from './webhook/webhook-directory.ts';

/** The whole module with its dependencies bound. */
export interface FlowsModule {
  readonly flows: FlowService;
  readonly components: ComponentService;
  readonly runs: RunService;
  readonly operationTester: OperationTester;
  /**
   * Finds the flow behind an address, or one of its API versions; the caller reads the body only then, up to `maxBodyBytes`.
   *
   * @throws AppError `webhook_not_found`, `version_blocked`, `version_retired`.
   */
  findWebhook(token: string, apiVersion?: string): Promise<OpenWebhook>;
}

/** A webhook that was found and may be called. */
export interface OpenWebhook {
  readonly tenantId: string;
  readonly maxBodyBytes: number;
  /** @throws AppError as `callWebhook` says. */
  call(request: WebhookRequest): Promise<WebhookAnswer>;
}

/** Binds everything. */
export function createFlowsModule(deps: RunDeps): FlowsModule {
  const webhooks = createWebhookDirectory(deps);
  return {
    flows: createFlowService({ ...deps, webhooks }),
    components: createComponentService({ ...deps, webhooks }),
    runs: createRunService(deps),
    operationTester: createOperationTester(deps),
    async findWebhook(token, apiVersion) {
      const target = await webhooks.find(token, apiVersion);
      return {
        tenantId: target.tenantId,
        maxBodyBytes: target.trigger.maxBodyBytes,
        call: (request) => callWebhook(deps, target, request),
      };
    },
  };
}
