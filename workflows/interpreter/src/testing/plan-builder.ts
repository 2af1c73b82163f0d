/** Small plans for tests. */
import { sha256 } from '@patchbay/flow-model/expression';
import {
  planEngine,
  type Plan,
  type PlanOperationStep,
  type PlanScope,
  type PlanStep,
} from '@patchbay/flow-model/plan';

/** A scope: steps in topological order, edges as `from>to` or `from:port>to`; absent: one after the other. */
export interface ScopeSketch {
  readonly steps: readonly StepSketch[];
  readonly edges?: readonly string[];
}

/** A step, with the scopes of a container. */
export interface StepSketch {
  readonly step: PlanStep;
  readonly bodyScope?: ScopeSketch;
  readonly catchScope?: ScopeSketch;
}

type Sketch<Kind extends PlanStep['kind']> = Omit<Extract<PlanStep, { kind: Kind }>, 'kind' | 'key' | 'title'>;

/** An operation step of the connector `test`. */
export function operation(key: string, options: Partial<Omit<PlanOperationStep, 'key' | 'kind'>> = {}): StepSketch {
  const name = options.operation ?? 'echo';
  return {
    step: {
      kind: 'operation',
      key,
      title: key,
      connector: { slug: 'test', version: '1.0.0', integrity: 'sha512-test' },
      operation: name,
      activityType: `test@1.0.0/${name}`,
      input: {},
      effect: 'idempotent',
      resilience: { timeoutMs: 10_000, maxRetries: 0, retryDelayMs: 0, backoff: 'none' },
      isLocal: true,
      ...options,
    },
  };
}

/** A transform whose output is a formula. */
export function transform(key: string, formula: string): StepSketch {
  return { step: { kind: 'transform', key, title: key, output: { formula } } };
}

/** Any other step. */
export function step<Kind extends PlanStep['kind']>(
  kind: Kind,
  key: string,
  rest: Sketch<Kind> & { bodyScope?: ScopeSketch; catchScope?: ScopeSketch },
): StepSketch {
  const { bodyScope, catchScope, ...fields } = rest;
  const sketched = { kind, key, title: key, ...fields } as unknown as PlanStep;
  return { step: sketched, ...(bodyScope && { bodyScope }), ...(catchScope && { catchScope }) };
}

/** A plan of these steps. */
export function aPlan(root: ScopeSketch, options: Partial<Pick<Plan, 'mode' | 'trigger'>> = {}): Plan {
  const steps: Record<string, PlanStep> = {};
  const scopes: Record<string, PlanScope> = {};
  addScope('root', root, { steps, scopes });
  const content = {
    engine: planEngine as typeof planEngine,
    flowId: 'flow-1',
    flowName: 'Test flow',
    mode: options.mode ?? ('standard' as const),
    trigger: options.trigger ?? { kind: 'manual' as const },
    steps,
    scopes,
  };
  return { ...content, hash: sha256(new TextEncoder().encode(JSON.stringify(content))) };
}

function addScope(
  id: string,
  sketch: ScopeSketch,
  plan: { steps: Record<string, PlanStep>; scopes: Record<string, PlanScope> },
): void {
  const keys = sketch.steps.map((member) => member.step.key);
  const chain = keys.slice(1).map((key, index) => `${keys[index] ?? ''}>${key}`);
  plan.scopes[id] = { steps: keys, edges: (sketch.edges ?? chain).map(parseEdge) };
  for (const member of sketch.steps) {
    const { key, kind } = member.step;
    plan.steps[key] = member.step;
    if (kind === 'for_each' || kind === 'try') addScope(`${key}.body`, member.bodyScope ?? { steps: [] }, plan);
    if (kind === 'try') addScope(`${key}.catch`, member.catchScope ?? { steps: [] }, plan);
  }
}

function parseEdge(text: string): { from: string; port: string; to: string } {
  const [source = '', to = ''] = text.split('>');
  const [from = '', port = 'out'] = source.split(':');
  return { from, port, to };
}
