import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowDocument } from '../document/flow-document.ts';
import type { Step, StepOf } from '../document/step.ts';
import { aDocument, aTransform, arbitraryFlowDocument, fakeCatalog, fakeConnector } from '../testing/index.ts';
import { compilePlan, type CompileResult } from './compile-plan.ts';
import { validateDocument, validateJson } from './validate-document.ts';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const compile = (document: FlowDocument, overrides: object = {}): CompileResult =>
  compilePlan(document, { flowId: 'flow-1', sha256Hex, ...fakeCatalog, ...overrides });
const planOf = (document: FlowDocument) => {
  const result = compile(document);
  if ('issues' in result) throw new Error(JSON.stringify(result.issues));
  return result.plan;
};

const add = (key: string, overrides: Partial<StepOf<'operation'>> = {}): Step => ({
  key,
  title: 'Add',
  kind: 'operation',
  connector: 'fake',
  version: '1.0.0',
  operation: 'add',
  input: { a: { value: 1 }, b: { formula: 'trigger.n' } },
  ...overrides,
});
const withStep = (step: Step): FlowDocument => aDocument({ root: { steps: [step.key] } }, [step]);
const problems = (step: Step) => validateDocument(withStep(step), fakeCatalog);

describe('compilePlan', () => {
  it('locks the operation and resolves resilience: step before operation before connector', () => {
    const plan = planOf(withStep(add('a', { resilience: { maxRetries: 9 }, note: 'why' })));
    expect(plan.steps['a']).toEqual({
      key: 'a',
      title: 'Add',
      kind: 'operation',
      connector: { slug: 'fake', version: '1.0.0', integrity: 'sha512-fake' },
      operation: 'add',
      activityType: 'fake@1.0.0/add',
      input: { a: { value: 1 }, b: { formula: 'trigger.n' } },
      effect: 'read',
      resilience: { timeoutMs: 2_000, maxRetries: 9, retryDelayMs: 1_000, backoff: 'exponential' },
      isLocal: true,
    });
  });

  it('never runs a once operation, or one with a long timeout, locally', () => {
    const once = add('a', { operation: 'reject', input: { when: { value: true } }, resilience: { timeoutMs: 1_000 } });
    const slow = add('a', { resilience: { timeoutMs: 5_001 } });
    for (const step of [once, slow]) expect(planOf(withStep(step)).steps['a']).toMatchObject({ isLocal: false });
  });

  it('is fast by itself only for a webhook that waits', () => {
    const document = withStep(add('a', { input: { a: { value: 1 }, b: { value: 2 } } }));
    const webhook = { kind: 'webhook', title: 'Hook', bodySchema: {}, auth: 'none', maxBodyBytes: 1_000 } as const;
    expect(planOf(document).mode).toBe('standard');
    expect(planOf({ ...document, mode: 'fast' }).mode).toBe('fast');
    expect(planOf({ ...document, trigger: { ...webhook, reply: 'sync' } }).mode).toBe('fast');
    expect(planOf({ ...document, trigger: { ...webhook, reply: 'async' } }).mode).toBe('standard');
  });

  it('does not change when only the layout, samples or notes change', () => {
    const document = withStep(add('a'));
    const moved = { ...document, layout: { positions: { a: { x: 5, y: 5 } } }, samples: { a: 1 }, description: 'x' };
    expect(planOf(moved).hash).toBe(planOf(document).hash);
    expect(planOf({ ...document, name: 'Other' }).hash).not.toBe(planOf(document).hash);
  });

  it('keeps a disabled step, also when its connector is gone', () => {
    expect(planOf(withStep(add('a', { disabled: true }))).steps['a']).toMatchObject({
      kind: 'operation',
      disabled: true,
    });
    expect(planOf(withStep(add('a', { disabled: true, connector: 'gone', input: {} }))).steps['a']).toMatchObject({
      disabled: true,
    });
  });

  it('compiles every random valid document, the same way twice, with steps in order', () => {
    fc.assert(
      fc.property(arbitraryFlowDocument(), (document) => {
        const plan = planOf(document);
        expect(planOf(structuredClone(document))).toEqual(plan);
        for (const scope of Object.values(plan.scopes)) {
          for (const edge of scope.edges)
            expect(scope.steps.indexOf(edge.from)).toBeLessThan(scope.steps.indexOf(edge.to));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives issues, never a crash, for valid documents that were damaged', () => {
    const damage = fc.record({ scope: fc.nat(), from: fc.nat(), to: fc.nat(), drop: fc.boolean() });
    fc.assert(
      fc.property(arbitraryFlowDocument(), damage, (document, { scope, from, to, drop }) => {
        const scopes = Object.values(document.scopes);
        const keys = Object.keys(document.steps);
        const key = (index: number): string => keys[index % keys.length] ?? '';
        scopes[scope % scopes.length]?.edges.push({ from: key(from), port: 'out', to: key(to) });
        if (drop) Reflect.deleteProperty(document.steps, key(from));
        const result = compile(document);
        if ('issues' in result) for (const issue of result.issues) expect(issue.message).toMatch(/^.+[.?]$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('validateDocument', () => {
  it.each<[string, Step, object]>([
    ['an unknown connector', add('a', { connector: 'nope' }), { code: 'connector_not_found', step: 'a' }],
    ['an unknown operation', add('a', { operation: 'nope' }), { code: 'operation_unknown', step: 'a' }],
    [
      'a required input that is missing',
      add('a', { input: { b: { value: 1 } } }),
      { field: '/input/a', message: 'A is required.' },
    ],
    [
      'an unknown input',
      add('a', { input: { a: { value: 1 }, b: { value: 1 }, c: { value: 1 } } }),
      { field: '/input/c' },
    ],
    ['a literal of the wrong type', add('a', { input: { a: { value: 'x' }, b: { value: 1 } } }), { field: '/input/a', message: 'A needs a number; it is text.' }], // prettier-ignore
    ['a misspelt field', add('a', { input: { a: { formula: 'trigger.m' }, b: { value: 1 } } }), { code: 'expression_reference', field: '/input/a', column: 9 }], // prettier-ignore
    ['a condition that is a number', { key: 'a', title: 'A', kind: 'branch', mode: 'if', cases: [{ id: 'x', label: 'X', when: 'trigger.n' }] }, { field: '/cases/0/when' }], // prettier-ignore
    ['a switch without a value', { key: 'a', title: 'A', kind: 'branch', mode: 'switch', cases: [{ id: 'x', label: 'X', when: '1' }] }, { field: '/on' }], // prettier-ignore
    ['a wrong status', { key: 'a', title: 'A', kind: 'respond', status: { value: 99 } }, { field: '/status', message: 'Status must be at least 100.' }], // prettier-ignore
    ['a wait until a number', { key: 'a', title: 'A', kind: 'wait', wait: { until: { formula: 'trigger.n' } } }, { field: '/wait/until' }], // prettier-ignore
  ])('finds %s', (_name, step, issue) => {
    expect(problems(step)).toEqual(
      expect.arrayContaining([expect.objectContaining({ severity: 'error', step: 'a', ...issue })]),
    );
  });

  it('checks connections where the connector needs one', () => {
    const manifest = { ...fakeConnector, auth: [{ type: 'custom' as const, fields: [] }] };
    const catalog = (connection?: { name: string; connectorSlug: string; enabled: boolean }) => ({
      resolveOperation: () => ({ manifest }),
      resolveConnection: () => connection,
    });
    const codes = (step: Step, found?: { name: string; connectorSlug: string; enabled: boolean }) =>
      validateDocument(withStep(step), catalog(found)).map(({ code }) => code);
    const chosen = add('a', { connectionId: 'c1' });
    const good = { name: 'C', connectorSlug: 'fake', enabled: true };
    expect(codes(add('a'))).toEqual(['connection_required']);
    expect(codes(chosen)).toEqual(['connection_not_found']);
    expect(codes(chosen, { ...good, connectorSlug: 'other' })).toEqual(['connection_auth_mismatch']);
    expect(codes(chosen, { ...good, enabled: false })).toEqual(['connection_disabled']);
    expect(codes(chosen, good)).toEqual([]);
  });

  it('does not check what is disabled', () => {
    expect(problems(add('a', { disabled: true, connector: 'nope' }))).toEqual([]);
  });

  it('validates 1,000 steps well under a second per pass of the editor', () => {
    const keys = Array.from({ length: 1_000 }, (_, index) => `s${String(index)}`);
    const edges = keys.slice(1).map((key, index) => `${keys[index] ?? ''}>${key}`);
    const document = aDocument({ root: { steps: keys, edges } }, keys.map((key, index) => add(key, index === 0 ? {} : { input: { a: { formula: `s${String(index - 1)}.sum` }, b: { value: 1 } } }))); // prettier-ignore
    const started = performance.now();
    expect(validateDocument(document, fakeCatalog)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});

describe('validateDocument on long chains', () => {
  it('follows 1,000 transforms that build on each other, in any order, inside a loop too', () => {
    const keys = Array.from({ length: 999 }, (_, index) => `s${String(index)}`);
    const edges = keys.slice(1).map((key, index) => `${keys[index] ?? ''}>${key}`);
    const chain = keys.map((key, index) =>
      aTransform(key, { formula: index === 0 ? '1' : `s${String(index - 1)} + 1` }),
    );
    const flat = aDocument({ root: { steps: keys, edges } }, chain);
    const reversed = { ...flat, steps: Object.fromEntries(Object.entries(flat.steps).reverse()) };
    const loop: Step = { key: 'l', title: 'L', kind: 'for_each', items: '[1]', concurrency: 1 };
    const nested = aDocument({ root: { steps: ['l', 'z'], edges: ['l>z'] }, 'l.body': { steps: keys, edges } }, [
      ...chain,
      loop,
      aTransform('z', { formula: 'l[0] + 1' }),
    ]);
    for (const document of [flat, reversed, nested]) expect(validateDocument(document, fakeCatalog)).toEqual([]);
  });
});

describe('validateJson', () => {
  it('names step and field of a shape problem, for any JSON', () => {
    const document = withStep({ ...add('a'), title: '' });
    expect(validateJson(document, fakeCatalog)).toMatchObject([
      { step: 'a', field: '/title', code: 'flow_document_invalid' },
    ]);
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(validateJson(json, fakeCatalog).length).toBeGreaterThan(0);
      }),
    );
  });
});
