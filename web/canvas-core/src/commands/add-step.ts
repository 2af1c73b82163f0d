import type { Edge, FlowDocument, Step } from '@patchbay/flow-model';
import { measures, snap } from '../geometry/measures.ts';
import { firstSteps } from '../geometry/layout-edges.ts';
import { portIds } from '../geometry/ports.ts';
import { laneScopes, measureFrames } from '../geometry/scope-frame.ts';
import { triggerKey, type Point } from '../geometry/scene.ts';
import { allow, deny, type Command, type CommandResult } from './command.ts';
import { scopeOfStep, withScope } from './scope-edits.ts';

/** Where a new step goes. */
export type StepPlace =
  /** On free ground of a scope; not wired. */
  | { readonly at: Point; readonly scope: string }
  /** After a step or the trigger, from one of its ports; what followed there follows the new step. */
  | { readonly after: string; readonly port?: string }
  /** Before a step: between it and everything that leads to it. */
  | { readonly before: string };

/** Adds a step (see `newStep`), with the empty scopes it owns, and selects it. */
export function addStep(step: Step, place: StepPlace): Command {
  return { name: 'add-step', label: `Add ${step.title}`, apply: (document) => apply(document, step, place) };
}

function apply(document: FlowDocument, step: Step, place: StepPlace): CommandResult {
  if (Object.hasOwn(document.steps, step.key)) return deny(`There is a step "${step.key}" already.`);
  if (Object.keys(document.steps).length >= 1_000) return deny('A flow holds at most 1,000 steps.', 'flow_too_large');
  if ('at' in place) return allow(inserted(document, step, { scope: place.scope, at: place.at }), [step.key]);
  const target = 'after' in place ? afterTarget(document, place) : beforeTarget(document, place.before);
  if (target === undefined) return deny('That step is not there any more.', 'step_not_found');
  if (target.into.some(({ from }) => document.steps[from]?.kind === 'stop'))
    return deny('Nothing can follow a Stop step.');
  return allow(rewired(inserted(document, step, target), step, target), [step.key]);
}

interface Target {
  readonly scope: string;
  readonly at: Point;
  /** Wires that will lead to the new step; those from the trigger are implied. */
  readonly into: readonly Omit<Edge, 'to'>[];
  /** Steps that will follow it, and the wires they are reached by now. */
  readonly followers: readonly string[];
  readonly replaced: readonly Edge[];
}

function afterTarget(document: FlowDocument, place: { after: string; port?: string }): Target | undefined {
  if (place.after === triggerKey) return afterTrigger(document);
  const scope = scopeOfStep(document, place.after);
  const source = document.steps[place.after];
  if (scope === undefined || source === undefined) return undefined;
  const port = place.port ?? freePort(document, scope, source);
  const replaced = (document.scopes[scope]?.edges ?? []).filter(
    (edge) => edge.from === place.after && edge.port === port,
  );
  return {
    scope,
    at: placeUnder(document, source, port),
    into: [{ from: place.after, port }],
    followers: replaced.map(({ to }) => to),
    replaced,
  };
}

/** The first port that nothing follows yet, else the first. */
function freePort(document: FlowDocument, scope: string, source: Step): string {
  const ports = portIds(source);
  return ports.find((id) => !hasWire(document, scope, { from: source.key, port: id })) ?? ports[0] ?? 'out';
}

function placeUnder(document: FlowDocument, source: Step, port: string): Point {
  const frame = measureFrames(document, document.layout.positions).get(source.key);
  const { width, height } = frame ?? { width: measures.nodeWidth, height: measures.nodeHeight };
  const at = document.layout.positions[source.key] ?? { x: 0, y: 0 };
  return {
    x: at.x + (width - measures.nodeWidth) / 2 + columnOffset(source, port),
    y: at.y + height + measures.gap,
  };
}

