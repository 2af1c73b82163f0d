import type { FlowDocument, Step } from '@patchbay/flow-model';

const http = { kind: 'operation', connector: 'http' } as const;

/** What the flows call. */
export interface Target {
  readonly url: string;
  readonly version: string;
}

function keyedCall(key: string, target: Target, body: string): Step {
  return {
    ...http,
    key,
    title: key,
    version: target.version,
    operation: 'requestWithKey',
    input: { method: { value: 'POST' }, url: { value: `${target.url}/${key}` }, body: { formula: body } },
    resilience: { timeoutMs: 5_000, maxRetries: 20, retryDelayMs: 500, backoff: 'none' },
  };
}

/** One keyed call, a wait, three keyed calls in a loop, one more: five effects per run. */
export function fiveEffects(target: Target): FlowDocument {
  const steps: Step[] = [
    keyedCall('begin', target, '{"run": trigger.number}'),
    { key: 'pause', kind: 'wait', title: 'Pause', wait: { durationSeconds: { value: 3 } } },
    { key: 'lines', kind: 'for_each', title: 'Lines', items: '[1, 2, 3]', concurrency: 2 },
    keyedCall('finish', target, '{"run": trigger.number}'),
  ];
  return flow('Crash: five effects', steps, {
    'lines.body': [keyedCall('line', target, '{"run": trigger.number, "line": loop.item}')],
  });
}

/** A call that must not be repeated, to an address that never answers. */
export function hangingOnce(target: Target): FlowDocument {
  const step: Step = {
    ...http,
    key: 'charge',
    title: 'Charge',
    version: target.version,
    operation: 'request',
    input: { method: { value: 'POST' }, url: { value: `${target.url}/hang` } },
    resilience: { timeoutMs: 20_000 },
  };
  return flow('Crash: once', [step], {});
}

function flow(name: string, steps: readonly Step[], inner: Readonly<Record<string, readonly Step[]>>): FlowDocument {
  const all = [...steps, ...Object.values(inner).flat()];
  return {
    schemaVersion: 1,
    name,
    description: '',
    mode: 'standard',
    trigger: {
      kind: 'manual',
      title: 'Start',
      inputSchema: { type: 'object', properties: { number: { type: 'number' } } },
    },
    steps: Object.fromEntries(all.map((step) => [step.key, step])),
    scopes: {
      root: line(steps),
      ...Object.fromEntries(Object.entries(inner).map(([id, content]) => [id, line(content)])),
    },
    layout: { positions: {} },
    samples: {},
  };
}

function line(steps: readonly Step[]): FlowDocument['scopes'][string] {
  const keys = steps.map(({ key }) => key);
  return { steps: keys, edges: keys.slice(1).map((to, index) => ({ from: keys[index] ?? '', port: 'out', to })) };
}
