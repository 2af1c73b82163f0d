import type { Edge, FlowDocument, Step } from '@patchbay/flow-model';

/** Contents of a scope in a test. */
export interface ScopeFixture {
  readonly steps: readonly Step[];
  readonly edges?: readonly Edge[];
}

/** A document for tests: the root scope, and inner scopes by id. */
export function aFlow(fixture: ScopeFixture & { inner?: Readonly<Record<string, ScopeFixture>> }): FlowDocument {
  const scopes = { root: fixture, ...fixture.inner };
  const steps = Object.values(scopes).flatMap((scope) => scope.steps);
  return {
    schemaVersion: 1,
    name: 'Test',
    description: '',
    mode: 'auto',
    trigger: { kind: 'manual', title: 'Start', inputSchema: { type: 'object' } },
    steps: Object.fromEntries(steps.map((step) => [step.key, step])),
    scopes: Object.fromEntries(
      Object.entries(scopes).map(([id, scope]) => [
        id,
        { steps: scope.steps.map(({ key }) => key), edges: [...(scope.edges ?? [])] },
      ]),
    ),
    layout: { positions: {} },
    samples: {},
  };
}

/** The simplest step. */
export const transform = (key: string): Step => ({ key, kind: 'transform', title: key, output: { value: 1 } });
