import { isReachable, indexEdges, topologicalOrder } from '@patchbay/flow-model/graph';
import type { Edge, FlowDocument, Scope, Step } from '@patchbay/flow-model';
import { laneScopes, measureFrames } from '../geometry/scope-frame.ts';
import { measures } from '../geometry/measures.ts';
import type { Point } from '../geometry/scene.ts';
import { allow, deny, type Command, type CommandResult } from './command.ts';
import { scopeOfStep } from './scope-edits.ts';

/**
 * Puts steps of one scope into a new container (a `try` or `for_each` made by `newStep`), wires included. "Continue on
 * error" of a step is wrapping it in a try.
 */
export function wrapSteps(keys: readonly string[], container: Step): Command {
  return {
    name: 'wrap-steps',
    label: `Wrap in ${container.title}`,
    apply: (document) => wrapped(document, keys, container),
  };
}

function wrapped(document: FlowDocument, keys: readonly string[], container: Step): CommandResult {
  const scopeId = keys[0] === undefined ? undefined : scopeOfStep(document, keys[0]);
  const scope = scopeId === undefined ? undefined : document.scopes[scopeId];
  const [body, ...others] = laneScopes(container);
  if (scopeId === undefined || !scope || body === undefined)
    return deny('That step is not there any more.', 'step_not_found');
  const inside = new Set(keys.filter((key) => scope.steps.includes(key)));
  const reason = denial(document, scope, inside);
  if (reason !== undefined) return deny(reason);
  const positions = innerPositions(document, inside);
  const next: FlowDocument = {
    ...document,
    steps: { ...document.steps, [container.key]: container },
    scopes: {
      ...document.scopes,
      ...Object.fromEntries(others.map((id): [string, Scope] => [id, { steps: [], edges: [] }])),
      [body]: {
        steps: scope.steps.filter((key) => inside.has(key)),
        edges: scope.edges.filter((edge) => inside.has(edge.from) && inside.has(edge.to)),
      },
      [scopeId]: outerScope(scope, inside, container.key),
    },
    layout: {
      ...document.layout,
      positions: { ...document.layout.positions, ...positions.inner, [container.key]: positions.origin },
    },
  };
  return allow(withRoom(next, { scopeId, container: container.key, bottom: positions.bottom }), [container.key]);
}

/** Why these steps cannot stand in one container. */
function denial(document: FlowDocument, scope: Scope, inside: ReadonlySet<string>): string | undefined {
  const leaving = scope.edges.filter((edge) => inside.has(edge.from) && !inside.has(edge.to));
  const branch = leaving.map(({ from }) => document.steps[from]).find((step) => step?.kind === 'branch');
  if (branch) return `"${branch.title}" leads out on one of its ways only. Select the steps up to where its ways join.`;
  const edges = indexEdges(scope);
  const between = leaving.find((edge) => [...inside].some((key) => isReachable(edges, edge.to, key)));
  return between === undefined
    ? undefined
    : `"${document.steps[between.to]?.title ?? between.to}" stands between the selected steps.`;
}

/** The container takes the wires that crossed its border. */
function outerScope(scope: Scope, inside: ReadonlySet<string>, container: string): Scope {
  const edges = scope.edges.flatMap((edge): Edge[] => {
    const [isFrom, isTo] = [inside.has(edge.from), inside.has(edge.to)];
    if (isFrom && isTo) return [];
    return [{ from: isFrom ? container : edge.from, port: isFrom ? 'out' : edge.port, to: isTo ? container : edge.to }];
  });
  const isNew = (edge: Edge, index: number): boolean =>
    edges.findIndex((known) => known.from === edge.from && known.port === edge.port && known.to === edge.to) === index;
  const first = scope.steps.findIndex((key) => inside.has(key));
  const steps = scope.steps.flatMap((key, index) => (index === first ? [container] : inside.has(key) ? [] : [key]));
  return { steps, edges: edges.filter(isNew) };
}

interface InnerPositions {
  readonly origin: Point;
  readonly bottom: number;
  readonly inner: Readonly<Record<string, Point>>;
}

function innerPositions(document: FlowDocument, inside: ReadonlySet<string>): InnerPositions {
  const frames = measureFrames(document, document.layout.positions);
  const places = [...inside].map((key) => ({ key, at: document.layout.positions[key] ?? { x: 0, y: 0 } }));
  const origin = { x: Math.min(...places.map(({ at }) => at.x)), y: Math.min(...places.map(({ at }) => at.y)) };
  const bottoms = places.map(({ key, at }) => at.y + (frames.get(key)?.height ?? measures.nodeHeight));
  const inner = places.map(({ key, at }): [string, Point] => [key, { x: at.x - origin.x, y: at.y - origin.y }]);
  return { origin, bottom: Math.max(...bottoms), inner: Object.fromEntries(inner) };
}

/** Moves what stood below the steps further down, by as much as the container is taller than they were. */
function withRoom(document: FlowDocument, place: { scopeId: string; container: string; bottom: number }): FlowDocument {
  const { positions } = document.layout;
  const at = positions[place.container] ?? { x: 0, y: 0 };
  const height = measureFrames(document, positions).get(place.container)?.height ?? measures.nodeHeight;
  const shift = Math.max(0, at.y + height - place.bottom);
  const scope = document.scopes[place.scopeId] ?? { steps: [], edges: [] };
  const below = topologicalOrder(scope).flatMap((key): [string, Point][] => {
    const old = positions[key];
    return old && key !== place.container && old.y >= place.bottom ? [[key, { x: old.x, y: old.y + shift }]] : [];
  });
  return { ...document, layout: { ...document.layout, positions: { ...positions, ...Object.fromEntries(below) } } };
}
