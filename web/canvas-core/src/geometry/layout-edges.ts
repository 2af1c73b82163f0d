import type { Edge, FlowDocument } from '@patchbay/flow-model';
import { routeWire, type WireEnds } from './edge-path.ts';
import { Obstacles } from './obstacles.ts';
import { edgeId, triggerKey, type CanvasScene, type Point, type SceneEdge, type SceneNode } from './scene.ts';

type Nodes = ReadonlyMap<string, SceneNode>;

interface Wire extends Edge {
  readonly isEntry: boolean;
  readonly isError: boolean;
}

/** Routes all wires: those of the document, from the trigger to the first steps, and the entries of labelled lanes. */
export function layoutEdges(document: FlowDocument, nodes: Nodes, previous?: CanvasScene): Map<string, SceneEdge> {
  const edges = new Map<string, SceneEdge>();
  for (const [scope, content] of Object.entries(document.scopes)) {
    const obstacles = new Obstacles(boxesOf(content.steps, nodes));
    const joins = countBy(content.edges, (edge) => edge.to);
    for (const wire of wiresOf(document, scope)) {
      const edge = routeEdge(wire, { nodes, obstacles, joins, previous });
      if (edge !== undefined) edges.set(edge.id, edge);
    }
  }
  return edges;
}

/** First steps of a scope: those that no wire of the scope leads to. */
export function firstSteps(document: FlowDocument, scope: string): string[] {
  const content = document.scopes[scope];
  if (content === undefined) return [];
  const reached = new Set(content.edges.map((edge) => edge.to));
  return content.steps.filter((key) => !reached.has(key));
}

function wiresOf(document: FlowDocument, scope: string): Wire[] {
  const wires = (document.scopes[scope]?.edges ?? []).map((edge): Wire => ({
    ...edge,
    isEntry: false,
    isError: false,
  }));
  if (scope === 'root') {
    const starts = firstSteps(document, scope).map((to): Wire => ({
      from: triggerKey,
      port: 'out',
      to,
      isEntry: false,
      isError: false,
    }));
    return [...starts, ...wires];
  }
  const [container = '', lane = ''] = scope.split('.');
  if (document.steps[container]?.kind !== 'try') return wires;
  const entries = firstSteps(document, scope).map((to): Wire => ({
    from: container,
    port: lane,
    to,
    isEntry: true,
    isError: lane === 'catch',
  }));
  return [...entries, ...wires];
}

interface Routing {
  readonly nodes: Nodes;
  readonly obstacles: Obstacles;
  readonly joins: ReadonlyMap<string, number>;
  readonly previous: CanvasScene | undefined;
}

function routeEdge(wire: Wire, context: Routing): SceneEdge | undefined {
  const from = context.nodes.get(wire.from);
  const to = context.nodes.get(wire.to);
  if (from === undefined || to === undefined) return undefined;
  const start = wire.isEntry ? laneTop(from, to, wire.port) : portPoint(from, wire.port);
  if (start === undefined) return undefined;
  const ends: WireEnds = {
    from: start,
    to: { x: to.x + to.width / 2, y: to.y },
    prefers: isJoin(wire, from, context) ? 'target' : 'source',
  };
  const [top, bottom] = [Math.min(start.y, to.y), Math.max(start.y, to.y)];
  const obstacles = wire.isEntry ? [] : context.obstacles.between(top, bottom, [wire.from, wire.to]);
  const id = edgeId(wire.from, wire.port, wire.to);
  const edge: SceneEdge = { id, ...wire, ...routeWire(ends, obstacles) };
  const known = context.previous?.edges.get(id);
  return known?.path === edge.path && known.isError === edge.isError ? known : edge;
}

/** Paths that come together run side by side until just above the step where they meet. */
const isJoin = (wire: Wire, from: SceneNode, { joins }: Routing): boolean =>
  (joins.get(wire.to) ?? 0) > 1 && from.ports.length < 2;

function portPoint(node: SceneNode, id: string): Point | undefined {
  const port = node.ports.find((candidate) => candidate.id === id);
  return port === undefined ? undefined : { x: node.x + port.x, y: node.y + port.y };
}

function laneTop(container: SceneNode, to: SceneNode, scopeName: string): Point | undefined {
  const lane = container.lanes?.find(({ scope }) => scope.endsWith(`.${scopeName}`));
  return lane === undefined ? undefined : { x: to.x + to.width / 2, y: container.y + lane.y };
}

function boxesOf(keys: readonly string[], nodes: Nodes): SceneNode[] {
  return keys.flatMap((key) => nodes.get(key) ?? []);
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
