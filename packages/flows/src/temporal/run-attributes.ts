import { AppError } from '@patchbay/errors';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';

/** What an operator finds runs by in Temporal itself. Never a name or other data of a person: these are not encrypted. */
export interface AttributedRun {
  readonly tenantId: string;
  readonly flowId: string;
  /** Null: the draft. */
  readonly version: number | null;
  readonly runId: string;
  readonly triggerKind: string;
}

/** The search attributes of runs. */
export interface RunAttributes {
  /**
   * Registers them with the namespace unless they are there, and waits until Temporal knows them; safe to repeat and to run
   * on several servers at once. Until it has succeeded runs start without them.
   *
   * @throws AppError `config_invalid` with what an operator has to do if it may not register them; what the client throws.
   */
  ensure(): Promise<void>;
  /** Those of one run; undefined while the namespace does not know them. */
  of(run: AttributedRun): TypedSearchAttributes | undefined;
  /** Temporal refused a start because of them: the next ones do without; a minute later `ensure` is tried again. */
  suspend(): void;
}

/** The calls of Temporal that are needed here. */
export interface AttributeService {
  readonly workflowService: Pick<Connection['workflowService'], 'countWorkflowExecutions'>;
  readonly operatorService: Pick<Connection['operatorService'], 'listSearchAttributes' | 'addSearchAttributes'>;
}

const keyword = (name: string) => defineSearchAttributeKey(name, 'KEYWORD');
const keys = {
  tenant: keyword('TenantId'),
  flow: keyword('FlowId'),
  version: keyword('FlowVersion'),
  run: keyword('FlowRunId'),
  trigger: keyword('TriggerType'),
};
const names = Object.values(keys).map(({ name }) => name);

/** INDEXED_VALUE_TYPE_KEYWORD. */
const keywordType = 2;
/** gRPC statuses: what was asked is wrong (an unknown attribute), there already, not allowed, not offered. */
const [invalidArgument, alreadyExists, permissionDenied, unimplemented] = [3, 6, 7, 12];
const suspendedMs = 60_000;
const visibleWithinMs = 30_000;
const pauseMs = 250;

/** Makes the attributes of one namespace. */
export function createRunAttributes(service: AttributeService, namespace: string): RunAttributes {
  let isReady = false;
  const ensure = async (): Promise<void> => {
    if (!(await areKnown(service, namespace))) {
      await register(service, namespace);
      await untilKnown(service, namespace);
    }
    isReady = true;
  };
  return {
    ensure,
    of: (run) => (isReady ? attributesOf(run) : undefined),
    suspend: () => {
      if (!isReady) return;
      isReady = false;
      setTimeout(() => void ensure().catch(() => undefined), suspendedMs).unref();
    },
  };
}

/** True if Temporal refused a call because the namespace does not know a search attribute. */
export function isAttributeRefusal(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (isGrpcServiceError(current) && (current.code as number) === invalidArgument)
      return /search attribute/i.test(current.details);
  }
  return false;
}

function attributesOf({ tenantId, flowId, version, runId, triggerKind }: AttributedRun): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: keys.tenant, value: tenantId },
    { key: keys.flow, value: flowId },
    { key: keys.version, value: version === null ? 'draft' : String(version) },
    { key: keys.run, value: runId },
    { key: keys.trigger, value: triggerKind },
  ]);
}

/** A question that names them all is answered only when all are known; it needs no right but that of reading. */
async function areKnown({ workflowService }: AttributeService, namespace: string): Promise<boolean> {
  try {
    await workflowService.countWorkflowExecutions({
      namespace,
      query: names.map((name) => `${name} = 'none'`).join(' and '),
    });
    return true;
  } catch (error) {
    if (statusOf(error) === invalidArgument) return false;
    throw error;
  }
}

async function register({ operatorService }: AttributeService, namespace: string): Promise<void> {
  try {
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    const missing = names.filter((name) => !Object.hasOwn(customAttributes, name));
    if (missing.length === 0) return;
    const searchAttributes = Object.fromEntries(missing.map((name) => [name, keywordType]));
    await operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (cause) {
    const status = statusOf(cause);
    if (status === alreadyExists) return; // Another server was faster.
    if (status === permissionDenied || status === unimplemented) throw notKnown(namespace, cause);
    throw cause;
  }
}

/** Temporal takes up new attributes with a delay of seconds. */
async function untilKnown(service: AttributeService, namespace: string): Promise<void> {
  const deadline = Date.now() + visibleWithinMs;
  while (!(await areKnown(service, namespace))) {
    if (Date.now() > deadline) throw notKnown(namespace);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

function notKnown(namespace: string, cause?: unknown): AppError {
  const command = `temporal operator search-attribute create --namespace ${namespace} --type Keyword`;
  return new AppError('config_invalid', {
    message: `The Temporal namespace ${namespace} does not know the search attributes of runs; runs start without them.`,
    hint: `Let an operator register them: ${command} ${names.map((name) => `--name ${name}`).join(' ')}`,
    cause,
  });
}

function statusOf(error: unknown): number | undefined {
  return isGrpcServiceError(error) ? error.code : undefined;
}