/** Followers of a fork stand side by side, the first under the step itself when there is only one port. */
function columnOffset(source: Step, port: string): number {
  const ports = portIds(source);
  return ports.length < 2 ? 0 : (ports.indexOf(port) - (ports.length - 1) / 2) * (measures.nodeWidth + measures.gap);
}

const hasWire = (document: FlowDocument, scope: string, wire: { from: string; port: string }): boolean =>
  (document.scopes[scope]?.edges ?? []).some((edge) => edge.from === wire.from && edge.port === wire.port);

function afterTrigger(document: FlowDocument): Target {
  const at = document.layout.positions[triggerKey] ?? { x: 0, y: -(measures.nodeHeight + measures.gap) };
  return {
    scope: 'root',
    at: { x: at.x, y: at.y + measures.nodeHeight + measures.gap },
    into: [],
    followers: firstSteps(document, 'root'),
    replaced: [],
  };
}

function beforeTarget(document: FlowDocument, key: string): Target | undefined {
  const scope = scopeOfStep(document, key);
  if (scope === undefined) return undefined;
  const replaced = (document.scopes[scope]?.edges ?? []).filter((edge) => edge.to === key);
  return {
    scope,
    at: document.layout.positions[key] ?? { x: 0, y: 0 },
    into: replaced.map(({ from, port }) => ({ from, port })),
    followers: [key],
    replaced,
  };
}

function inserted(document: FlowDocument, step: Step, where: { scope: string; at: Point }): FlowDocument {
  const lanes = Object.fromEntries(laneScopes(step).map((id) => [id, { steps: [], edges: [] }]));
  const withContent = withScope(document, where.scope, (scope) => ({ ...scope, steps: [...scope.steps, step.key] }));
  const at = { x: snap(where.at.x), y: snap(where.at.y) };
  return {
    ...withContent,
    steps: { ...document.steps, [step.key]: step },
    scopes: { ...withContent.scopes, ...lanes },
    layout: { ...document.layout, positions: { ...document.layout.positions, [step.key]: at } },
  };
}

function rewired(document: FlowDocument, step: Step, target: Target): FlowDocument {
  const [exit] = portIds(step);
  const wired = withScope(document, target.scope, (scope) => ({
    ...scope,
    edges: [
      ...scope.edges.filter((edge) => !target.replaced.some((gone) => isSameEdge(gone, edge))),
      ...target.into.map((source) => ({ ...source, to: step.key })),
      ...(exit === undefined ? [] : target.followers.map((to) => ({ from: step.key, port: exit, to }))),
    ],
  }));
  return target.followers.length === 0 ? wired : pushedDown(wired, { step, target });
}

const isSameEdge = (a: Edge, b: Edge): boolean => a.from === b.from && a.port === b.port && a.to === b.to;

/** Everything below the new step makes room, if it does not already stand low enough. */
function pushedDown(document: FlowDocument, { step, target }: { step: Step; target: Target }): FlowDocument {
  const { positions } = document.layout;
  const at = positions[step.key] ?? target.at;
  const height = measureFrames(document, positions).get(step.key)?.height ?? measures.nodeHeight;
  const below = reachableFrom(document.scopes[target.scope]?.edges ?? [], step.key);
  const top = Math.min(...[...below].map((key) => positions[key]?.y ?? Number.POSITIVE_INFINITY));
  const missing = at.y + height + measures.gap - top;
  if (missing <= 0 || !Number.isFinite(missing)) return document;
  const moved = Object.fromEntries(
    [...below].flatMap((key) => {
      const position = positions[key];
      return position === undefined ? [] : [[key, { x: position.x, y: position.y + missing }]];
    }),
  );
  return { ...document, layout: { ...document.layout, positions: { ...positions, ...moved } } };
}

function reachableFrom(edges: readonly Edge[], start: string): Set<string> {
  const reached = new Set<string>();
  const queue = [start];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    for (const edge of edges) {
      if (edge.from !== key || reached.has(edge.to)) continue;
      reached.add(edge.to);
      queue.push(edge.to);
    }
  }
  return reached;
}
