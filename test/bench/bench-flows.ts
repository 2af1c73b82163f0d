import type { FlowDocument, Step } from '@patchbay/flow-model';

const bodySchema = {
  type: 'object',
  properties: { id: { type: 'string' }, qty: { type: 'number' }, price: { type: 'number' } },
  required: ['id', 'qty', 'price'],
};

const respond: Step = {
  key: 'answer',
  kind: 'respond',
  title: 'Answer',
  status: { value: 200 },
  body: { object: { text: { formula: 'receipt.text' }, total: { formula: 'receipt.total' } } },
};

const net: Step = {
  key: 'net',
  kind: 'transform',
  title: 'Net',
  output: { formula: 'trigger.body.qty * trigger.body.price' },
};
const total: Step = { key: 'total', kind: 'transform', title: 'Total', output: { formula: 'round(net * 1.19, 2)' } };
const receipt: Step = {
  key: 'receipt',
  kind: 'transform',
  title: 'Receipt',
  output: { object: { text: { template: 'Order {{ trigger.body.id }}: {{ total }}' }, total: { formula: 'total' } } },
};

/** A webhook that waits, three transforms, and the answer. */
export const threeTransforms = (): FlowDocument => line('Bench: 3 transforms', 'auto', [net, total, receipt, respond]);

/** The same with four HTTP calls before it, one after the other. */
export function fourOperations(url: string, options: { mode: 'fast' | 'standard'; version: string }): FlowDocument {
  const calls = [1, 2, 3, 4].map((number): Step => ({
    key: `call_${number}`,
    kind: 'operation',
    title: `Call ${number}`,
    connector: 'http',
    version: options.version,
    operation: 'get',
    input: { url: { value: `${url}${number}` } },
    // Fast mode takes operations of at most five seconds.
    resilience: { timeoutMs: 5_000 },
  }));
  return line(`Bench: 4 operations, ${options.mode}`, options.mode, [...calls, net, total, receipt, respond]);
}

function line(name: string, mode: FlowDocument['mode'], steps: readonly Step[]): FlowDocument {
  const keys = steps.map(({ key }) => key);
  return {
    schemaVersion: 1,
    name,
    description: '',
    mode,
    trigger: { kind: 'webhook', title: 'Order', bodySchema, reply: 'sync', auth: 'none', maxBodyBytes: 1_048_576 },
    steps: Object.fromEntries(steps.map((step) => [step.key, step])),
    scopes: {
      root: { steps: keys, edges: keys.slice(1).map((to, index) => ({ from: keys[index] ?? '', port: 'out', to })) },
    },
    layout: { positions: {} },
    samples: {},
  };
}
