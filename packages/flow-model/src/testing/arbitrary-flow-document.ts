/** Random valid flow documents: every step kind, nested scopes, branches that join, references to earlier steps. */
import fc from 'fast-check';
import type { FlowDocument, Scope } from '../document/flow-document.ts';
import type { Binding, Step } from '../document/step.ts';
import { portsOf } from '../graph/ports.ts';
import { stepsBefore } from '../graph/scopes.ts';
import { emptyDocument } from '../document/empty-document.ts';

/** Bounds of the documents. */
export interface ArbitraryFlowOptions {
  /** Most steps in one scope. */
  readonly maxSteps?: number;
  /** Most containers inside each other. */
  readonly maxNesting?: number;
}

type Pick = (bound: number) => number;

interface Builder {
  readonly document: FlowDocument;
  /** A random whole number below the bound. */
  readonly pick: Pick;
  readonly options: Required<ArbitraryFlowOptions>;
}

/** Documents that compile with `fakeCatalog`. The trigger is manual, its input `{ n: number, items: number[] }`. */
export function arbitraryFlowDocument(options: ArbitraryFlowOptions = {}): fc.Arbitrary<FlowDocument> {
  return fc.infiniteStream(fc.nat(1_000_000)).map((stream) => {
    const document = emptyDocument({ name: 'Random flow', trigger });
    const pick: Pick = (bound) => Number(stream.next().value) % bound;
    const builder: Builder = { document, pick, options: { maxSteps: 6, maxNesting: 3, ...options } };
    fillScope(builder, 'root', 0);
    for (const step of Object.values(document.steps)) addData(builder, step);
    return document;
  });
}

const trigger: FlowDocument['trigger'] = {
  kind: 'manual',
  title: 'Start',
  inputSchema: {
    type: 'object',
    properties: { n: { type: 'number' }, items: { type: 'array', items: { type: 'number' } } },
    required: ['n', 'items'],
  },
};

/** Input that fits the trigger of every random document. */
export const arbitraryTriggerData: fc.Arbitrary<{ n: number; items: number[] }> = fc.record({
  n: fc.integer({ min: -50, max: 50 }),
  items: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 5 }),
});

function fillScope(builder: Builder, scopeId: string, depth: number): void {
  const scope: Scope = { steps: [], edges: [] };
  builder.document.scopes[scopeId] = scope;
  const count = 1 + builder.pick(builder.options.maxSteps);
  for (let i = 0; i < count; i++) {
    const step = makeStep(builder, depth);
    builder.document.steps[step.key] = step;
    connect(builder, scope, step.key);
    scope.steps.push(step.key);
    if (step.kind === 'for_each' || step.kind === 'try') fillScope(builder, `${step.key}.body`, depth + 1);
    if (step.kind === 'try') fillScope(builder, `${step.key}.catch`, depth + 1);
  }
}

/** Up to two edges from earlier steps of the scope; none makes the step start with its scope. */
function connect(builder: Builder, scope: Scope, to: string): void {
  const wires = Math.min(scope.steps.length, builder.pick(5) === 0 ? 0 : 1 + builder.pick(2));
  for (let i = 0; i < wires; i++) {
    const from = scope.steps[scope.steps.length - 1 - builder.pick(Math.min(3, scope.steps.length))] ?? '';
    const step = builder.document.steps[from];
    const ports = step ? portsOf(step) : [];
    const port = ports[builder.pick(Math.max(1, ports.length))]?.id;
    const isKnown = scope.edges.some((edge) => edge.from === from && edge.to === to);
    if (port !== undefined && !isKnown) scope.edges.push({ from, port, to });
  }
}

function makeStep(builder: Builder, depth: number): Step {
  const { pick, document } = builder;
  const key = `s${String(Object.keys(document.steps).length)}`;
  const base = { key, title: `Step ${key}`, ...(pick(15) === 0 ? { disabled: true } : {}) };
  const isContainer = depth < builder.options.maxNesting && pick(5) === 0;
  if (isContainer) {
    if (pick(2) === 0) return { ...base, kind: 'try' };
    return { ...base, kind: 'for_each', items: 'trigger.items', concurrency: 1 + pick(4) };
  }
  return makeLeaf(builder, base);
}

function makeLeaf({ pick }: Builder, base: { key: string; title: string; disabled?: boolean }): Step {
  const roll = pick(20);
  const fake = { kind: 'operation', connector: 'fake', version: '1.0.0', input: {} } as const;
  if (roll < 5) return { ...base, ...fake, operation: 'add' };
  if (roll < 8) return { ...base, ...fake, operation: 'echo' };
  if (roll < 9) return { ...base, ...fake, operation: 'reject' };
  if (roll < 13) return { ...base, kind: 'transform', output: { value: null } };
  if (roll < 17) return makeBranch(base, pick);
  if (roll < 18) return { ...base, kind: 'wait', wait: { durationSeconds: { value: pick(3) } } };
  if (roll < 19) return { ...base, kind: 'respond', status: { value: 200 }, body: { formula: 'trigger.n' } };
  return { ...base, kind: 'stop', outcome: pick(2) === 0 ? 'succeeded' : 'failed' };
}

function makeBranch(base: { key: string; title: string }, pick: Pick): Step {
  const cases = Array.from({ length: 1 + pick(2) }, (_, index) => ({
    id: `case_${String(index)}`,
    label: `Case ${String(index)}`,
    when: `trigger.n > ${String(pick(40) - 20)}`,
  }));
  if (pick(2) === 0) return { ...base, kind: 'branch', mode: 'if', cases };
  const values = cases.map((branchCase, index) => ({ ...branchCase, when: String(index) }));
  return { ...base, kind: 'branch', mode: 'switch', on: 'trigger.n % 3', cases: values };
}

/** Fills inputs and outputs with data that is certain to be there, now that all edges stand. */
function addData(builder: Builder, step: Step): void {
  if (step.kind === 'transform') step.output = anyData(builder, step.key);
  if (step.kind !== 'operation') return;
  if (step.operation === 'add') step.input = { a: numberData(builder, step.key), b: { formula: 'trigger.n' } };
  else if (step.operation === 'echo') step.input = { value: anyData(builder, step.key) };
  else step.input = { when: { formula: `trigger.n > ${String(builder.pick(60))}` } };
}

function numberData(builder: Builder, key: string): Binding {
  const source = earlier(builder, key).find((step) => step.kind === 'operation' && step.operation === 'add');
  return source && builder.pick(2) === 0 ? { formula: `${source.key}.sum + 1` } : { value: builder.pick(100) };
}

function anyData(builder: Builder, key: string): Binding {
  const steps = earlier(builder, key);
  const source = steps[builder.pick(Math.max(1, steps.length))];
  switch (builder.pick(4)) {
    case 0:
      return { template: 'n is {{ trigger.n }}' };
    case 1:
      return {
        object: { sum: { formula: 'sum(trigger.items)' }, list: { list: [{ value: 1 }, { formula: 'trigger.n' }] } },
      };
    case 2:
      return source ? { formula: source.key } : { value: 'none' };
    default:
      return { value: builder.pick(10) };
  }
}

/** Earlier steps that have an output whenever this one runs. */
function earlier({ document }: Builder, key: string): Step[] {
  return stepsBefore(document, key).flatMap((entry) => {
    const step = document.steps[entry.key];
    return step && !entry.mayNotHaveRun ? [step] : [];
  });
}
