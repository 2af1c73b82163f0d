import type { FlowDocument, Step } from '@patchbay/flow-model';

/** An operation as a flow calls it. */
export interface Call {
  readonly connector: string;
  readonly version: string;
  readonly operation: string;
  readonly connectionId: string;
  readonly input: Readonly<Record<string, string | readonly string[]>>;
  readonly timeoutMs?: number;
}

/** A flow of one call, started by hand. */
export function oneCall(name: string, call: Call): FlowDocument {
  const step: Step = {
    key: 'call',
    title: 'Call',
    kind: 'operation',
    connector: call.connector,
    version: call.version,
    operation: call.operation,
    connectionId: call.connectionId,
    input: Object.fromEntries(
      Object.entries(call.input).map(([field, value]) => [
        field,
        { value: typeof value === 'string' ? value : [...value] },
      ]),
    ),
    resilience: { timeoutMs: call.timeoutMs ?? 10_000, maxRetries: 1, retryDelayMs: 100, backoff: 'none' },
  };
  return {
    ...blank(name),
    trigger: { kind: 'manual', title: 'Start', inputSchema: { type: 'object' } },
    steps: { call: step },
    scopes: { root: { steps: ['call'], edges: [] } },
  };
}

/** A webhook that answers with everything it was given. */
export function echoingWebhook(name: string, auth: 'secret' | 'hmac'): FlowDocument {
  return {
    ...blank(name),
    trigger: {
      kind: 'webhook',
      title: 'Called',
      bodySchema: {},
      reply: 'sync',
      auth,
      maxBodyBytes: 65_536,
    },
    steps: {
      answer: {
        key: 'answer',
        title: 'Answer',
        kind: 'respond',
        status: { value: 200 },
        body: { formula: 'trigger' },
      },
    },
    scopes: { root: { steps: ['answer'], edges: [] } },
  };
}

function blank(name: string): Omit<FlowDocument, 'trigger' | 'steps' | 'scopes'> {
  return { schemaVersion: 1, name, description: '', mode: 'standard', layout: { positions: {} }, samples: {} };
}
