import type { RawHistoryEvent } from '@patchbay/interpreter';
import type { Client } from '@temporalio/client';
import { isGrpcServiceError } from '@temporalio/client';

/** gRPC status of something that is not there. */
const notFoundStatus = 5;

/** Longest time one call waits for new events; Temporal itself gives up after about 20 s. */
const longPollMs = 30_000;

/** True if Temporal knows no such workflow (any more). */
export function isWorkflowNotFound(error: unknown): boolean {
  if (error instanceof Error && error.name === 'WorkflowNotFoundError') return true;
  const cause = error instanceof Error && !isGrpcServiceError(error) ? error.cause : error;
  return isGrpcServiceError(cause) && (cause.code as number) === notFoundStatus;
}

interface Page {
  readonly events: readonly RawHistoryEvent[];
  readonly token: Uint8Array | undefined;
}

interface PageRequest {
  readonly runId: string | undefined;
  readonly token: Uint8Array | undefined;
  readonly isWaiting: boolean;
}

/**
 * Reads the history of one run, over continue-as-new, and can wait for more of it. Throws what the client throws; see
 * {@link isWorkflowNotFound}.
 */
export class HistoryReader {
  /** Events of each execution, oldest first. */
  readonly executions: RawHistoryEvent[][] = [[]];
  readonly #client: Client;
  readonly #workflowId: string;
  #runId: string | undefined;
  #token: Uint8Array | undefined;

  constructor(client: Client, workflowId: string) {
    this.#client = client;
    this.#workflowId = workflowId;
  }

  /** Reads what is there now. */
  async readAll(): Promise<void> {
    const events = await this.#readExecution();
    const first = startedAttributes(events[0]);
    if (first.continuedExecutionRunId === undefined) {
      this.executions.splice(0, 1, events);
      return;
    }
    this.executions.length = 0;
    this.#runId = first.firstExecutionRunId;
    for (;;) {
      const execution = await this.#readExecution();
      this.executions.push(execution);
      if (!this.#follow(execution)) return;
    }
  }

  /** Waits until there are more events; false if the run has ended or nothing came for a while. */
  async waitForMore(signal: AbortSignal): Promise<boolean> {
    const page = await this.#client.withAbortSignal(signal, () =>
      this.#readPage({ runId: this.#runId, token: this.#token, isWaiting: true }),
    );
    this.#token = page.token;
    const current = this.executions.at(-1) ?? [];
    // The long poll starts over when its token is lost; what is known already does not count.
    const known = current.length;
    const fresh = page.events.filter((event) => eventId(event) > known);
    current.push(...fresh);
    if (fresh.length > 0 && this.#follow(current)) this.executions.push([]);
    return fresh.length > 0;
  }

  /** True if the last execution went on as a new one, which is then the current one. */
  #follow(events: readonly RawHistoryEvent[]): boolean {
    const attributes = events.at(-1)?.['workflowExecutionContinuedAsNewEventAttributes'] as
      { newExecutionRunId?: string } | null | undefined;
    if (!attributes?.newExecutionRunId) return false;
    this.#runId = attributes.newExecutionRunId;
    this.#token = undefined;
    return true;
  }

  async #readExecution(): Promise<RawHistoryEvent[]> {
    const events: RawHistoryEvent[] = [];
    let token: Uint8Array | undefined;
    do {
      const page = await this.#readPage({ runId: this.#runId, token, isWaiting: false });
      events.push(...page.events);
      token = page.token;
    } while (token);
    return events;
  }

  async #readPage(request: PageRequest): Promise<Page> {
    const { workflowService, options } = this.#client;
    const call = () =>
      workflowService.getWorkflowExecutionHistory({
        namespace: options.namespace,
        execution: { workflowId: this.#workflowId, ...(request.runId && { runId: request.runId }) },
        waitNewEvent: request.isWaiting,
        ...(request.token && { nextPageToken: request.token }),
      });
    const response = request.isWaiting ? await this.#client.withDeadline(Date.now() + longPollMs, call) : await call();
    // Plain protobuf objects; the interpreter names the fields it reads.
    const events = (response.history?.events ?? []) as unknown as readonly RawHistoryEvent[];
    return { events, token: response.nextPageToken.length > 0 ? response.nextPageToken : undefined };
  }
}

function startedAttributes(event: RawHistoryEvent | undefined): {
  continuedExecutionRunId?: string;
  firstExecutionRunId?: string;
} {
  const attributes = (event?.['workflowExecutionStartedEventAttributes'] ?? {}) as Record<
    string,
    string | null | undefined
  >;
  return {
    ...(attributes['continuedExecutionRunId'] && { continuedExecutionRunId: attributes['continuedExecutionRunId'] }),
    ...(attributes['firstExecutionRunId'] && { firstExecutionRunId: attributes['firstExecutionRunId'] }),
  };
}

function eventId(event: RawHistoryEvent): number {
  return Number(String(event['eventId']));
}
