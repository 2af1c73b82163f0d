import type { DeclarativeConnector } from '@patchbay/connector-sdk';

type Operation = DeclarativeConnector['operations'][number];

/** Which routes become operations, and what OpenAPI cannot say about them. */
export interface SelectedRoute {
  /** `operationId` in the OpenAPI document. */
  readonly operationId: string;
  readonly name: string;
  readonly title: string;
  readonly effect: Operation['effect'];
  /** Part of the answer that is the output. */
  readonly outputPointer?: string;
  /** Where the idempotency key goes; the field is then no input. */
  readonly idempotencyKey?: NonNullable<Operation['request']>['idempotencyKey'];
  readonly sample: { readonly input: Record<string, unknown>; readonly output?: unknown };
}

const run = {
  id: '01J8ZK3V6W',
  flowId: '01J8ZJ0Q2M',
  flowName: 'Order intake',
  flowVersion: 3,
  state: 'succeeded',
  isTest: false,
  triggerKind: 'webhook',
  started: '2026-11-21T10:00:00.000Z',
} as const;

/** The operations of the connector, in their order. */
export const selection: readonly SelectedRoute[] = [
  {
    operationId: 'startRun',
    name: 'startRun',
    title: 'Start a flow',
    effect: 'keyed',
    idempotencyKey: { location: 'body', name: 'idempotencyKey' },
    sample: { input: { flowId: run.flowId, input: { order: 7 } }, output: { _id: run.id, result: 'created' } },
  },
  {
    operationId: 'getRun',
    name: 'getRun',
    title: 'Get a run',
    effect: 'read',
    outputPointer: '/_source',
    sample: { input: { id: run.id } },
  },
  {
    operationId: 'searchRuns',
    name: 'listRuns',
    title: 'List runs',
    effect: 'read',
    outputPointer: '/hits',
    sample: {
      input: { state: 'failed', size: 10 },
      output: { total: { value: 1, relation: 'eq' }, hits: [{ _id: run.id, _source: run }] },
    },
  },
  {
    operationId: 'cancelRun',
    name: 'cancelRun',
    title: 'Cancel a run',
    effect: 'idempotent',
    sample: { input: { id: run.id }, output: { _id: run.id, result: 'updated' } },
  },
  {
    operationId: 'searchFlows',
    name: 'listFlows',
    title: 'List flows',
    effect: 'read',
    outputPointer: '/hits',
    sample: { input: { query: 'order' }, output: { total: { value: 0, relation: 'eq' }, hits: [] } },
  },
  {
    // Only the document: the flow itself also shows the secret of its webhook to those who may edit it.
    operationId: 'getFlow',
    name: 'getFlow',
    title: 'Get the document of a flow',
    effect: 'read',
    outputPointer: '/_source/document',
    sample: { input: { id: run.flowId } },
  },
  {
    operationId: 'publishFlow',
    name: 'publishFlow',
    title: 'Publish a flow',
    effect: 'once',
    sample: { input: { id: run.flowId, note: 'Released by the release flow' } },
  },
  {
    operationId: 'enableFlow',
    name: 'enableFlow',
    title: 'Turn a flow on',
    effect: 'idempotent',
    sample: { input: { id: run.flowId }, output: { _id: run.flowId, result: 'updated' } },
  },
  {
    operationId: 'disableFlow',
    name: 'disableFlow',
    title: 'Turn a flow off',
    effect: 'idempotent',
    sample: { input: { id: run.flowId }, output: { _id: run.flowId, result: 'updated' } },
  },
  {
    operationId: 'searchConnections',
    name: 'listConnections',
    title: 'List connections',
    effect: 'read',
    outputPointer: '/hits',
    sample: { input: { size: 50 }, output: { total: { value: 0, relation: 'eq' }, hits: [] } },
  },
  {
    operationId: 'testConnection',
    name: 'testConnection',
    title: 'Test a connection',
    effect: 'idempotent',
    sample: {
      input: { id: '01J8ZHQ4R1' },
      output: {
        health: 'offline',
        message: 'The database refused the password.',
        code: 'remote_unauthorized',
        durationMs: 41,
      },
    },
  },
  {
    operationId: 'searchConnectors',
    name: 'listConnectors',
    title: 'List connectors',
    effect: 'read',
    outputPointer: '/hits',
    sample: { input: { query: 'mail' }, output: { total: { value: 0, relation: 'eq' }, hits: [] } },
  },
];
