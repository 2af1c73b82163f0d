import type { Edge, FlowDocument, Scope } from '@patchbay/flow-model';
import { laneScopes } from '../geometry/scope-frame.ts';
import { allow, type Command } from './command.ts';
import { withInnerSteps } from './scope-edits.ts';

/** Removes steps with all that stands in them; the neighbours of a step with one way in and one out are joined. */
export function removeSteps(keys: readonly string[]): Command {
  const label = keys.length === 1 ? 'Delete step' : `Delete ${keys.length} steps`;
  return { name: 'remove-steps', label, apply: (document) => allow(without(document, keys), []) };
}

function without(document: FlowDocument, keys: readonly string[]): FlowDocument {
  const known = keys.filter((key) => document.steps[key] !== undefined);
  if (known.length === 0) return document;
  const gone = new Set(withInnerSteps(document, known));
  const goneScopes = new Set([...gone].flatMap((key) => scopesOf(document, key)));
  const scopes = Object.entries(document.scopes).filter(([id]) => !goneScopes.has(id));
  return {
    ...document,
    steps: omit(document.steps, gone),
    scopes: Object.fromEntries(scopes.map(([id, scope]) => [id, withoutSteps(scope, gone)])),
    layout: {
      ...document.layout,
      positions: omit(document.layout.positions, gone),
      ...(document.layout.collapsed === undefined
        ? {}
        : { collapsed: document.layout.collapsed.filter((key) => !gone.has(key)) }),
    },
    samples: omit(document.samples, gone),
  };
}

function scopesOf(document: FlowDocument, key: string): readonly string[] {
  const step = document.steps[key];
  return step === undefined ? [] : laneScopes(step);
}

function withoutSteps(scope: Scope, gone: ReadonlySet<string>): Scope {
  if (!scope.steps.some((key) => gone.has(key))) return scope;
  let edges: readonly Edge[] = scope.edges;
  for (const key of scope.steps) if (gone.has(key)) edges = bridged(edges, key);
  return { steps: scope.steps.filter((key) => !gone.has(key)), edges: [...edges] };
}

function bridged(edges: readonly Edge[], key: string): Edge[] {
  const into = edges.filter((edge) => edge.to === key);
  const out = edges.filter((edge) => edge.from === key);
  const rest = edges.filter((edge) => edge.to !== key && edge.from !== key);
  // Joining is only obvious where one path goes through.
  if (new Set(out.map(({ port }) => port)).size !== 1) return rest;
  const bridges = into.flatMap((before) =>
    out.map((after): Edge => ({ from: before.from, port: before.port, to: after.to })),
  );
  const isNew = (edge: Edge): boolean =>
    !rest.some((known) => known.from === edge.from && known.port === edge.port && known.to === edge.to);
  return [...rest, ...bridges.filter(isNew)];
}

function omit<Value>(record: Readonly<Record<string, Value>>, gone: ReadonlySet<string>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !gone.has(key)));
}
