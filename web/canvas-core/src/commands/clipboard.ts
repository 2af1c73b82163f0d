import type { Edge, FlowDocument, Scope, Step } from '@patchbay/flow-model';
import { laneScopes } from '../geometry/scope-frame.ts';
import type { Point } from '../geometry/scene.ts';
import { withReferences } from './change-step.ts';
import { allow, deny, type Command, type CommandResult } from './command.ts';
import { freeKey, scopeOfStep, withInnerSteps } from './scope-edits.ts';

/** Copied steps as they lie on the clipboard: plain JSON with a mark, so that pasting anything else does nothing. */
export interface CopiedSteps {
  readonly patchbay: 'steps';
  /** Steps that were selected, in their scope; the others stand inside them. */
  readonly top: readonly string[];
  readonly steps: Readonly<Record<string, Step>>;
  readonly scopes: Readonly<Record<string, Scope>>;
  /** Wires between the selected steps. */
  readonly edges: readonly Edge[];
  readonly positions: Readonly<Record<string, Point>>;
}

/** What copying these steps puts on the clipboard; steps of other scopes than the first one's are left out. */
export function copySteps(document: FlowDocument, keys: readonly string[]): CopiedSteps | undefined {
  const [first] = keys;
  const scope = first === undefined ? undefined : scopeOfStep(document, first);
  if (scope === undefined) return undefined;
  const top = [...new Set(keys)].filter((key) => scopeOfStep(document, key) === scope);
  const all = withInnerSteps(document, top);
  const pick = <Value>(record: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> =>
    Object.fromEntries(names.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]]])));
  const inner = all.flatMap((key) => laneScopesOf(document, key));
  return {
    patchbay: 'steps',
    top,
    steps: pick(document.steps, all),
    scopes: pick(document.scopes, inner),
    edges: (document.scopes[scope]?.edges ?? []).filter((edge) => top.includes(edge.from) && top.includes(edge.to)),
    positions: pick(document.layout.positions, all),
  };
}

const laneScopesOf = (document: FlowDocument, key: string): readonly string[] => {
  const step = document.steps[key];
  return step === undefined ? [] : laneScopes(step);
};

/** Reads the clipboard; anything that is not a copy of steps gives undefined. */
export function parseCopiedSteps(text: string): CopiedSteps | undefined {
  try {
    const value = JSON.parse(text) as Partial<CopiedSteps> | null;
    const isCopy =
      value?.patchbay === 'steps' &&
      Array.isArray(value.top) &&
      typeof value.steps === 'object' &&
      typeof value.scopes === 'object';
    return isCopy ? ({ edges: [], positions: {}, ...value } as CopiedSteps) : undefined;
  } catch {
    return undefined;
  }
}

/** Pastes copied steps into a scope, shifted by `offset`, with new keys; references among them follow the new keys. */
export function pasteSteps(copied: CopiedSteps, place: { scope: string; offset: Point }): Command {
  const label = copied.top.length === 1 ? 'Paste step' : `Paste ${copied.top.length} steps`;
  return { name: 'paste-steps', label, apply: (document) => pasted(document, copied, place) };
}

function pasted(document: FlowDocument, copied: CopiedSteps, place: { scope: string; offset: Point }): CommandResult {
  const target = document.scopes[place.scope];
  if (target === undefined) return deny('That container is not there any more.');
  if (Object.keys(document.steps).length + Object.keys(copied.steps).length > 1_000) {
    return deny('A flow holds at most 1,000 steps.', 'flow_too_large');
  }
  const keys = newKeys(document, copied);
  const rename = (key: string): string => keys.get(key) ?? key;
  const renameScope = (id: string): string => id.replace(/^[^.]+/, rename);
  const steps = Object.values(copied.steps).map((step) => renamedStep(step, keys));
  const top = copied.top.map(rename);
  return allow(
    {
      ...document,
      steps: { ...document.steps, ...Object.fromEntries(steps.map((step) => [step.key, step])) },
      scopes: {
        ...document.scopes,
        ...Object.fromEntries(
          Object.entries(copied.scopes).map(([id, scope]) => [renameScope(id), renamedScope(scope, rename)]),
        ),
        [place.scope]: {
          steps: [...target.steps, ...top],
          edges: [...target.edges, ...copied.edges.map((edge) => renamedEdge(edge, rename))],
        },
      },
      layout: {
        ...document.layout,
        positions: { ...document.layout.positions, ...shifted(copied, rename, place.offset) },
      },
    },
    top,
  );
}

function newKeys(document: FlowDocument, copied: CopiedSteps): Map<string, string> {
  const keys = new Map<string, string>();
  const fresh = new Set<string>();
  for (const key of Object.keys(copied.steps)) {
    const next = freeKey((candidate) => Object.hasOwn(document.steps, candidate) || fresh.has(candidate), key);
    fresh.add(next);
    keys.set(key, next);
  }
  return keys;
}

function renamedStep(step: Step, keys: ReadonlyMap<string, string>): Step {
  let next: Step = { ...step, key: keys.get(step.key) ?? step.key };
  for (const [from, to] of keys) if (from !== to) next = { ...withReferences(next, { from, to }), key: next.key };
  return next;
}

const renamedEdge = (edge: Edge, rename: (key: string) => string): Edge => ({
  ...edge,
  from: rename(edge.from),
  to: rename(edge.to),
});

const renamedScope = (scope: Scope, rename: (key: string) => string): Scope => ({
  steps: scope.steps.map(rename),
  edges: scope.edges.map((edge) => renamedEdge(edge, rename)),
});

/** Only the selected steps are shifted: what stands in them is placed relative to them. */
function shifted(copied: CopiedSteps, rename: (key: string) => string, offset: Point): Record<string, Point> {
  return Object.fromEntries(
    Object.entries(copied.positions).map(([key, at]) => [
      rename(key),
      copied.top.includes(key) ? { x: at.x + offset.x, y: at.y + offset.y } : at,
    ]),
  );
}
