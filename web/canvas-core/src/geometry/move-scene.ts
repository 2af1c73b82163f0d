import type { FlowDocument } from '@patchbay/flow-model';
import { routeWire } from './edge-path.ts';
import type { CanvasScene, Point, SceneEdge, SceneNode } from './scene.ts';

/** What moves while a drag goes on: the new nodes and wires, everything else stays. */
export interface MovedPart {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
}

/** The steps and everything inside them. */
export function withContents(document: FlowDocument, scene: CanvasScene, keys: readonly string[]): Set<string> {
  const all = new Set(keys);
  for (const node of scene.nodes.values()) {
    // Containers come before what stands in them.
    if (node.parent !== undefined && all.has(node.parent)) all.add(node.key);
  }
  return all;
}

/** Shifts nodes for a frame of a drag and routes only their wires again, without looking for obstacles. */
export function moveScene(scene: CanvasScene, keys: ReadonlySet<string>, delta: Point): MovedPart {
  const nodes = [...keys].flatMap((key): SceneNode[] => {
    const node = scene.nodes.get(key);
    return node === undefined ? [] : [{ ...node, x: node.x + delta.x, y: node.y + delta.y }];
  });
  const moved = new Map(nodes.map((node) => [node.key, node]));
  const edges = [...scene.edges.values()].flatMap((edge) => {
    if (!keys.has(edge.from) && !keys.has(edge.to)) return [];
    const from = moved.get(edge.from) ?? scene.nodes.get(edge.from);
    const to = moved.get(edge.to) ?? scene.nodes.get(edge.to);
    return from === undefined || to === undefined ? [] : [reroute(edge, from, to)];
  });
  return { nodes, edges };
}

function reroute(edge: SceneEdge, from: SceneNode, to: SceneNode): SceneEdge {
  const port = from.ports.find(({ id }) => id === edge.port);
  const lane = from.lanes?.find(({ scope }) => edge.isEntry && scope.endsWith(`.${edge.port}`));
  const end = { x: to.x + to.width / 2, y: to.y };
  const start =
    lane === undefined
      ? { x: from.x + (port?.x ?? from.width / 2), y: from.y + (port?.y ?? from.height) }
      : { x: end.x, y: from.y + lane.y };
  return { ...edge, ...routeWire({ from: start, to: end, prefers: 'source' }, []) };
}
