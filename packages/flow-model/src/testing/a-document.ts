/** Small documents for tests of this and other packages. */
import type { FlowDocument } from '../document/flow-document.ts';
import type { Step } from '../document/step.ts';

/** `a>b`, `branch:case>b`: an edge, with the port when it is not `out`. */
type EdgeText = string;

/** Steps and edges of one scope; the order of the steps is the order of the keys in the edges unless given. */
export interface ScopeText {
  readonly steps: readonly string[];
  readonly edges?: readonly EdgeText[];
}

/** A transform step that gives a literal. */
export function aTransform(key: string, output: Extract<Step, { kind: 'transform' }>['output'] = { value: 1 }): Step {
  return { key, title: titleOf(key), kind: 'transform', output };
}

/** A branch with one case `yes` beside `otherwise`. */
export function aBranch(key: string, when = 'true'): Step {
  return { key, title: titleOf(key), kind: 'branch', mode: 'if', cases: [{ id: 'yes', label: 'Yes', when }] };
}

/** The key in words. */
export function titleOf(key: string): string {
  const words = key.replace(/_/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A document of the given steps and scopes, with a manual trigger. Steps that are only named are transforms. */
export function aDocument(scopes: Readonly<Record<string, ScopeText>>, steps: readonly Step[] = []): FlowDocument {
  const keys = Object.values(scopes).flatMap((scope) => scope.steps);
  const given = new Map(steps.map((step) => [step.key, step]));
  return {
    schemaVersion: 1,
    name: 'Test flow',
    description: '',
    mode: 'auto',
    trigger: { kind: 'manual', title: 'Start', inputSchema: { type: 'object', properties: { n: { type: 'number' } } } },
    steps: Object.fromEntries(keys.map((key) => [key, given.get(key) ?? aTransform(key)])),
    scopes: Object.fromEntries(
      Object.entries(scopes).map(([id, scope]) => [
        id,
        { steps: [...scope.steps], edges: (scope.edges ?? []).map(readEdge) },
      ]),
    ),
    layout: { positions: {} },
    samples: {},
  };
}

function readEdge(text: EdgeText): FlowDocument['scopes'][string]['edges'][number] {
  const [source = '', to = ''] = text.split('>');
  const [from = '', port = 'out'] = source.split(':');
  return { from, port, to };
}
